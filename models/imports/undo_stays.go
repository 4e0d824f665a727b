package imports

import (
	"context"
	"encoding/json"
	"strconv"

	"gorm.io/gorm"

	"shuke/models/audit"
	"shuke/models/db"
	"shuke/models/membership"
	"shuke/models/stay"
	"shuke/models/vault"
	"shuke/policies"
)

// stayBefore is a stay that an import made or changed.
type stayBefore struct {
	id, mark int64
	body     []byte // sealed; none for one that it made
}

// staysBefore are the next of them behind an id.
func staysBefore(q *gorm.DB, importID, behind int64, most int) ([]stayBefore, error) {
	rows, err := q.Raw("SELECT object_id, mark, body FROM import_before WHERE import_id = ? AND kind = ? AND object_id > ? ORDER BY object_id LIMIT ?", importID, beforeStay, behind, most).Rows()
	if err != nil {
		return nil, err
	}
	var out []stayBefore
	err = db.Each(rows, func() error {
		var b stayBefore
		err := rows.Scan(&b.id, &b.mark, &b.body)
		out = append(out, b)
		return err
	})
	return out, err
}

func idsOf(list []stayBefore) []int64 {
	out := make([]int64, len(list))
	for i, b := range list {
		out[i] = b.id
	}
	return out
}

// undoStays takes the next stays out, or makes them as they were.
func (s *Service) undoStays(ctx context.Context, a policies.Actor, u *undoing) (more bool, err error) {
	var key vault.Key
	if u.target == ToStays {
		if key, err = s.vault.Key(ctx, vault.Import(u.id)); err != nil {
			return false, err
		}
	}
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		now, err := s.loadUndoing(tx.DB, u.id, tx.Dialect.ForUpdate())
		if err != nil {
			return err
		}
		list, err := staysBefore(tx.DB, u.id, 0, s.batchRows)
		if more = len(list) > 0; err != nil || !more {
			return err
		}
		stays, err := stay.LockMany(tx, idsOf(list))
		if err != nil {
			return err
		}
		in, err := stayObstacles(tx.DB, list, stays)
		if err != nil {
			return err
		}
		if len(in) > 0 {
			return errObstacles
		}
		if err := s.putStays(tx, u.id, key, list, stays); err != nil {
			return err
		}
		now.Stays += int64(len(list))
		if _, err := tx.Run("UPDATE imports SET undone_stays = ? WHERE id = ?", now.Stays, u.id); err != nil {
			return err
		}
		*u = now
		e := audit.By(a, "import.undone")
		e.Object = u.hash
		e.Details = []audit.Detail{{Name: "import", Value: strconv.FormatInt(u.id, 10)}, {Name: "stays", Value: strconv.Itoa(len(list))}}
		return s.log.Append(tx, e)
	})
	return more && err == nil, err
}

// putStays writes the stays as they were, with the totals of their customers.
func (s *Service) putStays(tx *db.Tx, importID int64, key vault.Key, list []stayBefore, stays map[int64]stay.Stay) error {
	var customers, gone []int64
	var told []*stay.Stay
	for _, b := range list {
		now := stays[b.id]
		customers, told = append(customers, now.CustomerID), append(told, &now)
		if b.body == nil {
			gone = append(gone, b.id)
			continue
		}
		text, err := key.Open(b.body, stayRow(importID, b.id))
		if err != nil {
			return err
		}
		var was stay.Stay
		if err := json.Unmarshal([]byte(text), &was); err != nil {
			return err
		}
		was.Version = now.Version
		if err := s.stays.Restore(tx, &was); err != nil {
			return err
		}
		customers, told = append(customers, was.CustomerID), append(told, &was)
	}
	if err := s.stays.RemoveMany(tx, gone); err != nil {
		return err
	}
	if err := s.stays.RefreshMany(tx, customers); err != nil {
		return err
	}
	if err := membership.DueNow(tx, s.clock.Now(), customers); err != nil {
		return err
	}
	if _, err := tx.Run("DELETE FROM import_before WHERE import_id = ? AND kind = ? AND object_id IN ?", importID, beforeStay, db.Padded(idsOf(list))); err != nil {
		return err
	}
	return tellSheets(tx, told, s.clock.Now())
}
