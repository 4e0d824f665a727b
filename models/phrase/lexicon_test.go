package phrase

import (
	"io/fs"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
)

// changed is the shipped lexicon with one file replaced.
func changed(t *testing.T, name, text string) fs.FS {
	t.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(files, path)
		out[path] = &fstest.MapFile{Data: content}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	out["lexicon/"+name] = &fstest.MapFile{Data: []byte(text)}
	return out
}

func TestAFaultInAListNamesFileAndLine(t *testing.T) {
	for _, c := range []struct{ file, text, want string }{
		{"areas/room.txt", "# room\n\n3: 书桌\n12: 沙发", "room.txt, line 4"},
		{"areas/room.txt", "3 书桌", "room.txt, line 1: no colon"},
		{"areas/room.txt", "3: 住 … {nobody}", `room.txt, line 1: no class "nobody"`},
		{"areas/room.txt", "3: 书桌。椅子", "room.txt, line 1"},
		{"polarity.txt", "nevr: 别", `polarity.txt, line 1: no mark "nevr"`},
		{"allergens.txt", "cellar | 花生 | peanuts | nuts | 花生", "allergens.txt, line 1"},
		{"allergens.txt", "kitchen | 花生 | peanuts", "allergens.txt, line 1: 3 columns"},
		{"danger.txt", "condition: x | y | z", "danger.txt, line 1"},
		{"typos.txt", "过闽 过敏了", "typos.txt, line 1"},
		{"simplified.txt", "愛", "simplified.txt, line 1"},
		{"examples.txt", "room do 高楼层\nroom maybe 高楼层", "examples.txt, line 2"},
		{"examples.txt", "attic do 高楼层", "examples.txt, line 1"},
		{"examples.txt", "room 高楼层", "examples.txt, line 1"},
	} {
		_, err := readLexicon(changed(t, c.file, c.text))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s with %q: %v, want %s", c.file, c.text, err, c.want)
		}
	}
}

func TestAWordStandsOnceInTheListOfAnArea(t *testing.T) {
	for _, a := range areas {
		weight := map[string]string{}
		for _, line := range lines(t, "lexicon/areas/"+string(a)+".txt") {
			key, rest, _ := strings.Cut(line, ":")
			for _, w := range words(rest) {
				if first, twice := weight[w]; twice {
					t.Errorf("%s: %q weighs %s and %s", a, w, first, key)
				}
				weight[w] = key
			}
		}
		if len(weight) < 20 {
			t.Errorf("%s has %d words", a, len(weight))
		}
	}
}

func TestTagsAreThoseLaterRulesKnow(t *testing.T) {
	known := map[string]bool{}
	for tag := range strings.FieldsSeq("alcohol flowers clock sweet caffeine pork beef meat seafood nuts dairy egg gluten smoke feather latex noise photo family_talk") {
		known[tag] = true
	}
	used := map[string]bool{}
	for _, line := range lines(t, "lexicon/tags.txt") {
		key, _, _ := strings.Cut(line, ":")
		tag := strings.TrimSuffix(key, " without")
		if !known[tag] {
			t.Errorf("tags.txt: no tag %q", tag)
		}
		used[tag] = true
	}
	for _, line := range lines(t, "lexicon/allergens.txt") {
		for tag := range strings.FieldsSeq(strings.Split(line, "|")[3]) {
			if !known[tag] {
				t.Errorf("allergens.txt: no tag %q", tag)
			}
		}
	}
	if len(used) != len(known) {
		t.Errorf("%d tags have words, want %d", len(used), len(known))
	}
}

// TestReadingTwiceIsReadingTheSame guards against what depends on the order in
// which maps are walked while the lists are put together.
func TestReadingTwiceIsReadingTheSame(t *testing.T) {
	phrases := labelled(t, "testdata/held.txt")
	var first []*parsed
	for round := range 3 {
		l, err := readLexicon(files)
		if err != nil {
			t.Fatal(err)
		}
		for i, e := range phrases {
			p := l.parse(e.text)
			scores := l.vote(p, nil)
			if round == 0 {
				first = append(first, p)
				continue
			}
			if want := load().vote(load().parse(e.text), nil); !reflect.DeepEqual(scores, want) {
				t.Fatalf("%s: %v and %v", e.text, scores, want)
			}
			for n := range p.clauses {
				if p.clauses[n].says != first[i].clauses[n].says {
					t.Fatalf("%s: clause %d says %d and %d", e.text, n, p.clauses[n].says, first[i].clauses[n].says)
				}
			}
		}
	}
}
