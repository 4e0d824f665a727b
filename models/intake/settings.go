package intake

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/models/imports"
	"shuke/models/tabular"
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

// What the columns of the database take: characters, and bytes of all maps.
const (
	mostSource = 80               // of the name of a source
	mostKey    = 64               // of the key of a field
	mostField  = mostKey + 1 + 64 // of one with the kind behind it
	mostMaps   = 60_000
)

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
	if utf8.RuneCountInString(set.Key) > mostKey {
		problems.Add("key", "error.too_long", map[string]any{"Max": mostKey})
	}
	set.checkMaps(problems)
	branches, err := s.Staff.Branches(ctx)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(branches, func(b branch) bool { return b.ID == set.BranchID && b.Active }) {
		problems.Add("branch", "error.choose", nil)
	}
	return problems.Err()
}

// checkMaps bounds what is said of columns, each at its own box: what is not of a
// number, and what is too much together, at the table of them.
func (set Settings) checkMaps(problems fault.Fields) {
	if len(set.Maps) > tabular.MaxColumns {
		problems.Add("map", "import.maps_many", map[string]any{"Max": tabular.MaxColumns})
		return
	}
	for _, m := range set.Maps {
		column, field, said := cutLast(m)
		number, err := strconv.Atoi(column)
		box := "map." + column
		if err != nil || number < 1 || number > tabular.MaxColumns || strconv.Itoa(number) != column {
			box = "map"
		}
		switch {
		case !said:
			problems.Add("map", "import.maps_form", nil)
		case utf8.RuneCountInString(column) > mostName:
			problems.Add("map", "error.too_long", map[string]any{"Max": mostName})
		case utf8.RuneCountInString(field) > mostField:
			problems.Add(box, "error.too_long", map[string]any{"Max": mostField})
		}
	}
	if text, err := set.maps(); err != nil || len(text) > mostMaps {
		problems.Add("map", "import.maps_long", nil)
	}
}

// cutLast divides COL=FIELD: a column can have the sign in its name.
func cutLast(m string) (column, field string, said bool) {
	at := strings.LastIndexByte(m, '=')
	if at < 0 {
		return m, "", false
	}
	return m[:at], m[at+1:], at > 0
}

func (set Settings) maps() (string, error) {
	text, err := json.Marshal(slices.Sorted(slices.Values(set.Maps)))
	return string(text), err
}
