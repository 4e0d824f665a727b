package intake

import (
	"context"
	"strconv"

	"shuke/models/audit"
	"shuke/models/disclosure"
	"shuke/models/fault"
	"shuke/models/imports"
	"shuke/policies"
)

// Show records that the customers whom the first rows meet are about to be shown.
// Only when it returns nil may they be.
func (s *Service) Show(ctx context.Context, a policies.Actor, in Intake) error {
	var ids []string
	for _, r := range in.Report.First {
		if r.PublicID != "" {
			ids = append(ids, r.PublicID)
		}
	}
	e := event(a, "import.previewed", in, rowDetails(in)...)
	if len(ids) == 0 {
		if len(in.Report.First) == 0 {
			return nil // nothing is shown of anybody
		}
		return s.Gate.Record(ctx, e)
	}
	var customers []int64
	if err := s.DB.Read(ctx).Raw("SELECT id FROM customers WHERE public_id IN ? ORDER BY id", ids).Scan(&customers).Error; err != nil {
		return err
	}
	return s.Gate.Show(ctx, a, e, disclosure.Imported, PreviewRows, customers...)
}

// Mine reports whether the bad rows of an intake are this person's: they leave
// with whoever handed the file in, and with nobody else, whoever started it.
func (in Intake) Mine(a policies.Actor) bool {
	return in.ImportID != 0 && in.StaffID == a.StaffID && in.Refused+in.Warned > 0
}

var errNotMine = fault.New(fault.Denied, "import.not_yours")

// BadRows hands over, row by row, what was wrong in a file, once it is recorded
// and counted how many rows leave. Head gets the headings first.
func (s *Service) BadRows(ctx context.Context, a policies.Actor, id string, head func([]string) error, each func(imports.BadRow) error) error {
	if err := s.may(a); err != nil {
		return err
	}
	in, err := s.find(ctx, id)
	if err != nil {
		return err
	}
	if in.ImportID == 0 || in.Refused+in.Warned == 0 {
		return errNone
	}
	if !in.Mine(a) {
		return errNotMine
	}
	headings, err := s.Imports.Headings(ctx, in.ImportID)
	if err != nil {
		return err
	}
	rows := in.Refused + in.Warned
	e := event(a, "import.bad_rows_taken", in, audit.Detail{Name: "import", Value: strconv.FormatInt(in.ImportID, 10)}, audit.Detail{Name: "rows", Value: strconv.FormatInt(rows, 10)})
	if err := s.Gate.Leave(ctx, a, e, disclosure.BadRows, rows); err != nil {
		return err
	}
	if err := head(headings); err != nil {
		return err
	}
	return s.Imports.BadRows(ctx, a, in.ImportID, each)
}
