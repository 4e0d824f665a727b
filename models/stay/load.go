package stay

import (
	"context"
	"slices"
	"strings"

	"shuke/models/db"
)

// Load writes many stays into a base in which none of these customers has any,
// with what they come to. Their ids begin with first, which Take reserved before
// the load. Each customer's stays come together, in the order of their arrival.
func (s *Store) Load(ctx context.Context, to *db.Bulk, list []Stay, first int64) error {
	if len(list) == 0 {
		return nil
	}
	rows := make([][]any, len(list))
	var totals []Totals
	for i := range list {
		in := &list[i]
		in.ID = first + int64(i)
		s.complete(in)
		in.Version, in.CreatedAt = 1, in.UpdatedAt
		rows[i] = plain(in.args())
		if n := len(totals); n == 0 || totals[n-1].CustomerID != in.CustomerID {
			totals = append(totals, Totals{CustomerID: in.CustomerID})
		}
		totals[len(totals)-1].add(*in)
	}
	if err := to.Insert(ctx, "stays", strings.Join(strings.Fields(columns), " "), slices.Values(rows)); err != nil {
		return err
	}
	sums := make([][]any, len(totals))
	for i, t := range totals {
		sums[i] = plain([]any{t.CustomerID, t.Stays, t.Nights, t.Spend, t.FirstOn, t.LastOn, t.LastBranchID, t.LastRoom, t.LastNights, t.NextOn, t.NextBranchID})
	}
	return to.Insert(ctx, "stay_totals", "customer_id, stays, nights, spend, first_on, last_on, last_branch_id, last_room, last_nights, next_on, next_branch_id", slices.Values(sums))
}

// plain turns our own types into those that bulk loading takes.
func plain(args []any) []any {
	for i, v := range args {
		switch v := v.(type) {
		case int:
			args[i] = int64(v)
		case Status:
			args[i] = string(v)
		}
	}
	return args
}
