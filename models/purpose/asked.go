package purpose

import (
	"context"
	"strconv"
	"time"

	"shuke/models/audit"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/models/uses"
	"shuke/policies"
)

// Outcome is what became of a question.
type Outcome int

// The outcomes.
const (
	Answered Outcome = 1
	NoAnswer Outcome = 2
	Declined Outcome = 3 // the customer did not want to say
)

var outcomes = map[string]Outcome{"answered": Answered, "no_answer": NoAnswer, "declined": Declined}

// ParseOutcome reads an outcome's name.
func ParseOutcome(text string) (Outcome, error) {
	if o, ok := outcomes[text]; ok {
		return o, nil
	}
	return 0, fault.Fields{"outcome": {Key: "error.choose"}}.Err()
}

// String is the outcome's name as forms and the record use it.
func (o Outcome) String() string {
	for name, of := range outcomes {
		if of == o {
			return name
		}
	}
	return ""
}

// Asked is one question that was put to a customer.
type Asked struct {
	Field   string
	At      time.Time
	Outcome Outcome
}

// Told says what became of a question.
type Told struct {
	PublicID string
	Field    string
	Outcome  Outcome
	Once     string
}

// Tell notes that a customer was asked, so that nobody asks the same again too
// soon. It returns the question and whom it was put to; the answer itself is
// entered as every fact is.
func (s *Service) Tell(ctx context.Context, a policies.Actor, cat *customer.Catalogue, in Told) (Question, customer.Customer, error) {
	if err := s.guard.Require(a, policies.CustomerEdit); err != nil {
		return Question{}, customer.Customer{}, err
	}
	c, _, err := s.customers.Admit(ctx, a, in.PublicID)
	if err != nil {
		return Question{}, c, err
	}
	f, known := cat.Field(in.Field)
	ask, worth := s.Ask(in.Field)
	if !known || !worth || !f.On || !f.For(c.Kind.String()) || !f.MayChange(a.Role) {
		return Question{}, c, fault.New(fault.Denied, "error.field_denied")
	}
	if in.Outcome.String() == "" {
		return Question{}, c, fault.Fields{"outcome": {Key: "error.choose"}}.Err()
	}
	once := db.Once{StaffID: a.StaffID, Key: in.Once, Request: []string{"asked", in.PublicID, in.Field, strconv.Itoa(int(in.Outcome))}}
	write := func(tx *db.Tx) error { return s.tell(tx, a, c.ID, in, once) }
	err = s.db.InTx(ctx, write)
	if db.Duplicate(err) { // the same form, sent twice at once: the other was first
		err = s.db.InTx(ctx, write)
	}
	return Question{Field: f, Ask: ask}, c, err
}

func (s *Service) tell(tx *db.Tx, a policies.Actor, customerID int64, in Told, once db.Once) error {
	if _, done, err := once.Before(tx); err != nil || done {
		return err
	}
	now := s.clock.Now()
	_, err := tx.Run("INSERT INTO asked (customer_id, at, field, outcome, staff_id, branch_id) VALUES (?,?,?,?,?,?)"+
		tx.Dialect.Upsert("customer_id, at, field", "outcome = new.outcome"), customerID, db.Millis(now), in.Field, int(in.Outcome), a.StaffID, a.BranchID)
	if err != nil {
		return err
	}
	if err := once.After(tx, "", now); err != nil {
		return err
	}
	s.uses.Used(in.Field, uses.Ask)
	e := audit.By(a, "fact.asked")
	e.CustomerID, e.Object = customerID, in.Field
	e.Details = []audit.Detail{{Name: "answer", Value: in.Outcome.String()}}
	return s.log.Append(tx, e)
}

// askedSQL reads in one journey what a card needs of this package: the weights,
// which are six rows at most, and what the customer was asked within a year, a
// range of the primary key.
const askedSQL = `SELECT 0, purpose, weight, 0 FROM purpose_weights
UNION ALL SELECT 1, field, outcome, at FROM asked WHERE customer_id = ? AND at > ?`

// Worth returns what is worth asking the customer now; m lacks what was asked
// and what purposes weigh, which it reads in one statement. Who may not edit
// asks nothing.
func (s *Service) Worth(ctx context.Context, a policies.Actor, cat *customer.Catalogue, customerID int64, m Moment) ([]Question, error) {
	if !s.guard.Can(a, policies.CustomerEdit) {
		return nil, nil
	}
	rows, err := s.db.Read(ctx).Raw(askedSQL, customerID, db.Millis(a.Now.Add(-RestDeclined))).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	m.Weights = Weights{}
	for rows.Next() {
		var what, n int
		var name string
		var at int64
		if err := rows.Scan(&what, &name, &n, &at); err != nil {
			return nil, err
		}
		if what == 0 {
			m.Weights[name] = n
		} else {
			m.Asked = append(m.Asked, Asked{Field: name, At: db.Time(at), Outcome: Outcome(n)})
		}
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return Questions(s.asks, cat, a, m), nil
}
