package consent

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"shuke/models/audit"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/policies"
)

// Draft is a wording as somebody wants it from now on.
type Draft struct {
	Of      string
	ZH, EN  string
	Version int64 // that the form was made of
}

// Lengths of a wording, in characters: long enough to say it, short enough to be
// read out.
const (
	shortestWording = 10
	longestWording  = 4000
)

func (d *Draft) check() error {
	f := fault.Fields{}
	d.ZH, d.EN = tidy(d.ZH), tidy(d.EN)
	for field, text := range map[string]string{"zh": d.ZH, "en": d.EN} {
		switch n := len([]rune(text)); {
		case n < shortestWording:
			f.Add(field, "wording.too_short", nil)
		case n > longestWording:
			f.Add(field, "error.too_long", map[string]any{"Max": longestWording})
		case HasControls(text):
			f.Add(field, "error.control_character", nil)
		}
	}
	return f.Err()
}

func tidy(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")) }

// Change puts a new version in force. The versions before stay readable, since
// what was said names the one that was read out.
func (l *Library) Change(ctx context.Context, a policies.Actor, d Draft) error {
	if err := l.guard.Require(a, policies.WordingManage); err != nil {
		return err
	}
	if !slices.Contains(Wordings(), d.Of) {
		return fault.New(fault.NotFound, "error.not_found")
	}
	if err := d.check(); err != nil {
		return err
	}
	err := l.db.InTx(ctx, func(tx *db.Tx) error {
		have, err := latest(tx)
		if err != nil {
			return err
		}
		now := have[d.Of]
		if now.Version != d.Version {
			return errOvertaken
		}
		if now.ZH == d.ZH && now.EN == d.EN {
			return nil
		}
		if _, err := tx.Run(insertWordingSQL, d.Of, now.Version+1, d.ZH, d.EN, db.Millis(l.clock.Now()), a.StaffID); err != nil {
			return err
		}
		e := audit.By(a, "wording.changed")
		e.Object = d.Of
		e.Details = []audit.Detail{{Name: "version", Value: strconv.FormatInt(now.Version+1, 10)}}
		return l.log.Append(tx, e)
	})
	if db.Duplicate(err) {
		return errOvertaken
	}
	return err
}
