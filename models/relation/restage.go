package relation

import (
	"time"

	"shuke/models/calendar"
	"shuke/models/customer"
	"shuke/models/db"
)

// AfterFacts keeps the stages of life of children in step with their births: it
// runs in the transaction that changes the facts.
func (s *Service) AfterFacts(tx *db.Tx, customerID int64, changed []customer.Changed) error {
	for _, c := range changed {
		born := ""
		if !c.Gone && !c.None {
			born = c.Value
		}
		if err := s.restage(tx, customerID, place("child", c.Item), born); err != nil {
			return err
		}
	}
	return nil
}

// storedStage is one row of the stages of a child.
type storedStage struct {
	stage  Stage
	dueOn  string
	raised bool
}

// restage makes the stages of a child fit its birth; "" says that nothing is
// known. Only what lies ahead is written: nobody is told today that a boy of ten
// has begun to walk. What was told and still holds stays told; what was told and
// turns out wrong is withdrawn.
func (s *Service) restage(tx *db.Tx, customerID int64, who, born string) error {
	today := calendar.Today(s.clock.Now(), time.UTC)
	due := map[Stage]string{}
	if date, err := calendar.ParseDate(born); err == nil {
		for _, st := range stages {
			if on, ok := dueOn(date, st.age); ok {
				due[st.stage] = on.String()
			}
		}
	}
	rows, err := storedStages(tx, customerID, who)
	if err != nil {
		return err
	}
	for _, row := range rows {
		on, stands := due[row.stage]
		if stands && (on == row.dueOn || row.raised && on <= today.String()) {
			delete(due, row.stage)
			continue
		}
		if _, err := tx.Run("DELETE FROM stages WHERE customer_id = ? AND who = ? AND stage = ?", customerID, who, row.stage); err != nil {
			return err
		}
		if row.raised {
			if err := s.withdraw(tx, customerID, who, row); err != nil {
				return err
			}
		}
	}
	var args []any
	for _, st := range stages {
		if on, ahead := due[st.stage]; ahead && on > today.String() {
			args = append(args, customerID, who, st.stage, on)
		}
	}
	return tx.InsertAll("INSERT INTO stages (customer_id, who, stage, due_on) VALUES ", 4, args)
}

func storedStages(tx *db.Tx, customerID int64, who string) ([]storedStage, error) {
	rows, err := tx.Raw("SELECT stage, due_on, raised_at FROM stages WHERE customer_id = ? AND who = ?", customerID, who).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []storedStage
	for rows.Next() {
		var r storedStage
		var raised int64
		if err := rows.Scan(&r.stage, &r.dueOn, &raised); err != nil {
			return nil, err
		}
		r.raised = raised > 0
		out = append(out, r)
	}
	return out, rows.Err()
}

// withdraw marks the event of a stage as one that does not hold.
func (s *Service) withdraw(tx *db.Tx, customerID int64, who string, row storedStage) error {
	_, err := tx.Run("UPDATE life_events SET withdrawn_at = ? WHERE customer_id = ? AND happened_on = ? AND kind = ? AND who = ?",
		db.Millis(s.clock.Now()), customerID, row.dueOn, childEvent+string(row.stage), who)
	return err
}
