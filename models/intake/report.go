package intake

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"

	"shuke/models/imports"
	"shuke/models/tabular"
	"shuke/models/vault"
)

// Report is what reading a whole file through found out, or what taking it in
// did. It is kept sealed: its first rows and its samples hold values.
type Report struct {
	At       time.Time
	Columns  []imports.PreviewColumn
	First    []imports.PreviewRow
	Kind     tabular.Kind
	Sheet    string
	Sheets   []string // left out
	Hidden   []string // columns hidden in the sheet, which were read
	Unmapped []string
	Already  bool

	Total, Created, Joined, Refused, Skipped, Warned int64

	Groups []Group
	More   bool // more problems than are grouped
}

// Group is one thing that is wrong in several rows.
type Group struct {
	Reason  imports.Reason
	Column  string
	Field   string
	Refused bool
	Count   int
	Lines   []int // the first of them
}

// mostLines is how many lines of a group are named.
const mostLines = 12

// groups puts problems of one kind together, refusals and long runs first.
func groups(problems []imports.Problem) []Group {
	var out []Group
	at := map[imports.Problem]int{}
	for _, p := range problems {
		kind := imports.Problem{Column: p.Column, Field: p.Field, Reason: p.Reason, Refused: p.Refused}
		i, known := at[kind]
		if !known {
			i = len(out)
			at[kind] = i
			out = append(out, Group{Reason: p.Reason, Column: p.Column, Field: p.Field, Refused: p.Refused})
		}
		g := &out[i]
		g.Count++
		if len(g.Lines) < mostLines && !slices.Contains(g.Lines, p.Line) {
			g.Lines = append(g.Lines, p.Line)
		}
	}
	slices.SortStableFunc(out, func(a, b Group) int {
		if a.Refused != b.Refused {
			return map[bool]int{true: -1, false: 1}[a.Refused]
		}
		return cmp.Compare(b.Count, a.Count)
	})
	return out
}

// take fills the report from that of an import.
func (r *Report) take(from imports.Report, now time.Time) {
	r.At, r.Kind, r.Sheet, r.Sheets, r.Hidden, r.Unmapped, r.Already = now, from.Kind, from.Sheet, from.Sheets, from.Hidden, from.Unmapped, from.Already
	r.Total, r.Created, r.Joined, r.Refused, r.Skipped, r.Warned = from.Total, from.Created, from.Joined, from.Refused, from.Skipped, from.Warned
	r.Groups, r.More = groups(from.Problems), len(from.Problems) >= imports.MostProblems
}

func reportPlace(id string) string { return "intakes|" + id + "|report" }

func (s *Service) sealReport(ctx context.Context, id string, r Report) ([]byte, error) {
	text, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	owner := vault.Intake(id)
	keys, err := s.Vault.Keys(ctx, owner)
	if err != nil {
		return nil, err
	}
	return keys[owner].Seal(string(text), reportPlace(id))
}

func (s *Service) openReport(ctx context.Context, in *Intake) error {
	var sealed []byte
	if err := s.DB.Read(ctx).Raw("SELECT report FROM intakes WHERE id = ?", in.ID).Row().Scan(&sealed); err != nil || len(sealed) == 0 {
		return err
	}
	key, err := s.Vault.Key(ctx, vault.Intake(in.ID))
	if err != nil {
		return err
	}
	text, err := key.Open(sealed, reportPlace(in.ID))
	if err != nil {
		return err
	}
	return json.Unmarshal([]byte(text), &in.Report)
}
