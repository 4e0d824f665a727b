package webhook

import (
	"context"
	"time"

	"shuke/models/db"
)

// Kept is how long deliveries are shown after they ended.
const Kept = 30 * 24 * time.Hour

// swept is how many rows one transaction of the sweep takes.
const swept = 500

// Sweep deletes deliveries that ended a month ago, and gives up tests whose
// sender has died.
func (s *Service) Sweep(ctx context.Context) error {
	all, err := s.endpoints(ctx)
	if err != nil {
		return err
	}
	for _, e := range all {
		if err := s.sweep(ctx, e.ID); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) sweep(ctx context.Context, id string) error {
	now := s.clock.Now()
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Run("UPDATE webhook_deliveries SET ended_at = ?, outcome = ?, reason = ?, claim = '' WHERE webhook_id = ? AND ended_at = 0 AND kind = ? AND claimed_until <= ?",
			db.Millis(now), GivenUp, ReasonTimeout, id, Test, db.Millis(now))
		return err
	})
	for err == nil {
		var ids []string
		err = s.db.Read(ctx).Raw("SELECT id FROM webhook_deliveries WHERE webhook_id = ? AND ended_at > 0 AND ended_at < ? ORDER BY ended_at LIMIT ?",
			id, db.Millis(now.Add(-Kept)), swept).Scan(&ids).Error
		if err != nil || len(ids) == 0 {
			return err
		}
		err = s.db.InTx(ctx, func(tx *db.Tx) error {
			_, err := tx.Run("DELETE FROM webhook_deliveries WHERE id IN ?", ids)
			return err
		})
	}
	return err
}
