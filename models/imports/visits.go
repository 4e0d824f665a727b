package imports

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/models/live"
	"shuke/models/membership"
	"shuke/models/stay"
	"shuke/models/tabular"
)

// visits brings in stays: of a customer, or of a guest whom nobody has claimed.
type visits struct {
	stays  *stay.Store
	houses []house
	now    time.Time

	known map[string]stay.Stay // stays of before, by reservation
	order []*pending           // what the chunk does to stays, in order
	byRef map[string]*pending
}

// pending is a stay that the rows of a chunk make or change.
type pending struct {
	id   int64 // of a stay that exists, or one that write will make
	made bool
	who  int64 // whose it is
	rows []*checked
	from stay.Stay // it is a new one like this
}

func (*visits) vocabulary() *vocabulary { return visitWords }

func (*visits) enough(c *columns, o Options) error {
	switch {
	case o.Key != "" && c.holding(o.Key) < 0:
		return fault.Fields{"key": {Key: "import.option.key_column", Args: map[string]any{"Field": o.Key}}}.Err()
	case c.holding("arrive_on") < 0 && c.holding("ref") < 0:
		return fault.Fields{"map": {Key: "import.option.no_arrival"}}.Err()
	case o.Key == "" && c.holding("guest_name") < 0 && c.holding("ref") < 0:
		return fault.Fields{"map": {Key: "import.option.no_guest"}}.Err()
	}
	return nil
}

func (v *visits) read(c *checker, b *customer.Batch, row tabular.Row, out *checked) {
	s := c.facts(b, row, out)
	out.visit = v.visit(c, s, row.Cells)
	c.settle(b, s, out)
	if slices.ContainsFunc(out.problems, func(p Problem) bool { return slices.Contains(decisive, p.Field) }) {
		out.refuseAll() // without it the rest would say something else
	}
}

// decisive are what a stay cannot do without when it was given and could not be
// read.
var decisive = []string{"branch", "ref", "arrive_on", "depart_on", "status"}

// refKey names a reservation at a branch.
func (v *visit) refKey() string { return strconv.FormatInt(v.branch, 10) + " " + v.texts["ref"] }

// begin reads the stays that have the numbers of the rows.
func (v *visits) begin(ctx context.Context, _ *decider, rows []checked) error {
	v.known, v.order, v.byRef = map[string]stay.Stay{}, nil, map[string]*pending{}
	byBranch := map[int64][]string{}
	for i := range rows {
		if r := &rows[i]; r.outcome == 0 && r.visit.texts["ref"] != "" {
			byBranch[r.visit.branch] = append(byBranch[r.visit.branch], r.visit.texts["ref"])
		}
	}
	for branch, refs := range byBranch {
		found, err := v.stays.ByRefs(ctx, branch, refs)
		if err != nil {
			return err
		}
		for ref, s := range found {
			v.known[strconv.FormatInt(branch, 10)+" "+ref] = s
		}
	}
	return nil
}

// place finds whose stay it is, and whether it is one that we know.
func (v *visits) place(_ context.Context, d *decider, b *customer.Batch, r *checked, _ customer.Provenance) error {
	whose, err := v.whose(d, r)
	if err != nil || r.outcome != 0 {
		return err
	}
	p := v.find(d, r)
	switch {
	case p != nil && p.who != 0 && whose != 0 && p.who != whose:
		r.refuse(d.keyProblem(StayOfOther))
		return nil
	case p == nil:
		if p = v.fresh(d, r, whose); p == nil {
			return nil
		}
		r.outcome = Created
	default:
		if !v.fits(d, r, p) {
			return nil
		}
		r.outcome = Joined
	}
	was := p.now()
	p.rows, p.who = append(p.rows, r), cmp.Or(whose, p.who)
	if r.visit.whose = p.who; p.who != 0 {
		r.ref, r.placed, r.saying = b.Touch(p.who), true, -1
	}
	r.visit.did = differs(was, p.now(), p.made && len(p.rows) == 1)
	return nil
}

// now is the stay as the rows so far make it.
func (p *pending) now() stay.Stay {
	out := p.from
	for _, r := range p.rows {
		r.visit.onto(&out)
	}
	return out
}

// differs lists what is another of a stay, for a preview.
func differs(was, is stay.Stay, fresh bool) (out []PreviewChange) {
	if fresh {
		was = stay.Stay{}
	}
	text := func(n int64) string {
		if n == 0 {
			return ""
		}
		return strconv.FormatInt(n, 10)
	}
	for _, d := range []PreviewChange{
		{"ref", was.Ref, is.Ref}, {"status", string(was.Status), string(is.Status)}, {"arrive_on", was.ArriveOn, is.ArriveOn}, {"depart_on", was.DepartOn, is.DepartOn},
		{"room", was.Room, is.Room}, {"room_type", was.RoomType, is.RoomType}, {"facing", was.Facing, is.Facing}, {"floor", was.Floor, is.Floor},
		{"rate", text(was.Rate), text(is.Rate)}, {"adults", text(int64(was.Adults)), text(int64(is.Adults))}, {"children", text(int64(was.Children)), text(int64(is.Children))},
		{"party", was.Party, is.Party}, {"guest_name", was.GuestName, is.GuestName}, {"note", was.Note, is.Note},
	} {
		if d.Was != d.Is {
			out = append(out, d)
		}
	}
	return out
}

// whose is the customer who has the row's key, 0 when nobody has it alone: then
// the stay waits under the guest's name for somebody to claim it.
func (v *visits) whose(d *decider, r *checked) (int64, error) {
	if d.options.Key == "" || len(r.said.All(d.options.Key)) == 0 {
		return 0, nil
	}
	met, err := d.meet(r)
	if err != nil || len(met) == 1 {
		return append(met, whom{})[0].id, err
	}
	why := KeyUnknown
	if len(met) > 1 {
		why = KeyAmbiguous
	}
	if r.visit.texts["guest_name"] == "" {
		r.refuse(d.keyProblem(why))
		return 0, nil
	}
	r.warn(d.keyProblem(why))
	return 0, nil
}

// find is the stay that the row's number names: one of this chunk, of the
// database, or of an earlier chunk of a preview.
func (v *visits) find(d *decider, r *checked) *pending {
	if r.visit.texts["ref"] == "" {
		return nil
	}
	key := r.visit.refKey()
	if p := v.byRef[key]; p != nil {
		return p
	}
	s, is := v.known[key]
	if !is {
		if !d.side.has("stay " + key) {
			return nil
		}
		for _, who := range d.side.get("stay " + key) {
			s.CustomerID = cmp.Or(who, s.CustomerID)
		}
	}
	p := &pending{id: s.ID, who: s.CustomerID, from: s}
	v.byRef[key], v.order = p, append(v.order, p)
	return p
}

// fresh is a stay that the row makes, nil when it is refused: a new one has its
// days, and a guest.
func (v *visits) fresh(d *decider, r *checked, whose int64) *pending {
	in := r.visit
	switch {
	case in.arrive == "":
		v.refuse(d, r, "arrive_on", ArrivalMissing)
		return nil
	case in.depart == "":
		v.refuse(d, r, "depart_on", DepartureMissing)
		return nil
	case whose == 0 && in.texts["guest_name"] == "":
		v.refuse(d, r, "guest_name", GuestMissing)
		return nil
	}
	p := &pending{made: true, from: stay.Stay{BranchID: in.branch, Source: stay.ByImport, Ref: in.texts["ref"], Status: stay.Reserved, ETA: -1, Adults: 1,
		ImportID: d.importID, CreatedBy: d.options.Actor.StaffID}}
	if in.status == "" && in.depart < d.options.today(v.now) {
		p.from.Status = stay.Departed
	}
	if v.order = append(v.order, p); in.texts["ref"] != "" {
		v.byRef[in.refKey()] = p
	}
	return p
}

// fits refuses days that do not go together once the row has changed a stay.
func (v *visits) fits(d *decider, r *checked, p *pending) bool {
	now := p.now()
	r.visit.onto(&now)
	if now.ArriveOn != "" && now.DepartOn < now.ArriveOn {
		v.refuse(d, r, "depart_on", DepartsBefore)
		return false
	}
	if stay.Nights(now.ArriveOn, now.DepartOn) > stay.LongestNights {
		v.refuse(d, r, "depart_on", StayTooLong)
		return false
	}
	return true
}

func (*visits) refuse(d *decider, r *checked, field string, why Reason) {
	at := d.columns.holding(field)
	r.refuse(Problem{Column: d.columns.label(at), Field: field, Reason: why, column: at + 1})
}

// aside keeps which reservations there would be, and whose.
func (v *visits) aside(to *side) {
	for key, p := range v.byRef {
		to.put("stay "+key, p.who)
	}
}

// number takes ids for the stays that are new.
func (v *visits) number(ctx context.Context) error {
	n := 0
	for _, p := range v.order {
		if p.made {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	first, err := v.stays.Take(ctx, n)
	for _, p := range v.order {
		if p.made {
			p.id, first = first, first+1
		}
	}
	return err
}

// write puts the stays of the chunk into the database with their totals, and
// notes how those were that it changed.
func (v *visits) write(tx *db.Tx, w *writer, _ []checked) error {
	var ids []int64
	for _, p := range v.order {
		if !p.made {
			ids = append(ids, p.id)
		}
	}
	stood, err := stay.LockMany(tx, ids)
	if err != nil {
		return err
	}
	var fresh, changed []*stay.Stay
	var customers []int64
	var log []any
	for _, p := range v.order {
		was := p.from
		if !p.made {
			was = stood[p.id]
		}
		now := was
		for _, r := range p.rows {
			r.visit.onto(&now)
		}
		now.ID = p.id
		customers = append(customers, was.CustomerID, now.CustomerID)
		if p.made {
			fresh, log = append(fresh, &now), append(log, w.begun.id, beforeStay, p.id, 0, 1, nil)
			continue
		}
		if now == was {
			continue
		}
		body, err := w.sealStay(was)
		if err != nil {
			return err
		}
		changed, log = append(changed, &now), append(log, w.begun.id, beforeStay, p.id, 0, was.Version+1, body)
	}
	if err := v.stays.InsertMany(tx, fresh); err != nil {
		return err
	}
	for _, s := range changed {
		if err := v.stays.Put(tx, s); err != nil {
			return err
		}
	}
	if err := v.stays.RefreshMany(tx, customers); err != nil {
		return err
	}
	if err := membership.DueNow(tx, w.clock.Now(), customers); err != nil {
		return err
	}
	if err := noteBefore(tx, log); err != nil {
		return err
	}
	return tellSheets(tx, append(fresh, changed...), w.clock.Now())
}

// tellSheets has open sheets of arrivals read anew that may show one of the stays.
func tellSheets(tx *db.Tx, list []*stay.Stay, now time.Time) error {
	from, to := now.AddDate(0, 0, -3).Format(time.DateOnly), now.AddDate(0, 0, 4).Format(time.DateOnly)
	told := map[int64]bool{}
	for _, s := range list {
		if told[s.BranchID] || s.Status != stay.InHouse && (s.ArriveOn < from || s.ArriveOn > to) {
			continue
		}
		told[s.BranchID] = true
		if err := live.Announce(tx, live.Change{Topic: stay.Topic, BranchID: s.BranchID, Body: `{"kind":"again"}`}, now); err != nil {
			return err
		}
	}
	return nil
}

// stayRow names a stay of before for sealing.
func stayRow(importID, stayID int64) string {
	return fmt.Sprintf("import_before|%d|%d|%d", importID, beforeStay, stayID)
}

func (w *writer) sealStay(s stay.Stay) ([]byte, error) {
	text, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	return w.key.Seal(string(text), stayRow(w.begun.id, s.ID))
}

// today is the day at the branch that rows come from.
func (o Options) today(now time.Time) string {
	_, zone := o.place()
	return now.In(zone).Format(time.DateOnly)
}
