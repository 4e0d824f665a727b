package imports

import (
	"context"

	"shuke/policies"
)

// BadRow is a row of which something was wrong, as it came.
type BadRow struct {
	Line     int
	Cells    []string
	Problems []Problem
}

// BadRows hands over the rows of which something was wrong, in the order of the
// file.
func (s *Service) BadRows(ctx context.Context, a policies.Actor, id int64, each func(BadRow) error) error {
	return nil
}

// Headings are the headings of the file of an import.
func (s *Service) Headings(ctx context.Context, id int64) ([]string, error) { return nil, nil }
