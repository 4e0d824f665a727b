package relation

import (
	"context"
	"strconv"
	"time"

	"shuke/models/audit"
	"shuke/models/calendar"
	"shuke/models/db"
	"shuke/policies"
)

// dueAtOnce is how many stages become events in one transaction.
const dueAtOnce = 200

// Due makes events of the stages of life that have come by the day, each once
// however often and by however many instances it is called, and returns those it
// made. It is the daily job. While the house does not keep children's births it
// makes none.
func (s *Service) Due(ctx context.Context, day calendar.Date) ([]LifeEvent, error) {
	if err := s.walk(ctx); err != nil {
		return nil, err
	}
	cat, err := s.customers.CurrentCatalogue(ctx)
	if err != nil {
		return nil, err
	}
	if f, known := cat.Field(birthField); !known || !f.On {
		return nil, nil
	}
	var out []LifeEvent
	for {
		var raised []LifeEvent
		err := s.db.InTx(ctx, func(tx *db.Tx) (err error) {
			if raised, err = s.raise(tx, day); err != nil || len(raised) == 0 {
				return err
			}
			e := audit.By(policies.Actor{Via: policies.System}, "life.raised")
			e.Details = []audit.Detail{{Name: "events", Value: strconv.Itoa(len(raised))}}
			return s.log.Append(tx, e)
		})
		if err != nil {
			return nil, err
		}
		out = append(out, raised...)
		if len(raised) < dueAtOnce {
			return out, nil
		}
	}
}

// raise makes events of the next stages that are due.
func (s *Service) raise(tx *db.Tx, day calendar.Date) ([]LifeEvent, error) {
	due, err := dueStages(tx, day)
	if err != nil || len(due) == 0 {
		return nil, err
	}
	now := db.Millis(s.clock.Now())
	args := make([]any, 0, 5*len(due))
	for _, d := range due {
		if _, err := tx.Run("UPDATE stages SET raised_at = ? WHERE customer_id = ? AND who = ? AND stage = ?", now, d.CustomerID, d.Who, d.Kind[len(childEvent):]); err != nil {
			return nil, err
		}
		args = append(args, d.CustomerID, d.On.String(), d.Kind, d.Who, now)
	}
	// A child may have reached the stage on that day before a birth was corrected
	// to and fro: the event is there, withdrawn.
	_, err = tx.Run("INSERT INTO life_events (customer_id, happened_on, kind, who, raised_at) VALUES "+db.Rows(len(due), 5)+
		tx.Dialect.Upsert("customer_id, happened_on, kind, who", "raised_at = new.raised_at", "withdrawn_at = 0"), args...)
	return due, err
}

func dueStages(tx *db.Tx, day calendar.Date) ([]LifeEvent, error) {
	rows, err := tx.Raw("SELECT customer_id, who, stage, due_on FROM stages WHERE raised_at = 0 AND due_on <= ? ORDER BY due_on, customer_id, who, stage LIMIT ?"+tx.Dialect.ForUpdate(),
		day.String(), dueAtOnce).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []LifeEvent
	for rows.Next() {
		var e LifeEvent
		var stage, on string
		if err := rows.Scan(&e.CustomerID, &e.Who, &stage, &on); err != nil {
			return nil, err
		}
		if e.On, err = calendar.ParseDate(on); err != nil {
			return nil, err
		}
		e.Kind = childEvent + stage
		out = append(out, e)
	}
	return out, rows.Err()
}

// Today is the day Due goes by where nobody says another.
func (s *Service) Today() calendar.Date { return calendar.Today(s.clock.Now(), time.UTC) }
