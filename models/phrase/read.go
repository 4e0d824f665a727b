package phrase

import (
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

// eachLine calls read with each line that is no comment. The error names file
// and line.
func eachLine(from fs.FS, name string, read func(line string) error) error {
	text, err := fs.ReadFile(from, name)
	if err != nil {
		return err
	}
	for i, line := range strings.Split(string(text), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if err := read(line); err != nil {
			return fmt.Errorf("%s, line %d: %w", path.Base(name), i+1, err)
		}
	}
	return nil
}

// keyed reads "key: rest".
func keyed(read func(key, rest string) error) func(string) error {
	return func(line string) error {
		key, rest, found := strings.Cut(line, ":")
		if !found {
			return fmt.Errorf("no colon")
		}
		return read(strings.TrimSpace(key), strings.TrimSpace(rest))
	}
}

// words splits a list at its commas.
func words(list string) []string {
	var out []string
	for w := range strings.SplitSeq(list, ",") {
		if w = strings.TrimSpace(w); w != "" {
			out = append(out, w)
		}
	}
	return out
}

// word returns the entry for the text and makes it if it is new.
func (l *lexicon) word(text string) (*word, error) {
	at := &l.root
	n := 0
	for _, t := range tokens(text, l.fold(text)) {
		if t.sort == clauseEnd || t.sort == listMark {
			return nil, fmt.Errorf("%q holds a mark that ends a clause", text)
		}
		if at.next == nil {
			at.next = map[string]*node{}
		}
		if at.next[t.text] == nil {
			at.next[t.text] = &node{}
		}
		at = at.next[t.text]
		n++
	}
	if n == 0 {
		return nil, fmt.Errorf("%q holds no word", text)
	}
	if at.word == nil {
		at.word = &word{text: text}
	}
	return at.word, nil
}

// each calls do with every word of a list, and adds its turns of phrase to the
// patterns, made like the one given.
func (l *lexicon) each(list string, like pattern, do func(*word)) error {
	for _, text := range words(list) {
		if isPattern(text) {
			if err := l.addPattern(text, like); err != nil {
				return err
			}
			continue
		}
		w, err := l.word(text)
		if err != nil {
			return err
		}
		do(w)
	}
	return nil
}

// readVotes reads a line of an area: a weight, and words or patterns.
func (l *lexicon) readVotes(area int, key, rest string) error {
	weight, err := strconv.Atoi(key)
	if err != nil || weight < 1 || weight > 9 {
		return fmt.Errorf("the weight %q is none from 1 to 9", key)
	}
	v := vote{area, weight}
	if weight >= strong {
		for _, text := range words(rest) {
			if !isPattern(text) {
				l.taught = append(l.taught, lettered{text, area})
			}
		}
	}
	return l.each(rest, pattern{vote: v}, func(w *word) {
		for i := range w.votes {
			if w.votes[i].area == area {
				w.votes[i].weight = max(w.votes[i].weight, weight)
				return
			}
		}
		w.votes = append(w.votes, v)
	})
}

func (l *lexicon) readSimple(rest string) error {
	for pair := range strings.FieldsSeq(rest) {
		rs := []rune(pair)
		if len(rs) != 2 {
			return fmt.Errorf("%q is no pair", pair)
		}
		l.simple[rs[0]] = rs[1]
	}
	return nil
}

func (l *lexicon) readTypo(rest string) error {
	wrong, right, _ := strings.Cut(rest, " ")
	t := typo{[]rune(wrong), []rune(right)}
	if len(t.wrong) == 0 || len(t.wrong) != len(t.right) {
		return fmt.Errorf("%q and %q differ in length", wrong, right)
	}
	l.typos[t.wrong[0]] = append(l.typos[t.wrong[0]], t)
	return nil
}

// readClass reads "class: words" of classes.txt.
func (l *lexicon) readClass(key, rest string) error {
	bit, ok := l.classes[key]
	if !ok {
		bit = 1 << len(l.classes)
		l.classes[key] = bit
	}
	return l.each(rest, pattern{}, func(w *word) { w.classes |= bit })
}
