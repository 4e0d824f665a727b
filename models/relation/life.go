package relation

import (
	"context"

	"shuke/models/calendar"
	"shuke/models/db"
)

// LifeEvent is something that has changed in a customer's life. Of a child it
// tells the stage and a quarter, never a birthday.
type LifeEvent struct {
	CustomerID int64
	On         calendar.Date
	Kind       string // child.school
	Who        string // of which child: child.0, or the name of a relation
}

// Field is the field of the catalogue that decides who may know of the event.
func (e LifeEvent) Field() string { return birthField }

// LifeEvents returns what changed in customers' lives from a day up to and with
// another, in the order of days, behind the event after (the zero one: from the
// beginning), at most limit. Tasks and campaigns read it page by page. It asks no
// permission and shows nobody.
func LifeEvents(ctx context.Context, d *db.DB, from, to calendar.Date, after LifeEvent, limit int) ([]LifeEvent, error) {
	rows, err := d.Read(ctx).Raw(`SELECT customer_id, happened_on, kind, who FROM life_events
 WHERE happened_on >= ? AND happened_on <= ? AND withdrawn_at = 0 AND (happened_on > ? OR happened_on = ? AND (customer_id > ? OR customer_id = ? AND (kind > ? OR kind = ? AND who > ?)))
 ORDER BY happened_on, customer_id, kind, who LIMIT ?`,
		max(from.String(), after.On.String()), to.String(), after.On.String(), after.On.String(), after.CustomerID, after.CustomerID, after.Kind, after.Kind, after.Who, limit).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []LifeEvent
	for rows.Next() {
		var e LifeEvent
		var on string
		if err := rows.Scan(&e.CustomerID, &on, &e.Kind, &e.Who); err != nil {
			return nil, err
		}
		if e.On, err = calendar.ParseDate(on); err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, rows.Err()
}
