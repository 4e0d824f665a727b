package relation

import (
	"context"

	"shuke/models/db"
	"shuke/policies"
)

// Home is a household as one of its members' card leads to it.
type Home struct {
	Version int64
	Members []Member // those who may be named, in the order of who joined
}

// Member is a customer of a household.
type Member struct {
	Brief
	Kind Kind // what they are to the one whose card it is, 0: nothing is written down
}

// IDs are the customers of the household who are named.
func (h Home) IDs() []int64 {
	out := make([]int64, len(h.Members))
	for i, m := range h.Members {
		out[i] = m.ID
	}
	return out
}

// Has reports whether a customer is among those named.
func (h *Home) Has(id int64) bool {
	if h != nil {
		for _, m := range h.Members {
			if m.ID == id {
				return true
			}
		}
	}
	return false
}

// homeSQL reads the household of a customer, with the nearest relation to each
// member, and leaves out who must not be named on that customer's card, and
// whoever does not want their household to be shown, here, or at all.
const homeSQL = `SELECT h.version, c.id, c.public_id, c.kind, c.name, c.address_as,
 COALESCE((SELECT MIN(r.kind) FROM relations r WHERE r.customer_id = me.customer_id AND r.state = 0 AND r.other_id = m.customer_id), 0)
FROM household_members me JOIN households h ON h.id = me.household_id JOIN household_members m ON m.household_id = me.household_id AND m.state = 0 JOIN customers c ON c.id = m.customer_id
WHERE me.customer_id = ? AND me.state = 0 AND NOT EXISTS (SELECT 1 FROM relation_hides n WHERE n.customer_id = me.customer_id AND n.state = 0 AND n.other_id = m.customer_id)
 AND NOT EXISTS (SELECT 1 FROM restrictions x WHERE x.customer_id = me.customer_id AND x.ended_at = 0
  AND (x.kind = 'household' OR x.kind = 'person' AND m.customer_id <> me.customer_id AND LOWER(x.person) = LOWER(c.name)))
 AND NOT EXISTS (SELECT 1 FROM restrictions y WHERE y.customer_id = m.customer_id AND m.customer_id <> me.customer_id AND y.ended_at = 0
  AND (y.kind = 'household' OR y.kind = 'branch' AND y.not_at = ? OR y.kind = 'person' AND LOWER(y.person) = (SELECT LOWER(o.name) FROM customers o WHERE o.id = me.customer_id)))
 AND NOT EXISTS (SELECT 1 FROM erasures z WHERE z.customer_id = m.customer_id AND z.state IN (1, 2, 4))
ORDER BY m.joined_at, c.id LIMIT ?`

// HomeOf returns the household of a customer, nil when there is none. It asks no
// permission; its caller records the showing of every member.
func HomeOf(ctx context.Context, d *db.DB, guard *policies.Guard, a policies.Actor, customerID int64) (*Home, error) {
	rows, err := d.Read(ctx).Raw(homeSQL, customerID, avoided(guard, a), HouseholdMost).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out *Home
	for rows.Next() {
		if out == nil {
			out = &Home{}
		}
		var m Member
		if err := rows.Scan(&out.Version, &m.ID, &m.PublicID, &m.Brief.Kind, &m.Name, &m.AddressAs, &m.Kind); err != nil {
			return nil, err
		}
		out.Members = append(out.Members, m)
	}
	return out, rows.Err()
}
