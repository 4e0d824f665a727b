package customer

import (
	"context"
	"encoding/json"
	"slices"

	"shuke/models/audit"
	"shuke/models/catalogue"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/policies"
)

// settleAtOnce is how many steps of bringing values in step are taken before a
// change answers; what is left goes on in the background.
const settleAtOnce = 20

// EditOwnField changes a field of the house's own. Texts, purposes, sight and
// half-life change freely; what would make stored values wrong, shorter or less
// protected is refused once there are any. A form made before somebody else's
// change gets error.stale.
func (s *Service) EditOwnField(ctx context.Context, a policies.Actor, key string, d OwnDraft, edition int64) error {
	if err := s.guard.Require(a, policies.FieldManage); err != nil {
		return err
	}
	work := false
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		work = false
		cat, err := lockCatalogue(tx)
		if err != nil {
			return err
		}
		was, u, err := cat.lockOwn(tx, key, edition)
		if err != nil {
			return err
		}
		now := d.Field()
		now.Key, now.Order, now.On = was.Key, was.Order, was.On
		problems := d.Check(cat.All(), &was.Field)
		keeps(problems, was.Field, now, u)
		if err := problems.Err(); err != nil {
			return err
		}
		if err := lastWord(now); err != nil {
			return err
		}
		changes := difference(was.Field, now)
		if len(changes) == 0 {
			return nil
		}
		work = u.any && unsettles(was.Field, now)
		if err := s.updateField(tx, a, was, now, work); err != nil {
			return err
		}
		e := audit.By(a, "field.changed")
		e.Object, e.Details = key, changes
		return s.log.Append(tx, e)
	})
	if err != nil || !work {
		return err
	}
	// The change stands whether or not this goes through: until it does, values
	// are masked by the definition, and the sweep of the program goes on.
	_, _ = s.Settle(ctx, settleAtOnce)
	return nil
}

func (s *Service) updateField(tx *db.Tx, a policies.Actor, was Field, now catalogue.Field, work bool) error {
	text, err := json.Marshal(storedField{now, now.Order})
	if err != nil {
		return err
	}
	shape := was.Shape
	if reshapes(was.Field, now) {
		shape++
	}
	n, err := tx.Run(`UPDATE fields SET definition = ?, purposes = ?, shape = ?, work_from = CASE WHEN ? THEN 0 ELSE work_from END,
 work_done = CASE WHEN ? THEN 0 ELSE work_done END, version = version + 1, updated_at = ?, updated_by = ? WHERE k = ? AND version = ?`,
		string(text), joinLines(now.Purposes), shape, work, work, db.Millis(s.clock.Now()), a.StaffID, was.Key, was.Edition)
	if err != nil {
		return err
	}
	if n != 1 {
		return fault.New(fault.Conflict, "error.stale")
	}
	return nextCatalogue(tx)
}

// keeps refuses what stored values do not bear.
func keeps(p fault.Fields, was, now catalogue.Field, u used) {
	if !u.any {
		return
	}
	for _, rule := range []struct {
		broken   bool
		box, key string
	}{
		{!catalogue.Widens(was.Type, now.Type), "type", "own.type_fixed"},
		{now.Kind != was.Kind && now.Kind != catalogue.Both, "kind", "own.kind_fixed"},
		{was.Repeat != "" && now.Repeat == "", "several", "own.several_fixed"},
		{was.NoneAllowed && !now.NoneAllowed, "none", "own.none_fixed"},
		{now.MaxLength < was.MaxLength, "length", "own.length_fixed"},
		{now.Sensitivity.Rank() < was.Sensitivity.Rank(), "sensitivity", "own.sensitivity_lower"},
		{len(was.Unit) > 0 && (was.Unit["zh-CN"] != now.Unit["zh-CN"] || was.Unit["en"] != now.Unit["en"]), "unit_zh", "own.unit_fixed"},
		{now.Band != was.Band && now.Band != "", "band", "own.band_fixed"},
	} {
		if rule.broken {
			p.Add(rule.box, rule.key, nil)
		}
	}
	if now.Type != catalogue.Choice || was.Type != catalogue.Choice {
		return
	}
	for _, o := range was.Options {
		// Of sealed answers nobody knows which were given: all of them stay.
		given := u.answers[o.Value] || was.Sensitivity == catalogue.Sensitive
		if given && !slices.ContainsFunc(now.Options, func(n catalogue.Option) bool { return n.Value == o.Value }) {
			p.Add("options", "own.option_used", map[string]any{"Option": o.Value})
		}
	}
}

// reshapes reports whether a value that is being written by the old definition
// could be wrong under the new one.
func reshapes(was, now catalogue.Field) bool {
	shape := func(f catalogue.Field) string {
		f.Labels, f.Help, f.Benefit, f.Purposes, f.See, f.Change, f.HalfLifeDays, f.Group, f.CompanyGroup, f.Glance = nil, nil, nil, nil, nil, nil, 0, "", "", ""
		f.OpenReason, f.On = "", false
		for i, o := range f.Options {
			f.Options = slices.Clone(f.Options)
			f.Options[i] = catalogue.Option{Value: o.Value, Retired: o.Retired}
		}
		text, err := json.Marshal(f)
		if err != nil {
			return err.Error()
		}
		return string(text)
	}
	return shape(was) != shape(now)
}

// unsettles reports whether stored values have to be brought in step: sealed,
// stripped of their band, or made keys of imports or none any more.
func unsettles(was, now catalogue.Field) bool {
	return now.Sensitivity == catalogue.Sensitive && was.Sensitivity != catalogue.Sensitive || was.Band != "" && now.Band == "" || was.ImportKey != now.ImportKey
}

// difference says for the record what was and what is, of all that differs.
func difference(was, now catalogue.Field) []audit.Detail {
	before, after := describe(was), describe(now)
	value := func(list []audit.Detail, name string) string {
		if i := slices.IndexFunc(list, func(d audit.Detail) bool { return d.Name == name }); i >= 0 {
			return list[i].Value
		}
		return ""
	}
	var out []audit.Detail
	for _, d := range slices.Concat(before, after) {
		was, now := value(before, d.Name), value(after, d.Name)
		if was != now && !slices.ContainsFunc(out, func(o audit.Detail) bool { return o.Name == d.Name }) {
			out = append(out, audit.Detail{Name: d.Name, Value: was + " → " + now})
		}
	}
	return out
}
