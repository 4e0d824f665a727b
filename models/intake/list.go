package intake

import (
	"cmp"
	"context"
	"slices"
	"time"

	"shuke/models/db"
	"shuke/policies"
)

// PageRows is how many imports a page of the register has.
const PageRows = 30

// List is a page of the register, newest first: what began before a moment, or
// the newest of all. More tells that there are older ones.
func (s *Service) List(ctx context.Context, a policies.Actor, before time.Time) (page []Intake, more bool, err error) {
	if err := s.may(a); err != nil {
		return nil, false, err
	}
	until := db.Millis(before)
	if before.IsZero() {
		until = db.Millis(s.Clock.Now().Add(time.Hour)) // another instance's clock may be ahead
	}
	page, err = s.read(ctx, "WHERE i.state <> ? AND i.created_at < ? ORDER BY i.created_at DESC, i.id DESC LIMIT ?", Draft, until, PageRows+1)
	if err != nil {
		return nil, false, err
	}
	commands, err := s.commands(ctx, "WHERE i.started_at < ? AND NOT EXISTS (SELECT 1 FROM intakes k WHERE k.import_id = i.id) ORDER BY i.started_at DESC, i.id DESC LIMIT ?", until, PageRows+1)
	if err != nil {
		return nil, false, err
	}
	page = append(page, commands...)
	slices.SortStableFunc(page, func(a, b Intake) int {
		return cmp.Or(b.CreatedAt.Compare(a.CreatedAt), cmp.Compare(b.ID, a.ID))
	})
	if more = len(page) > PageRows; more {
		page = page[:PageRows]
	}
	if len(page) > 0 {
		err = s.name(ctx, page)
	}
	return page, more, err
}

// Sources lists the sources that files came from, the last first, for a person
// to choose one of.
func (s *Service) Sources(ctx context.Context, a policies.Actor) ([]string, error) {
	if err := s.may(a); err != nil {
		return nil, err
	}
	var out []string
	err := s.DB.Read(ctx).Raw("SELECT source FROM imports GROUP BY source ORDER BY MAX(started_at) DESC, source LIMIT 50").Scan(&out).Error
	return out, err
}

// Waits counts what waits for another custodian than this one, and names one of
// them, "" for none.
func (s *Service) Waits(ctx context.Context, a policies.Actor) (n int64, id string, err error) {
	if !s.Guard.Can(a, policies.ImportApprove) {
		return 0, "", nil
	}
	err = s.DB.Read(ctx).Raw("SELECT COUNT(*), COALESCE(MIN(id), '') FROM intakes WHERE state = ? AND file_gone_at = 0 AND staff_id <> ? AND changed_by <> ? AND asked_by <> ?", Asking, a.StaffID, a.StaffID, a.StaffID).Row().Scan(&n, &id)
	return n, id, err
}
