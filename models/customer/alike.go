package customer

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"shuke/models/db"
	"shuke/models/fault"
	"shuke/models/webhook"
	"shuke/policies"
)

// idle are characters that say nothing of what a wish is about: they part what
// does.
const idle = "不要别勿忌无没有的了着得地和与跟在给把请都很太再也又还就一二两三个些点下上每次时候喝吃用放换喜欢爱想房间客人高低大小多少软硬冷热早晚前后先加"

// empty are English words that say nothing of it either.
var empty = []string{"with", "without", "want", "wants", "like", "likes", "please", "room", "does", "dont", "don't", "must", "should", "always", "never", "more", "less", "some", "than", "very", "only", "have", "make", "keep"}

// subjects are what a wish is about: each two Han characters that stand together,
// and each longer word of other letters.
func subjects(wording string) map[string]bool {
	out := map[string]bool{}
	var run []rune
	end := func() {
		switch {
		case len(run) == 0:
		case unicode.Is(unicode.Han, run[0]):
			for i := range len(run) - 1 {
				out[string(run[i:i+2])] = true
			}
		case len(run) > 3 && !slices.Contains(empty, string(run)):
			out[strings.TrimSuffix(string(run), "s")] = true
		}
		run = run[:0]
	}
	for _, r := range strings.ToLower(wording) {
		han := unicode.Is(unicode.Han, r)
		if !han && !unicode.IsLetter(r) || strings.ContainsRune(idle, r) {
			end()
			continue
		}
		if len(run) > 0 && unicode.Is(unicode.Han, run[0]) != han {
			end()
		}
		run = append(run, r)
	}
	end()
	return out
}

// Alike lists, of the wishes in force, those that may be about the same thing as
// the wish n: filed under one area, for some branch in common, with a subject in
// common. What is dangerous is never among them: it does not end by the way.
func Alike(cat *Catalogue, inForce []Fact, n int64) []Fact {
	at := slices.IndexFunc(inForce, func(f Fact) bool { return f.N == n && f.Preference != nil })
	if at < 0 || cat.Area(inForce[at].Preference.Area).Safety {
		return nil
	}
	of := inForce[at]
	about := subjects(of.Value)
	return slices.DeleteFunc(slices.Clone(inForce), func(f Fact) bool {
		if f.N == n || f.Preference == nil || cat.Area(f.Preference.Area).Key != cat.Area(of.Preference.Area).Key || apart(f.Preference.Branches, of.Preference.Branches) {
			return true
		}
		for s := range subjects(f.Value) {
			if about[s] {
				return false
			}
		}
		return true
	})
}

// apart reports whether two wishes hold at no branch both.
func apart(a, b []int64) bool {
	return len(a) > 0 && len(b) > 0 && !slices.ContainsFunc(a, func(branch int64) bool { return slices.Contains(b, branch) })
}

// Beside tells whether the wish n of a customer has others that are Alike. It
// shows none of them: whoever asks is led to the page that does.
func (s *Service) Beside(ctx context.Context, a policies.Actor, cat *Catalogue, publicID string, n int64) (bool, error) {
	c, _, err := s.Admit(ctx, a, publicID)
	if err != nil {
		return false, err
	}
	wishes, err := s.Wishes(ctx, []int64{c.ID})
	return len(Alike(cat, wishes[c.ID], n)) > 0, err
}

// ReplaceNote ends a preference because another that is in force says what holds
// now; it stays readable, with what took its place.
func (s *Service) ReplaceNote(ctx context.Context, a policies.Actor, cat *Catalogue, publicID string, n, by int64) error {
	return s.changeNote(ctx, a, publicID, func(tx *db.Tx, c Customer) error {
		old, err := preferenceInForce(tx, cat, c.ID, n)
		if err != nil {
			return err
		}
		if _, err := preferenceInForce(tx, cat, c.ID, by); err != nil || n == by {
			return errNoteGone
		}
		p := *old.Preference
		if cat.Area(p.Area).Safety {
			return fault.New(fault.Conflict, "note.safety_reason_needed")
		}
		now := s.clock.Now()
		if err := endPreference(tx, c.ID, n, by, a.StaffID, "contradicted", now); err != nil {
			return err
		}
		if err := webhook.Emit(tx, webhook.PreferenceChanged, c.PublicID, now); err != nil {
			return err
		}
		e := noteEvent(a, "preference.retired", c.ID, n, p.Area, p.Act)
		e.Reason = "changed"
		return s.log.Append(tx, e)
	})
}
