package intake

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/models/imports"
)

// Settings say what a file is taken for. Maps are COL=FIELD by the number of the
// column; a column without one is read as its heading says.
type Settings struct {
	Target   imports.Target
	Mode     imports.Mode
	Channel  customer.Channel
	Source   string
	BranchID int64
	Key      string
	Create   bool
	KeepGood bool
	NoHeader bool
	Sheet    string
	Maps     []string
}

// mostSource bounds the name of a source, in characters.
const mostSource = 80

// checkSettings says what is wrong with the answers of a form, but for what only the file
// can tell.
func (s *Service) checkSettings(ctx context.Context, set *Settings) error {
	problems := fault.Fields{}
	set.Create = set.Create && set.Target == imports.ToCustomers // of others nobody is made
	if !slices.Contains(imports.Targets, set.Target) {
		problems.Add("target", "error.choose", nil)
	}
	if set.Mode != imports.Add && set.Mode != imports.Update {
		problems.Add("mode", "error.choose", nil)
	}
	if _, err := customer.ParseChannel(string(set.Channel)); err != nil {
		problems.Add("channel", "error.choose", nil)
	}
	set.Source = strings.TrimSpace(set.Source)
	switch n := utf8.RuneCountInString(set.Source); {
	case n == 0:
		problems.Add("source", "error.required", nil)
	case n > mostSource:
		problems.Add("source", "error.too_long", map[string]any{"Max": mostSource})
	}
	set.Sheet = strings.TrimSpace(set.Sheet)
	if utf8.RuneCountInString(set.Sheet) > mostName {
		problems.Add("sheet", "error.too_long", map[string]any{"Max": mostName})
	}
	branches, err := s.Staff.Branches(ctx)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(branches, func(b branch) bool { return b.ID == set.BranchID && b.Active }) {
		problems.Add("branch", "error.choose", nil)
	}
	return problems.Err()
}

func (set Settings) maps() (string, error) {
	text, err := json.Marshal(slices.Sorted(slices.Values(set.Maps)))
	return string(text), err
}
