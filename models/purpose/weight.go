package purpose

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"shuke/models/audit"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/policies"
)

// What a purpose weighs now.
const (
	NotNow  = 0 // nothing is asked for its sake
	Lightly = 1
	Usual   = 2 // of every purpose about which nobody decided
	First   = 3
)

// Weights are what each purpose weighs.
type Weights map[string]int

// Of returns the weight of a purpose.
func (w Weights) Of(purpose string) int {
	if n, decided := w[purpose]; decided {
		return n
	}
	return Usual
}

// Weighing is a decision about all purposes at once.
type Weighing struct {
	Weights Weights
	Version int64 // of the decision the form was made from
}

// Weigh puts a decision in force at the next card.
func (s *Service) Weigh(ctx context.Context, a policies.Actor, in Weighing) error {
	if err := s.guard.Require(a, policies.PurposeManage); err != nil {
		return err
	}
	f := fault.Fields{}
	for _, p := range customer.Purposes {
		if n, decided := in.Weights[p]; !decided || n < NotNow || n > First {
			f.Add("weight."+p, "error.choose", nil)
		}
	}
	if err := f.Err(); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		n, err := tx.Run("UPDATE purposes_head SET version = version + 1, updated_at = ?, updated_by = ? WHERE id = 1 AND version = ?", db.Millis(s.clock.Now()), a.StaffID, in.Version)
		if err != nil {
			return err
		}
		if n != 1 {
			return fault.New(fault.Conflict, "error.stale")
		}
		var args []any
		for _, p := range customer.Purposes {
			args = append(args, p, in.Weights[p])
		}
		if _, err := tx.Run("INSERT INTO purpose_weights (purpose, weight) VALUES "+db.Rows(len(customer.Purposes), 2)+tx.Dialect.Upsert("purpose", "weight = new.weight"), args...); err != nil {
			return err
		}
		return s.log.Append(tx, weighed(a, in.Weights))
	})
}

// weighed records which purposes have which weight.
func weighed(a policies.Actor, w Weights) audit.Event {
	e := audit.By(a, "house.purposes_weighed")
	for n := First; n >= NotNow; n-- {
		of := slices.DeleteFunc(slices.Clone(customer.Purposes), func(p string) bool { return w.Of(p) != n })
		if len(of) > 0 {
			e.Details = append(e.Details, audit.Detail{Name: fmt.Sprintf("weight_%d", n), Value: strings.Join(of, ",")})
		}
	}
	return e
}

// Weighing returns the decision in force.
func (s *Service) Weighing(ctx context.Context) (Weighing, error) {
	out := Weighing{Weights: Weights{}}
	rows, err := s.db.Read(ctx).Raw("SELECT '', version FROM purposes_head WHERE id = 1 UNION ALL SELECT purpose, weight FROM purpose_weights").Rows()
	if err != nil {
		return out, err
	}
	defer rows.Close()
	for rows.Next() {
		var purpose string
		var n int64
		if err := rows.Scan(&purpose, &n); err != nil {
			return out, err
		}
		if purpose == "" {
			out.Version = n
		} else {
			out.Weights[purpose] = int(n)
		}
	}
	return out, rows.Err()
}
