package customer

import (
	"context"
	"slices"
	"strings"

	"shuke/models/audit"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/policies"
)

// Purposes are what facts may be collected for, as the catalogue names them.
var Purposes = []string{"keep", "sell_more", "tailor", "develop", "win_new", "market"}

// AlwaysOn reports whether a field cannot be switched: without its name nobody
// is a customer.
func AlwaysOn(key string) bool { return key == "name" || key == "company_name" }

// Switch is a decision about a field: on or off, for which purposes, and why.
type Switch struct {
	Key      string
	On       bool
	Purposes []string
	Reason   string
	Edition  int64
}

// SwitchField puts a decision in force everywhere at the next request. A field
// is never on without a purpose and a reason in words.
func (s *Service) SwitchField(ctx context.Context, a policies.Actor, in Switch) error {
	if err := s.guard.Require(a, policies.FieldManage); err != nil {
		return err
	}
	in.Reason = strings.TrimSpace(in.Reason)
	f := fault.Fields{}
	if in.On && len(in.Purposes) == 0 {
		f.Add("purposes", "field.purpose_needed", nil)
	}
	for _, p := range in.Purposes {
		if !slices.Contains(Purposes, p) {
			f.Add("purposes", "error.choose", nil)
		}
	}
	if n := len([]rune(in.Reason)); n < 4 {
		f.Add("reason", "field.reason_needed", nil)
	} else if n > 500 {
		f.Add("reason", "error.too_long", map[string]any{"Max": 500})
	}
	if AlwaysOn(in.Key) {
		f.Add("on", "field.name_stays", nil)
	}
	if err := f.Err(); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		n, err := tx.Run("UPDATE fields SET is_on = ?, purposes = ?, reason = ?, version = version + 1, updated_at = ?, updated_by = ? WHERE k = ? AND version = ?",
			in.On, joinLines(in.Purposes), in.Reason, db.Millis(s.clock.Now()), a.StaffID, in.Key, in.Edition)
		if err != nil {
			return err
		}
		if n != 1 {
			return fault.New(fault.Conflict, "error.stale")
		}
		if _, err := tx.Run("UPDATE fields_head SET version = version + 1 WHERE id = 1"); err != nil {
			return err
		}
		e := audit.By(a, "field.switched")
		e.Object = in.Key
		e.Details = []audit.Detail{{Name: "on", Value: map[bool]string{true: "yes", false: "no"}[in.On]}, {Name: "purposes", Value: strings.Join(in.Purposes, ",")}, {Name: "reason", Value: in.Reason}}
		return s.log.Append(tx, e)
	})
}

func joinLines(values []string) string { return strings.Join(values, "\n") }
