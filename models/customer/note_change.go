package customer

import (
	"context"
	"slices"
	"strings"
	"time"

	"shuke/models/audit"
	"shuke/models/db"
	"shuke/models/disclosure"
	"shuke/models/fault"
	"shuke/models/uses"
	"shuke/models/vault"
	"shuke/models/webhook"
	"shuke/policies"
)

// RetireReasons are why a preference no longer holds.
var RetireReasons = []string{"changed", "mistaken", "other_person", "asked"}

// ConfirmNote says that a preference still holds, here and today.
func (s *Service) ConfirmNote(ctx context.Context, a policies.Actor, cat *Catalogue, publicID string, n int64) error {
	return s.changeNote(ctx, a, publicID, func(tx *db.Tx, c Customer) error { return s.confirm(tx, a, cat, c, n) })
}

// RetireNote ends a preference that no longer holds; it stays readable. What is
// about safety needs the reason in words as well.
func (s *Service) RetireNote(ctx context.Context, a policies.Actor, cat *Catalogue, publicID string, n int64, reason, words string) error {
	problems := fault.Fields{}
	if !slices.Contains(RetireReasons, reason) {
		problems.Add("reason", "note.reason_needed", nil)
	}
	words = tidy(words)
	if len([]rune(words)) > retireLimit {
		problems.Add("why", "error.too_long", map[string]any{"Max": retireLimit})
	}
	if err := problems.Err(); err != nil {
		return err
	}
	return s.changeNote(ctx, a, publicID, func(tx *db.Tx, c Customer) error {
		fact, err := preferenceInForce(tx, cat, c.ID, n)
		if err != nil {
			return err
		}
		p := *fact.Preference
		if cat.Area(p.Area).Safety && len([]rune(words)) < 4 {
			return fault.Fields{"why": {Key: "note.safety_reason_needed"}}.Err()
		}
		if err := endPreference(tx, c.ID, n, 0, a.StaffID, strings.TrimSpace(reason+" "+words), s.clock.Now()); err != nil {
			return err
		}
		if err := webhook.Emit(tx, webhook.PreferenceChanged, c.PublicID, s.clock.Now()); err != nil {
			return err
		}
		e := noteEvent(a, "preference.retired", c.ID, n, p.Area, p.Act)
		e.Reason = reason
		if words != "" {
			e.Commitments = []audit.Commitment{{Name: "why", Value: words}}
		}
		return s.log.Append(tx, e)
	})
}

// retireLimit bounds the words of a reason, in characters.
const retireLimit = 120

func (s *Service) changeNote(ctx context.Context, a policies.Actor, publicID string, change func(*db.Tx, Customer) error) error {
	if err := s.guard.Require(a, policies.PreferenceNote); err != nil {
		return err
	}
	found, _, err := s.Admit(ctx, a, publicID)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		c, err := lockCustomer(tx, found.ID)
		if err != nil {
			return err
		}
		return change(tx, c)
	})
}

// confirm makes a preference fresh. One from before preferences were kept gets
// its row now.
func (s *Service) confirm(tx *db.Tx, a policies.Actor, cat *Catalogue, c Customer, n int64) error {
	fact, err := preferenceInForce(tx, cat, c.ID, n)
	if err != nil {
		return err
	}
	p := *fact.Preference
	p.ConfirmedAt, p.ConfirmedBy, p.ConfirmedBranch = s.clock.Now(), a.StaffID, a.BranchID
	_, err = tx.Run(insertPreferencesSQL+db.Rows(1, preferenceWidth)+tx.Dialect.Upsert("customer_id, n",
		"confirmed_at = new.confirmed_at", "confirmed_by = new.confirmed_by", "confirmed_branch = new.confirmed_branch"), preferenceArgs(c.ID, p)...)
	if err != nil {
		return err
	}
	if err := webhook.Emit(tx, webhook.PreferenceChanged, c.PublicID, p.ConfirmedAt); err != nil {
		return err
	}
	s.uses.Used(fact.Field, uses.Change)
	return s.log.Append(tx, noteEvent(a, "preference.confirmed", c.ID, n, p.Area, p.Act))
}

var errNoteGone = fault.New(fault.Conflict, "note.gone")

// preferenceInForce reads one preference that holds, for change.
func preferenceInForce(tx *db.Tx, cat *Catalogue, customerID, n int64) (Fact, error) {
	rows, err := tx.Raw("SELECT "+factColumns+" FROM facts WHERE customer_id = ? AND state = 0 AND n = ?", customerID, n).Rows()
	if err != nil {
		return Fact{}, err
	}
	facts, err := scanFacts(rows)
	if err != nil {
		return Fact{}, err
	}
	if len(facts) != 1 {
		return Fact{}, errNoteGone
	}
	stored, err := tx.Raw("SELECT "+preferenceColumns+" FROM preferences WHERE customer_id = ? AND n = ?", customerID, n).Rows()
	if err != nil {
		return Fact{}, err
	}
	kept, err := preferencesByNumber(stored)
	if err != nil {
		return Fact{}, err
	}
	cat.Attach(facts, kept)
	if facts[0].Preference == nil {
		return Fact{}, errNoteGone
	}
	return facts[0], nil
}

// endPreference ends the fact and says by whom and why.
func endPreference(tx *db.Tx, customerID, n, by, staffID int64, why string, now time.Time) error {
	met, err := tx.Run("UPDATE facts SET state = 1, ended_at = ?, ended_by = ? WHERE customer_id = ? AND state = 0 AND n = ?", db.Millis(now), by, customerID, n)
	if err != nil {
		return err
	}
	if met != 1 {
		return errNoteGone
	}
	_, err = tx.Run("UPDATE preferences SET retired_by = ?, retired_why = ? WHERE customer_id = ? AND n = ?", staffID, why, customerID, n)
	return err
}

// RevealWords returns the guest's own words behind an instruction, where they
// were sealed. They name what few may know: who may see a diagnosis.
func (s *Service) RevealWords(ctx context.Context, a policies.Actor, cat *Catalogue, publicID string, n int64, reason string) (string, error) {
	if err := s.guard.Require(a, policies.CustomerReveal); err != nil {
		return "", err
	}
	if !slices.Contains(RevealReasons, reason) {
		return "", fault.Fields{"reason": {Key: "reveal.reason_needed"}}.Err()
	}
	if !cat.MaySeeWords(a.Role) {
		return "", fault.New(fault.Denied, "error.field_denied")
	}
	c, _, err := s.Admit(ctx, a, publicID)
	if err != nil {
		return "", err
	}
	kept, err := s.Preferences(ctx, c.ID)
	if err != nil {
		return "", err
	}
	p, found := kept[n]
	if !found || p.WordsSealed == nil {
		return "", errNotFound
	}
	e := audit.By(a, "preference.words_revealed")
	e.CustomerID, e.Object, e.Reason = c.ID, p.row(c.ID), reason
	if err := s.gate.Show(ctx, a, e, disclosure.Reveal, 1, c.ID); err != nil {
		return "", err
	}
	key, err := s.vault.Key(ctx, vault.Customer(c.ID))
	if err != nil {
		return "", err
	}
	return key.Open(p.WordsSealed, p.row(c.ID))
}

// MaySeeWords reports whether the role may look at sealed words of guests: those
// who may see what was diagnosed.
func (c *Catalogue) MaySeeWords(r policies.Role) bool {
	f, known := c.Field("allergy_diagnosis")
	return known && f.MaySee(r)
}
