package customer

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"

	"shuke/models/audit"
	"shuke/models/catalogue"
	"shuke/models/db"
	"shuke/models/vault"
	"shuke/policies"
)

// settleSpan is how many ids of customers one step looks through: the locks of a
// step are held for some milliseconds.
const settleSpan = 500

// unsettled is an own field whose stored values are not all in step with it.
type unsettled struct {
	field       catalogue.Field
	from, shape int64
}

// Settle brings stored values in step with own fields that changed under them:
// it seals what became sensitive, drops bands, and makes or takes away keys of
// imports, from the lowest customer up, in small transactions that others may
// work between. It goes on where an earlier call stopped and returns when all is
// done or after so many steps (0: no limit); left says that more is to do.
// Several instances may do it at once.
func (s *Service) Settle(ctx context.Context, steps int) (left bool, err error) {
	for step := 0; ; step++ {
		u, found, err := s.nextUnsettled(ctx)
		if err != nil || !found {
			return false, err
		}
		if steps > 0 && step == steps {
			return true, nil
		}
		if err := s.settleStep(ctx, u); err != nil && !errors.Is(err, errElsewhere) {
			return true, err
		}
	}
}

func (s *Service) nextUnsettled(ctx context.Context) (u unsettled, found bool, err error) {
	var definition string
	err = s.db.Read(ctx).Raw("SELECT definition, work_from, shape FROM fields WHERE work_from >= 0 ORDER BY k LIMIT 1").Row().Scan(&definition, &u.from, &u.shape)
	if db.NoRow(err) {
		return u, false, nil
	}
	if err != nil {
		return u, false, err
	}
	return u, true, json.Unmarshal([]byte(definition), &u.field)
}

// errElsewhere says that another instance took the step, or that the field
// changed again: look anew.
var errElsewhere = errors.New("customer: settled elsewhere")

func (s *Service) settleStep(ctx context.Context, u unsettled) error {
	last, err := s.lastCustomer(ctx)
	if err != nil {
		return err
	}
	if u.from >= last {
		return s.settled(ctx, u)
	}
	to := min(u.from+settleSpan, last)
	ids, clear, err := s.holding(ctx, u.field.Key, u.from, to)
	if err != nil {
		return err
	}
	var keys map[string]vault.Key
	if u.field.Sensitivity == catalogue.Sensitive {
		if keys, err = s.vault.Keys(ctx, clear...); err != nil { // durable before anything is sealed under them
			return err
		}
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		done := int64(0)
		if len(ids) > 0 {
			var locked []int64
			if err := tx.Raw("SELECT id FROM customers WHERE id IN ? ORDER BY id"+tx.Dialect.ForUpdate(), ids).Scan(&locked).Error; err != nil {
				return err
			}
			if done, err = s.settleCustomers(ctx, tx, u.field, ids, keys); err != nil {
				return err
			}
		}
		return advance(tx, u, to, done)
	})
}

func (s *Service) lastCustomer(ctx context.Context) (last int64, err error) {
	err = s.db.Read(ctx).Raw("SELECT COALESCE(MAX(id), 0) FROM customers").Row().Scan(&last)
	return last, err
}

// holding finds who of a span has values of the field, and the owners of those
// that stand in the clear.
func (s *Service) holding(ctx context.Context, field string, from, to int64) (ids []int64, clear []string, err error) {
	rows, err := s.db.Read(ctx).Raw(`SELECT customer_id, MAX(CASE WHEN value IS NOT NULL THEN 1 ELSE 0 END) FROM facts
 WHERE customer_id > ? AND customer_id <= ? AND field = ? GROUP BY customer_id`, from, to, field).Rows()
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var open bool
		if err := rows.Scan(&id, &open); err != nil {
			return nil, nil, err
		}
		ids = append(ids, id)
		if open {
			clear = append(clear, vault.Customer(id))
		}
	}
	return ids, clear, rows.Err()
}

// advance moves the mark up to which customers are done, unless somebody else
// moved it meanwhile.
func advance(tx *db.Tx, u unsettled, to, done int64) error {
	n, err := tx.Run("UPDATE fields SET work_from = ?, work_done = work_done + ? WHERE k = ? AND work_from = ? AND shape = ?", to, done, u.field.Key, u.from, u.shape)
	if err == nil && n != 1 {
		return errElsewhere
	}
	return err
}

// settleCustomers works on facts of any state: what was replaced is sealed like
// what holds.
func (s *Service) settleCustomers(ctx context.Context, tx *db.Tx, f catalogue.Field, ids []int64, keys map[string]vault.Key) (done int64, err error) {
	for _, id := range ids {
		rows, err := tx.Raw("SELECT "+factColumns+" FROM facts WHERE customer_id = ? AND state IN (0, 1, 2) AND field = ? ORDER BY n", id, f.Key).Rows()
		if err != nil {
			return 0, err
		}
		facts, err := scanFacts(rows)
		if err != nil {
			return 0, err
		}
		var key *vault.Key
		if k, made := keys[vault.Customer(id)]; made {
			key = &k
		}
		n, err := settleFacts(tx, f, id, facts, key)
		if err != nil {
			return 0, err
		}
		if err := s.settleKeys(ctx, tx, f, id, facts); err != nil {
			return 0, err
		}
		done += n
	}
	return done, nil
}

// settleFacts seals values that stand in the clear and drops bands that the
// field no longer has.
func settleFacts(tx *db.Tx, f catalogue.Field, customerID int64, facts []Fact, key *vault.Key) (done int64, err error) {
	for _, fact := range facts {
		var value, sealed any = fact.Value, nil
		if fact.Sealed != nil {
			value, sealed = nil, fact.Sealed
		}
		band := fact.Band
		if f.Band == "" {
			band = ""
		}
		seals := f.Sensitivity == catalogue.Sensitive && fact.Sealed == nil && !fact.None
		if fact.None || !seals && band == fact.Band {
			continue
		}
		if seals && key == nil {
			return done, errElsewhere // it came after the keys were made
		}
		if seals {
			if sealed, err = key.Seal(fact.Value, fact.row(customerID)); err != nil {
				return done, err
			}
			value = nil
		}
		if _, err := tx.Run("UPDATE facts SET value = ?, sealed = ?, band = ? WHERE customer_id = ? AND state = ? AND n = ?", value, sealed, band, customerID, fact.State, fact.N); err != nil {
			return done, err
		}
		done++
	}
	return done, nil
}

// settleKeys makes the key of an import anew from what is in force.
func (s *Service) settleKeys(ctx context.Context, tx *db.Tx, f catalogue.Field, customerID int64, facts []Fact) error {
	if _, err := tx.Run("DELETE FROM customer_keys WHERE customer_id = ? AND kind = ? AND k >= ? AND k < ?", customerID, keyOwn, ownKeyPrefix(f.Key), ownKeysEnd(f.Key)); err != nil {
		return err
	}
	at := slices.IndexFunc(facts, func(fact Fact) bool { return fact.State == InForce && !fact.None })
	if !f.ImportKey || at < 0 {
		return nil
	}
	fact := facts[at]
	value := fact.Value
	if fact.Sealed != nil {
		key, err := s.vault.Key(ctx, vault.Customer(customerID))
		if errors.Is(err, vault.ErrDestroyed) {
			return nil // nobody can be found by what nobody can read
		}
		if err != nil {
			return err
		}
		if value, err = key.Open(fact.Sealed, fact.row(customerID)); err != nil {
			return err
		}
	}
	k, err := ownKey(s.vault, f.Key, value)
	if err != nil {
		return err
	}
	// -1 excludes nothing, until the customer is next saved.
	return insertKeys(tx, customerID, []key{k}, signature{-1, -1})
}

// settled puts the end of the work on record. On SQLite it then folds in the
// log, which still holds the pages as they were.
func (s *Service) settled(ctx context.Context, u unsettled) error {
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := advance(tx, u, -1, 0); err != nil {
			return err
		}
		var done int64
		if err := tx.Raw("SELECT work_done FROM fields WHERE k = ?", u.field.Key).Row().Scan(&done); err != nil {
			return err
		}
		if err := nextCatalogue(tx); err != nil {
			return err
		}
		e := audit.By(policies.Actor{Via: policies.System}, "field.settled")
		e.Object, e.Details = u.field.Key, []audit.Detail{{Name: "values", Value: strconv.FormatInt(done, 10)}}
		return s.log.Append(tx, e)
	})
	if err != nil || s.db.Dialect() != db.SQLite {
		return err
	}
	return s.db.Read(ctx).Exec("PRAGMA wal_checkpoint(TRUNCATE)").Error
}
