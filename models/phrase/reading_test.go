package phrase

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// lines returns what a file holds beside its comments.
func lines(t *testing.T, name string) []string {
	t.Helper()
	var out []string
	err := eachLine(os.DirFS("."), name, func(line string) error {
		out = append(out, line)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// labelled reads phrases with their answers.
func labelled(t *testing.T, name string) []example {
	t.Helper()
	var out []example
	for _, line := range lines(t, name) {
		e, err := readExample(line)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, e)
	}
	return out
}

// tally counts the right answers.
type tally struct{ all, area, kind, alarms, missed int }

func percent(n, of int) float64 { return 100 * float64(n) / float64(max(of, 1)) }

// measure reads the phrases and shows what goes wrong and what is taken for what.
func measure(t *testing.T, list []example) tally {
	t.Helper()
	var n tally
	confusion := map[string]int{}
	for _, e := range list {
		r := Read(e.text, nil)
		n.all++
		if slices.Contains(e.areas, r.Area) {
			n.area++
		} else {
			confusion[fmt.Sprintf("%s read as %s", e.areas[0], r.Area)]++
			t.Logf("area %-20s not %-20s %s %v", r.Area, e.areas[0], e.text, r.Others)
		}
		if slices.Contains(e.kinds, r.Kind) {
			n.kind++
		} else {
			t.Logf("kind %-20s not %-20s %s", r.Kind, e.kinds[0], e.text)
		}
		if e.areas[0] == AllergySafety {
			n.alarms++
			if r.Area != AllergySafety {
				n.missed++
			}
		}
	}
	var table []string
	for k, c := range confusion {
		table = append(table, fmt.Sprintf("%3d %s", c, k))
	}
	slices.Sort(table)
	slices.Reverse(table)
	t.Logf("%d phrases, area %.1f %%, kind %.1f %%, %d of %d alarms missed\n%s", n.all,
		percent(n.area, n.all), percent(n.kind, n.all), n.missed, n.alarms, strings.Join(table, "\n"))
	return n
}

// atLeast fails when fewer are right, or when any allergy was filed elsewhere.
func (n tally) atLeast(t *testing.T, area, kind float64) {
	t.Helper()
	if got := percent(n.area, n.all); got < area {
		t.Errorf("area %.1f %%, want %.1f", got, area)
	}
	if got := percent(n.kind, n.all); got < kind {
		t.Errorf("kind %.1f %%, want %.1f", got, kind)
	}
	if n.missed > 0 {
		t.Errorf("%d of %d allergies and dangers were filed elsewhere", n.missed, n.alarms)
	}
}

func TestHeldOutPhrases(t *testing.T) {
	list := labelled(t, "testdata/held.txt")
	taught := map[string]bool{}
	for _, e := range labelled(t, "lexicon/examples.txt") {
		taught[e.text] = true
	}
	for _, e := range list {
		if taught[e.text] {
			t.Errorf("%q is in examples.txt and proves nothing here", e.text)
		}
	}
	if len(list) < 350 {
		t.Fatalf("only %d phrases", len(list))
	}
	measure(t, list).atLeast(t, 95, 95)
}

func TestExamplesAreReadAsTheySay(t *testing.T) {
	list := labelled(t, "lexicon/examples.txt")
	if len(list) < 3000 {
		t.Fatalf("only %d examples", len(list))
	}
	measure(t, list).atLeast(t, 99, 99)
	seen := map[string]bool{}
	for _, e := range list {
		if seen[e.text] {
			t.Errorf("%q stands twice", e.text)
		}
		seen[e.text] = true
	}
}

func TestEveryStatedAllergyAndDangerIsSafety(t *testing.T) {
	list := lines(t, "testdata/allergies.txt")
	if len(list) < 100 {
		t.Fatalf("only %d phrases", len(list))
	}
	for _, text := range list {
		r := Read(text, nil)
		if r.Area != AllergySafety || !r.Allergy || !r.Sensitive || r.About != Health || r.Strength != 3 {
			t.Errorf("%q is missed: %+v", text, r)
		}
		if r.Instruction == "" {
			t.Errorf("%q gives staff nothing to act on", text)
		}
	}
}

func TestAMereDislikeOrHabitIsNoAllergy(t *testing.T) {
	for _, text := range lines(t, "testdata/harmless.txt") {
		if r := Read(text, nil); r.Allergy || r.Area == AllergySafety && !strings.Contains(text, "first aid") {
			t.Errorf("%q raises an alarm: %+v", text, r)
		}
	}
}
