package relation

import (
	"context"
	"database/sql"

	"shuke/models/calendar"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/policies"
)

// Around is what a card shows of the people around its customer.
type Around struct {
	Links     []Link // at most Most, in the order of kinds
	More      bool   // there are more than are shown
	Household bool   // the customer lives with others who are customers
	Life      []LifeEvent
}

// IDs are the customers who are named.
func (a Around) IDs() []int64 {
	var out []int64
	for _, l := range a.Links {
		if l.Other != nil {
			out = append(out, l.Other.ID)
		}
	}
	return out
}

// lifeDays is how long a change in somebody's life is worth a word at the
// counter: its day is known to a quarter only.
const lifeDays = 92

// linksSQL reads the relations in force of a customer in one range, in its order,
// and stops; of the others it reads what a link may tell. Who must not be named
// here is left out, and that somebody must not be named there is told.
const linksSQL = `SELECT r.kind AS kind, r.ref AS ref, r.name AS name, CASE WHEN r.sealed_name IS NULL THEN 0 ELSE 1 END AS sealed, r.note AS note, r.who AS who, r.consent AS consent,
 r.channel AS channel, r.recorded_at AS recorded_at, r.other_id AS other_id, COALESCE(c.public_id, '') AS public_id, COALESCE(c.kind, 0) AS other_kind,
 COALESCE(c.name, '') AS other_name, COALESCE(c.address_as, '') AS address_as,
 CASE WHEN EXISTS (SELECT 1 FROM relation_hides t WHERE t.customer_id = r.other_id AND t.state = 0 AND t.other_id = r.customer_id) THEN 1 ELSE 0 END AS away,
 CASE WHEN EXISTS (SELECT 1 FROM relation_hides h WHERE h.customer_id = r.customer_id AND h.state = 0 AND h.other_id = r.other_id) THEN 1 ELSE 0 END AS hidden
FROM relations r LEFT JOIN customers c ON c.id = r.other_id
WHERE r.customer_id = ? AND r.state = 0`

const notHiddenSQL = ` AND NOT EXISTS (SELECT 1 FROM relation_hides n WHERE n.customer_id = r.customer_id AND n.state = 0 AND n.other_id = r.other_id)`

// linksOrderSQL is the order of the table itself, so that nothing is sorted.
const linksOrderSQL = ` ORDER BY r.state, r.kind, r.ref LIMIT ?`

const aroundSQL = `SELECT 0, links.* FROM (` + linksSQL + notForgottenSQL + notHiddenSQL + restrainedSQL + linksOrderSQL + `) AS links
UNION ALL SELECT 1, 0, e.kind, e.happened_on, 0, '', e.who, 0, '', 0, 0, '', 0, '', '', 0, 0 FROM life_events e
 WHERE e.customer_id = ? AND e.happened_on >= ? AND e.happened_on <= ? AND e.withdrawn_at = 0
UNION ALL SELECT 2, 0, '', '', 0, '', '', 0, '', 0, 0, '', 0, '', '', 0, 0 FROM household_members m WHERE m.customer_id = ? AND m.state = 0
  AND NOT EXISTS (SELECT 1 FROM restrictions x WHERE x.customer_id = m.customer_id AND x.ended_at = 0 AND x.kind = 'household')`

// Of reads the people around a customer for a card, in one statement, with the
// changes of life of the last quarter. It asks no permission; its caller records
// the showing, of the customer and of those who are named.
func Of(ctx context.Context, d *db.DB, guard *policies.Guard, a policies.Actor, customerID int64) (Around, error) {
	today := calendar.Today(a.Now, a.Zone)
	since := dayBefore(today, lifeDays)
	rows, err := d.Read(ctx).Raw(aroundSQL, customerID, avoided(guard, a), Most+1, customerID, since, today.String(), customerID).Rows()
	if err != nil {
		return Around{}, err
	}
	defer rows.Close()
	var out Around
	for rows.Next() {
		var part int
		l, err := scanLink(rows, &part)
		if err != nil {
			return Around{}, err
		}
		switch part {
		case 1:
			on, err := calendar.ParseDate(l.Name)
			if err != nil {
				return Around{}, err
			}
			out.Life = append(out.Life, LifeEvent{CustomerID: customerID, On: on, Kind: l.Ref, Who: l.Who})
		case 2:
			out.Household = true
		default:
			out.Links = append(out.Links, l)
		}
	}
	out.cut()
	return out, rows.Err()
}

// cut keeps as many links as are shown.
func (a *Around) cut() {
	sortLinks(a.Links)
	if a.More = len(a.Links) > Most; a.More {
		a.Links = a.Links[:Most]
	}
}

// scanLink scans a row of linksSQL behind what comes first.
func scanLink(rows *sql.Rows, before ...any) (Link, error) {
	var l Link
	var other Brief
	var recorded int64
	err := rows.Scan(append(before, &l.Kind, &l.Ref, &l.Name, &l.Sealed, &l.Note, &l.Who, &l.Consent, &l.Channel, &recorded,
		&other.ID, &other.PublicID, &other.Kind, &other.Name, &other.AddressAs, &l.Away, &l.Hidden)...)
	if other.ID != 0 {
		l.Other = &other
	}
	l.At = db.Time(recorded)
	return l, err
}

// Seen is a link as somebody of the role may see it: names of those who are no
// customers by the rules of their field, forms of address by the rules of theirs.
func (l Link) Seen(cat *customer.Catalogue, role policies.Role) Link {
	if l.Other != nil {
		seen := *l.Other
		key := "address_as"
		if seen.Kind == customer.Enterprise {
			key = "principal_address_as"
		}
		if !maySee(cat, role, key) {
			seen.AddressAs = ""
		}
		l.Other = &seen
		return l
	}
	key := l.Kind.NameField()
	if l.Sealed {
		key = childField
	}
	if l.Denied = !maySee(cat, role, key); l.Denied {
		l.Name = ""
	}
	return l
}

func maySee(cat *customer.Catalogue, role policies.Role, key string) bool {
	f, known := cat.Field(key)
	return known && f.On && f.MaySee(role)
}
