package imports

import (
	"context"
	"time"

	"shuke/models/db"
)

// originalsFor is how long the original of a row that became nobody's is kept.
const originalsFor = 30 * 24 * time.Hour

// SweepOriginals takes the originals of rows that are no customer's out of
// imports that began a month ago: what was refused, and stays of guests whom
// nobody had claimed. Each import is swept once.
func (s *Service) SweepOriginals(ctx context.Context) error {
	var old []struct{ ID, RowsDone int64 }
	err := s.db.Read(ctx).Raw("SELECT id, rows_done FROM imports WHERE originals_gone = 0 AND started_at < ? ORDER BY id", db.Millis(s.clock.Now().Add(-originalsFor))).Scan(&old).Error
	if err != nil {
		return err
	}
	const atOnce = 2000
	for _, one := range old {
		for from := int64(0); from <= one.RowsDone; from += atOnce {
			err := s.db.InTx(ctx, func(tx *db.Tx) error {
				_, err := tx.Run("UPDATE import_rows SET sealed = NULL WHERE import_id = ? AND n > ? AND n <= ? AND customer_id = 0", one.ID, from, from+atOnce)
				return err
			})
			if err != nil {
				return err
			}
		}
		err := s.db.InTx(ctx, func(tx *db.Tx) error {
			_, err := tx.Run("UPDATE imports SET originals_gone = 1 WHERE id = ?", one.ID)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
