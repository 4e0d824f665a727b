package purpose

import (
	"context"

	"shuke/models/audit"
	"shuke/models/db"
	"shuke/policies"
)

// CountNow begins a count, or takes up the one that was cut short, and goes
// through the base in the background. What goes wrong there is told to failed.
func (s *Service) CountNow(ctx context.Context, a policies.Actor, failed func(error)) error {
	if err := s.guard.Require(a, policies.PurposeManage); err != nil {
		return err
	}
	c, err := s.begin(ctx)
	if err != nil {
		return err
	}
	err = s.db.InTx(ctx, func(tx *db.Tx) error { return s.log.Append(tx, audit.By(a, "house.facts_counted")) })
	if err != nil {
		return err
	}
	if !s.counting.CompareAndSwap(false, true) {
		return nil // this process is at it
	}
	s.running.Go(func() {
		defer s.counting.Store(false)
		if err := s.goThrough(s.ctx, c); err != nil && s.ctx.Err() == nil {
			failed(err)
		}
	})
	return nil
}
