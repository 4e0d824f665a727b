package imports

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"shuke/models/audit"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/uses"
)

// write takes one chunk in: customers, facts, keys, the rows as they came, the
// progress and the event, all or nothing.
func (w *writer) write(ctx context.Context, c chunk) error {
	if err := w.decide(ctx, c); err != nil {
		return err
	}
	if err := w.decider.work.number(ctx); err != nil {
		return err
	}
	for i := range c.rows {
		if err := w.seal(c.batch, &c.rows[i]); err != nil {
			return err
		}
	}
	now := w.clock.Now()
	was := w.begun.done
	after, finished := was.with(c.rows), int64(0)
	if c.last {
		finished = db.Millis(now)
	}
	err := c.batch.Write(ctx, func(tx *db.Tx, _ []int64) error {
		if err := advance(tx, w.begun.id, was, after, finished); err != nil {
			return err
		}
		if err := w.decider.work.write(tx, w, c.rows); err != nil {
			return err
		}
		if err := before(tx, w.begun.id, c.batch); err != nil {
			return err
		}
		if err := keep(tx, w.begun.id, c.rows); err != nil {
			return err
		}
		if len(c.rows) == 0 { // nothing but the end
			return nil
		}
		return w.log.Append(tx, w.event(was, after, c))
	})
	if err != nil {
		return err
	}
	w.customers.Used(w.options.Key, uses.ImportKey, int(after.joined-was.joined))
	w.took(c.rows)
	return nil
}

// decide says of each row of a chunk what becomes of it, and writes nothing.
func (w *writer) decide(ctx context.Context, c chunk) error {
	if err := w.takenBefore(ctx, c.rows); err != nil {
		return err
	}
	if err := w.decider.begin(ctx, c.rows); err != nil {
		return err
	}
	from := customer.Provenance{Channel: w.options.Channel, Source: w.options.Source, StaffID: w.options.Actor.StaffID,
		BranchID: w.options.Actor.BranchID, ImportID: w.begun.id, At: w.clock.Now(), ByHand: w.options.Mode == Update}
	for i := range c.rows {
		if r := &c.rows[i]; r.outcome == 0 {
			if err := w.decider.work.place(ctx, &w.decider, c.batch, r, from); err != nil {
				return err
			}
		}
	}
	return nil
}

// took moves the report on behind the rows.
func (w *writer) took(rows []checked) {
	w.begun.done = w.begun.done.with(rows)
	w.report.come(w.begun.done)
	for _, r := range rows {
		room := MostProblems - len(w.report.Problems)
		w.report.Problems = append(w.report.Problems, r.problems[:min(room, len(r.problems))]...)
	}
}

// seal seals the text of a row: under the customer's key, or under the import's
// for a row that is nobody's.
func (w *writer) seal(b *customer.Batch, r *checked) (err error) {
	belongs := original(w.begun.id, r.n)
	if r.placed {
		b.Keep(r.ref, r.raw, belongs, func(id int64, sealed []byte) { r.customerID, r.sealed = id, sealed })
		return nil
	}
	r.sealed, err = w.key.Seal(r.raw, belongs)
	return err
}

// detailLength keeps a detail below what an event cuts off.
const detailLength = 4000

// event records a chunk: how many rows came to what, and which customers were
// made or added to.
func (w *writer) event(before, after progress, c chunk) audit.Event {
	e := audit.By(w.options.Actor, string(w.options.Target)+".imported")
	e.Object = w.file
	say := func(name string, n int64) {
		e.Details = append(e.Details, audit.Detail{Name: name, Value: strconv.FormatInt(n, 10)})
	}
	say("import", w.begun.id)
	e.Details = append(e.Details, audit.Detail{Name: "channel", Value: string(w.options.Channel)})
	if w.options.Mode == Update {
		e.Details = append(e.Details, audit.Detail{Name: "mode", Value: string(Update)})
	}
	say("rows", after.rows-before.rows)
	say("created", after.created-before.created)
	say("joined", after.joined-before.joined)
	say("refused", after.refused-before.refused)
	say("skipped", after.skipped-before.skipped)
	say("done", after.rows)
	for name, of := range map[string]Outcome{"made": Created, "added_to": Joined} {
		e.Details = append(e.Details, spanDetails(name, idsWith(c.rows, of))...)
	}
	return e
}

// idsWith are the customers of rows with the outcome.
func idsWith(rows []checked, of Outcome) (ids []int64) {
	for _, r := range rows {
		if r.outcome == of && r.customerID != 0 {
			ids = append(ids, r.customerID)
		}
	}
	return ids
}

// spans writes ids in order, neighbours as 12-17, in texts that fit a detail each.
func spans(ids []int64) []string {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	var out []string
	var b strings.Builder
	for i := 0; i < len(ids); {
		j := i
		for j+1 < len(ids) && ids[j+1] == ids[j]+1 {
			j++
		}
		span := strconv.FormatInt(ids[i], 10)
		if j > i {
			span += "-" + strconv.FormatInt(ids[j], 10)
		}
		if b.Len()+len(span)+1 > detailLength {
			out = append(out, b.String())
			b.Reset()
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(span)
		i = j + 1
	}
	if b.Len() > 0 {
		out = append(out, b.String())
	}
	return out
}
