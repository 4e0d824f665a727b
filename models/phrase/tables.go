package phrase

import (
	"fmt"
	"strings"
)

// thing is what somebody may not bear, with where it must not be.
type thing struct {
	where  string // kitchen, serve, room, staff, say
	usual  bool   // "cannot eat" alone states an allergy
	whole  bool   // the name stands for all its words
	zh, en string
}

// condition is a danger that is no allergy, with what staff see of it.
type condition struct {
	always bool // staff see it whatever else is said
	zh, en string
}

// columns cuts a line of a table at its strokes.
func columns(line string, n int) ([]string, error) {
	out := strings.Split(line, "|")
	if len(out) != n {
		return nil, fmt.Errorf("%d columns, want %d", len(out), n)
	}
	for i := range out {
		out[i] = strings.TrimSpace(out[i])
	}
	return out, nil
}

// readThing reads "where | in Chinese | in English | tags | words".
func (l *lexicon) readThing(rest string) error {
	col, err := columns(rest, 5)
	if err != nil {
		return err
	}
	t := &thing{zh: col[1], en: col[2]}
	t.where = strings.TrimRight(col[0], "*=")
	t.usual, t.whole = strings.Contains(col[0], "*"), strings.Contains(col[0], "=")
	switch t.where {
	case "kitchen", "serve", "room", "staff", "say":
	default:
		return fmt.Errorf("no place %q", col[0])
	}
	tags := strings.Fields(col[3])
	return l.each(col[4], pattern{}, func(w *word) {
		w.things = append(w.things, t)
		for _, tag := range tags {
			w.addTag(tag)
		}
	})
}

// readDanger reads marks, and "condition: key | in Chinese | in English | words".
func (l *lexicon) readDanger(key, rest string) error {
	switch key {
	case "medicine name":
		col, err := columns(rest, 2)
		if err == nil {
			l.medicine = [2]string{col[0], col[1]}
		}
		return err
	case "condition":
		col, err := columns(rest, 4)
		if err != nil {
			return err
		}
		c := &condition{strings.HasSuffix(col[0], "!"), col[1], col[2]}
		return l.each(col[3], pattern{}, func(w *word) { w.ills = append(w.ills, c) })
	}
	return l.readMark(key, rest)
}

// readSealed reads marks, and "instead" or "talk: about | in Chinese | in English".
func (l *lexicon) readSealed(key, rest string) error {
	into := map[string]map[string][2]string{"instead": l.instead, "talk": l.talk}[key]
	if into == nil {
		return l.readMark(key, rest)
	}
	col, err := columns(rest, 3)
	if err == nil {
		into[col[0]] = [2]string{col[1], col[2]}
	}
	return err
}

// readTag reads "tag: words" and "tag without: words".
func (l *lexicon) readTag(key, rest string) error {
	if tag, free := strings.CutSuffix(key, " without"); free {
		return l.each(rest, pattern{}, func(w *word) { w.free = append(w.free, tag) })
	}
	return l.each(rest, pattern{}, func(w *word) { w.addTag(key) })
}

func (w *word) addTag(tag string) {
	for _, t := range w.tags {
		if t == tag {
			return
		}
	}
	w.tags = append(w.tags, tag)
}
