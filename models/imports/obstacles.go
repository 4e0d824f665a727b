package imports

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/stay"
)

// Obstacle is later work that stands on what an import did.
type Obstacle struct {
	Reason   string // one of ObstacleReasons
	PublicID string // of the customer, or of the stay
	Count    int
}

// ObstacleReasons are what can stand in the way of an undo; each has a text
// import.obstacle.REASON.
var ObstacleReasons = []string{customer.LaterEdit, customer.LaterNote, customer.LaterImport, "relation", "membership", "consent", "stay", "stay_changed", "preparation"}

// MostObstacles is how many obstacles are listed.
const MostObstacles = 200

// standing are the tables in which others work with a customer, with a statement
// that finds such work among customers whom an import made. A table that is new
// comes in here, or among notWork; a test sees to it.
var standing = []struct{ reason, table, find string }{
	{"relation", "relations", "SELECT customer_id FROM relations WHERE customer_id IN ?"},
	{"relation", "relation_hides", "SELECT customer_id FROM relation_hides WHERE customer_id IN ?"},
	{"relation", "relation_hides", "SELECT other_id FROM relation_hides WHERE other_id IN ?"},
	{"relation", "household_members", "SELECT customer_id FROM household_members WHERE customer_id IN ?"},
	{"membership", "members", "SELECT customer_id FROM members WHERE customer_id IN ?"},
	{"membership", "attendances", "SELECT customer_id FROM attendances WHERE customer_id IN ?"},
	{"consent", "consent_events", "SELECT customer_id FROM consent_events WHERE customer_id IN ?"},
	{"consent", "restrictions", "SELECT customer_id FROM restrictions WHERE customer_id IN ?"},
	{"consent", "customer_requests", "SELECT customer_id FROM customer_requests WHERE customer_id IN ?"},
	{"consent", "erasures", "SELECT customer_id FROM erasures WHERE customer_id IN ?"},
	{"note", "asked", "SELECT customer_id FROM asked WHERE customer_id IN ?"},
	{"stay", "stays", "SELECT customer_id FROM stays WHERE customer_id IN ?"},
}

// notWork are the tables with customers in them that nobody works in: they go
// with the customer, follow from other tables, or are the record.
var notWork = []string{"facts", "preferences", "customer_keys", "recents", "stay_totals", "standings", "consents", "stages", "life_events", "import_rows", "audit_events", "audit_salts", "disclosures"}

// Undoable lists what stands in the way of taking an import back, the first of
// it; nothing when it can be taken back.
func (s *Service) Undoable(ctx context.Context, id int64) ([]Obstacle, error) {
	q := s.db.Read(ctx)
	u, err := s.loadUndoing(q, id, "")
	if err != nil || u.ended {
		return nil, err
	}
	cat, err := s.customers.CurrentCatalogue(ctx)
	if err != nil {
		return nil, err
	}
	var out []Obstacle
	for behind := int64(0); len(out) < MostObstacles; {
		list, err := staysBefore(q, id, behind, s.batchRows)
		if err != nil {
			return nil, err
		}
		if len(list) == 0 {
			break
		}
		stays, err := s.stays.Many(ctx, idsOf(list))
		if err != nil {
			return nil, err
		}
		in, err := stayObstacles(q, list, stays)
		if err != nil {
			return nil, err
		}
		out, behind = append(out, in...), list[len(list)-1].id
	}
	for from := u.rows; u.target != ToStays && len(out) < MostObstacles; {
		ids, last, err := s.touchedBy(ctx, id, from)
		if err != nil {
			return nil, err
		}
		if last == from {
			break
		}
		b, err := s.judge(q, "", cat, id, ids)
		if err != nil {
			return nil, err
		}
		for _, o := range b.in { // a customer may stand in many rows
			if !slices.Contains(out, o) {
				out = append(out, o)
			}
		}
		from = last
	}
	return out[:min(len(out), MostObstacles)], nil
}

// stayObstacles are stays that somebody changed after the import, or for which
// something was made ready.
func stayObstacles(q *gorm.DB, list []stayBefore, stays map[int64]stay.Stay) ([]Obstacle, error) {
	var out []Obstacle
	var made []int64
	for _, b := range list {
		now, is := stays[b.id]
		if !is || now.Version != b.mark {
			out = append(out, Obstacle{"stay_changed", now.PublicID, 1})
		}
		if b.body == nil {
			made = append(made, b.id)
		}
	}
	if len(made) == 0 {
		return out, nil
	}
	counts, err := countsOf(q, "SELECT stay_id FROM preparations WHERE stay_id IN ?", made)
	for _, id := range made {
		if counts[id] > 0 {
			out = append(out, Obstacle{"preparation", stays[id].PublicID, counts[id]})
		}
	}
	return out, err
}

// countsOf counts how often a statement names each of ids.
func countsOf(q *gorm.DB, find string, ids []int64) (map[int64]int, error) {
	out := map[int64]int{}
	if len(ids) == 0 {
		return out, nil
	}
	var found []int64
	err := q.Raw(find, db.Padded(ids)).Scan(&found).Error
	for _, id := range found {
		out[id]++
	}
	return out, err
}

// obstacles are what stands on what the import did to customers.
func (s *Service) obstacles(q *gorm.DB, importID int64, ids []int64, b batchOut) ([]Obstacle, error) {
	type place struct {
		id     int64
		reason string
	}
	counts := map[place]int{}
	for _, l := range b.back.Later() {
		counts[place{l.CustomerID, l.Reason}] += l.Count
	}
	var makes []int64
	for _, id := range ids {
		if b.made[id] {
			makes = append(makes, id)
		}
	}
	for _, st := range standing {
		found, err := countsOf(q, st.find, makes)
		if err != nil {
			return nil, err
		}
		for id, n := range found {
			counts[place{id, st.reason}] += n
		}
	}
	for _, look := range []func(*gorm.DB, int64, []int64, batchOut, func(int64, string)) error{laterRows, laterConfirmations, ticked, childrenLinked} {
		if err := look(q, importID, ids, b, func(id int64, reason string) { counts[place{id, reason}]++ }); err != nil {
			return nil, err
		}
	}
	var out []Obstacle
	for p, n := range counts {
		if p.reason == laterRow && !b.made[p.id] {
			continue
		}
		reason := p.reason
		if reason == laterRow {
			if reason = customer.LaterImport; counts[place{p.id, reason}] > 0 {
				continue // its facts say so already
			}
		}
		out = append(out, Obstacle{reason, b.back.PublicID(p.id), n})
	}
	slices.SortFunc(out, func(x, y Obstacle) int {
		return cmp.Or(cmp.Compare(x.PublicID, y.PublicID), cmp.Compare(x.Reason, y.Reason))
	})
	return out, nil
}

const laterRow = "row"

// laterRows are rows of other imports that met a customer.
func laterRows(q *gorm.DB, importID int64, ids []int64, _ batchOut, add func(int64, string)) error {
	var found []int64
	if len(ids) == 0 {
		return nil
	}
	err := q.Raw("SELECT r.customer_id FROM import_rows r JOIN imports i ON i.id = r.import_id WHERE r.customer_id IN ? AND r.import_id <> ? AND i.undone_at = 0", db.Padded(ids), importID).Scan(&found).Error
	for _, id := range found {
		add(id, laterRow)
	}
	return err
}

// laterConfirmations are preferences that somebody confirmed after the import
// brought or confirmed them.
func laterConfirmations(q *gorm.DB, _ int64, ids []int64, b batchOut, add func(int64, string)) error {
	if len(ids) == 0 {
		return nil
	}
	rows, err := q.Raw("SELECT customer_id, n, confirmed_at FROM preferences WHERE customer_id IN ? AND confirmed_at <> 0", db.Padded(ids)).Rows()
	if err != nil {
		return err
	}
	facts := map[int64]map[int64]customer.Value{}
	for _, id := range ids {
		facts[id] = b.back.Facts(id)
	}
	return db.Each(rows, func() error {
		var id, n, at int64
		err := rows.Scan(&id, &n, &at)
		_, brought := facts[id][n]
		if mark := b.before.mark(id, n); (brought || mark != 0) && at != mark {
			add(id, customer.LaterNote)
		}
		return err
	})
}

// ticked are wishes that the import brought and that somebody made ready.
func ticked(q *gorm.DB, _ int64, ids []int64, b batchOut, add func(int64, string)) error {
	if len(ids) == 0 {
		return nil
	}
	rows, err := q.Raw("SELECT s.customer_id, p.k FROM stays s JOIN preparations p ON p.stay_id = s.id WHERE s.customer_id IN ?", db.Padded(ids)).Rows()
	if err != nil {
		return err
	}
	facts := map[int64]map[int64]customer.Value{}
	return db.Each(rows, func() error {
		var id int64
		var k string
		if err := rows.Scan(&id, &k); err != nil {
			return err
		}
		if facts[id] == nil {
			facts[id] = b.back.Facts(id)
		}
		for n := range facts[id] {
			if k == stay.WishKey(n) {
				add(id, "preparation")
			}
		}
		return nil
	})
}

// childrenLinked are people whom somebody linked to what the import told of them:
// to a child among the facts.
func childrenLinked(q *gorm.DB, _ int64, ids []int64, b batchOut, add func(int64, string)) error {
	if len(ids) == 0 {
		return nil
	}
	rows, err := q.Raw("SELECT customer_id, who FROM relations WHERE customer_id IN ? AND who <> ''", db.Padded(ids)).Rows()
	if err != nil {
		return err
	}
	return db.Each(rows, func() error {
		var id int64
		var who string
		if err := rows.Scan(&id, &who); err != nil {
			return err
		}
		if b.made[id] {
			return nil // any relation of theirs is in the way
		}
		for _, v := range b.back.Facts(id) {
			record, item, _ := strings.Cut(who, ".")
			if strings.HasPrefix(v.Field, record+"_") && fmt.Sprint(v.Item) == item {
				add(id, "relation")
				break
			}
		}
		return nil
	})
}
