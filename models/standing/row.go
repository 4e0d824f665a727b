package standing

import (
	"context"
	"slices"
	"strings"

	"shuke/models/db"
)

const (
	rowColumns = "customer_id, standing, since_on, reached_on, reached_by, last_on, turns_on"
	rowWidth   = 7
)

func (r Row) args() []any {
	return []any{r.CustomerID, int64(r.Standing), r.SinceOn, r.ReachedOn, r.ReachedBy, r.LastOn, r.TurnsOn}
}

type scanner interface{ Scan(...any) error }

func scanRules(row scanner) (Rules, error) {
	var r Rules
	var channels string
	err := row.Scan(&r.Months, &channels, &r.Reservations, &r.Version)
	r.Channels = strings.Fields(channels)
	return r, err
}

// RulesOf reads the rules of the house.
func RulesOf(ctx context.Context, d *db.DB) (Rules, error) {
	return scanRules(d.Read(ctx).Raw(rulesSQL).Row())
}

// Find reads the standing of a customer. One who was added before there were
// standings is found once all were looked through.
func Find(ctx context.Context, d *db.DB, customerID int64) (Row, bool, error) {
	var r Row
	err := d.Read(ctx).Raw("SELECT "+rowColumns+" FROM standings WHERE customer_id = ?", customerID).Row().
		Scan(&r.CustomerID, &r.Standing, &r.SinceOn, &r.ReachedOn, &r.ReachedBy, &r.LastOn, &r.TurnsOn)
	if db.NoRow(err) {
		return Row{}, false, nil
	}
	return r, err == nil, err
}

// Load writes the standings of customers into a base that has none of them.
func Load(ctx context.Context, to *db.Bulk, list []Row) error {
	rows := make([][]any, len(list))
	for i, r := range list {
		rows[i] = r.args()
	}
	return to.Insert(ctx, "standings", rowColumns, slices.Values(rows))
}

// Walked says that all customers have their standing, as after a bulk load.
func Walked(tx *db.Tx, at int64) error {
	_, err := tx.Run("UPDATE standing_rules SET walked_at = ? WHERE id = 1", at)
	return err
}

// Forget drops the standing of an erased customer, in the caller's transaction.
func Forget(tx *db.Tx, customerID int64) error {
	_, err := tx.Run("DELETE FROM standings WHERE customer_id = ?", customerID)
	return err
}
