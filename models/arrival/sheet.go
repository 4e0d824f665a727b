package arrival

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"shuke/models/audit"
	"shuke/models/consent"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/disclosure"
	"shuke/models/stay"
	"shuke/models/uses"
	"shuke/policies"
)

// View is which guests a sheet lists.
type View string

// The views.
const (
	Arriving View = "arriving" // who arrives on the day
	Staying  View = "staying"  // who is in house now
)

// Sheet is the work that one branch has with its guests.
type Sheet struct {
	Day  string
	View View
	Rows []Row
	// Ready, Late and Open count what is made ready, over the whole sheet.
	Ready, Late, Open int
	// Cut says that there are more guests than a sheet shows.
	Cut bool
}

// Row is one guest with what is made ready for them.
type Row struct {
	stay.Stay
	Guest        Guest
	Totals       stay.Totals
	Preparations []Preparation         // what is to be done, by the time it is due
	Never        []Preparation         // what must not be, safety first
	Restrictions []consent.Restriction // what the guest asked of whoever serves them
	AskSafety    bool                  // they do not let us keep allergies: whoever serves food asks
	// Withheld says that the guest does not want to be known here, or any more:
	// the row holds what the reservation says, and a manager is to be asked.
	Withheld bool
	// Forgotten says of such a row that they asked to be forgotten: then nobody
	// is to be asked either.
	Forgotten bool
	refusal   error    // what opening them would answer, nil when they are shown
	wished    []string // fields of the wishes among them
}

// Guest is what a sheet tells of a customer: whom to expect and how to address
// them, nothing to reach them by.
type Guest struct {
	PublicID  string // "" as long as nobody knows whose the stay is
	Kind      customer.Kind
	Name      string
	Reading   string
	AddressAs string
	Tier      string
	Language  string
}

// Times is the number of the visit that this stay is, counting those before.
func (r Row) Times() int {
	if r.Status.TookPlace() {
		return r.Totals.Stays
	}
	return r.Totals.Stays + 1
}

// sheetColumns are what a sheet reads of a customer.
const sheetColumns = `COALESCE(c.public_id, ''), COALESCE(c.kind, 0), COALESCE(c.name, ''), COALESCE(c.reading, ''), COALESCE(c.address_as, ''), COALESCE(c.tier, ''), COALESCE(c.language, '')`

// sheetSQL reads stays with their guests; those of a day lie together in
// stays_by_day, the rest is read by key.
func sheetSQL(where string) string {
	return "SELECT " + stay.Columns("s") + ", " + sheetColumns + ", " + stay.TotalsColumns + `
FROM stays s LEFT JOIN customers c ON c.id = s.customer_id LEFT JOIN stay_totals t ON t.customer_id = s.customer_id WHERE ` + where
}

var (
	arrivingSQL = sheetSQL("s.branch_id = ? AND s.arrive_on = ? AND s.status IN ('reserved', 'in_house', 'departed') ORDER BY s.id LIMIT ?")
	stayingSQL  = sheetSQL("s.branch_id = ? AND s.status = 'in_house' ORDER BY s.room LIMIT ?")
	singleSQL   = sheetSQL("s.branch_id = ? AND s.public_id = ? LIMIT ?")
)

// Open returns the sheet of a day, or of those in house. That this person saw
// these guests is durable in record and ledger before it returns.
func (s *Service) Open(ctx context.Context, a policies.Actor, cat *customer.Catalogue, day string, view View) (Sheet, error) {
	if err := s.guard.Require(a, policies.ArrivalRead); err != nil {
		return Sheet{}, err
	}
	day, err := Day(a, day)
	if err != nil {
		return Sheet{}, err
	}
	sheet := Sheet{Day: day, View: view}
	if view == Staying {
		sheet.Rows, err = s.rows(ctx, stayingSQL, a.BranchID, RowLimit+1)
	} else {
		sheet.View = Arriving
		sheet.Rows, err = s.rows(ctx, arrivingSQL, a.BranchID, day, RowLimit+1)
	}
	if err != nil {
		return Sheet{}, err
	}
	if sheet.Cut = len(sheet.Rows) > RowLimit; sheet.Cut {
		sheet.Rows = sheet.Rows[:RowLimit]
	}
	if err := s.fill(ctx, a, cat, sheet.Rows); err != nil {
		return Sheet{}, err
	}
	sheet.sort()
	sheet.count()
	if err := s.show(ctx, a, "arrival.sheet_opened", string(sheet.View), sheet.Rows); err != nil {
		return Sheet{}, err
	}
	for _, r := range sheet.Rows {
		for _, field := range r.wished {
			s.customers.Used(field, uses.Arrival, 1)
		}
	}
	return sheet, nil
}

// OpenRow returns one guest of the sheet, as after a change.
func (s *Service) OpenRow(ctx context.Context, a policies.Actor, cat *customer.Catalogue, publicID string) (Row, error) {
	if err := s.guard.Require(a, policies.ArrivalRead); err != nil {
		return Row{}, err
	}
	row, err := s.row(ctx, a, cat, publicID)
	if err != nil {
		return Row{}, err
	}
	return row, s.show(ctx, a, "arrival.row_opened", publicID, []Row{row})
}

// row reads one guest without recording it: callers do.
func (s *Service) row(ctx context.Context, a policies.Actor, cat *customer.Catalogue, publicID string) (Row, error) {
	if !stay.ValidID(publicID) {
		return Row{}, errElsewhere
	}
	rows, err := s.rows(ctx, singleSQL, a.BranchID, publicID, 1)
	if err != nil {
		return Row{}, err
	}
	if len(rows) != 1 {
		return Row{}, errElsewhere
	}
	if err := mine(a, rows[0].Stay); err != nil {
		return Row{}, err
	}
	err = s.fill(ctx, a, cat, rows)
	return rows[0], err
}

func (s *Service) show(ctx context.Context, a policies.Actor, action, object string, rows []Row) error {
	e := audit.By(a, action)
	e.Object = object
	e.Details = []audit.Detail{{Name: "rows", Value: strconv.Itoa(len(rows))}}
	var ids []int64
	for _, r := range rows {
		if r.CustomerID != 0 {
			ids = append(ids, r.CustomerID)
		}
	}
	slices.Sort(ids)
	return s.gate.Show(ctx, a, e, disclosure.Arrivals, RowLimit, slices.Compact(ids)...)
}

func (s *Service) rows(ctx context.Context, query string, args ...any) ([]Row, error) {
	rows, err := s.db.Read(ctx).Raw(query, args...).Rows()
	if err != nil {
		return nil, err
	}
	var out []Row
	err = db.Each(rows, func() error {
		var r Row
		g := &r.Guest
		more := append([]any{&g.PublicID, &g.Kind, &g.Name, &g.Reading, &g.AddressAs, &g.Tier, &g.Language}, r.Totals.Into()...)
		in, err := stay.Scan(rows, more...)
		r.Stay, r.Totals.CustomerID = in, in.CustomerID
		if g.PublicID == "" {
			g.Name, g.Language = in.GuestName, in.Language
		}
		out = append(out, r)
		return err
	})
	return out, err
}

// sort puts guests in the order of their arrival; those in house by room.
func (s *Sheet) sort() {
	if s.View == Staying {
		return
	}
	slices.SortStableFunc(s.Rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(a.expected(), b.expected()), cmp.Compare(a.Room, b.Room), cmp.Compare(a.ID, b.ID))
	})
}

// expected is when the guest is expected, in minutes after midnight.
func (r Row) expected() int {
	if r.ETA < 0 {
		return UsualETA
	}
	return r.ETA
}

func (s *Sheet) count() { s.Ready, s.Late, s.Open = s.Counts("") }

// In reports whether a line is the work of a department, or of all: what is
// dangerous everybody knows of, and "" is the whole house.
func (p Preparation) In(department string) bool {
	return department == "" || p.Department == department || p.Never && p.Safety
}

// Counts is what is ready, late and open of the work of a department.
func (s *Sheet) Counts(department string) (ready, late, open int) {
	for _, r := range s.Rows {
		for _, p := range slices.Concat(r.Preparations, r.Never) {
			switch {
			case !p.Tickable() || !p.In(department):
			case p.Done():
				ready++
			case p.Late:
				late++
			default:
				open++
			}
		}
	}
	return ready, late, open
}

// arrival is the moment at which the guest is expected, in the branch's zone.
func (r Row) arrival(zone *time.Location) time.Time {
	day, err := time.ParseInLocation(time.DateOnly, r.ArriveOn, zone)
	if err != nil {
		return time.Time{}
	}
	return day.Add(time.Duration(r.expected()) * time.Minute)
}

// Print is Open for a sheet on paper, with the number that stands on it: the
// record keeps it, so that a sheet that is found tells who let it lie.
func (s *Service) Print(ctx context.Context, a policies.Actor, cat *customer.Catalogue, day string, view View) (Sheet, string, error) {
	sheet, err := s.Open(ctx, a, cat, day, view)
	if err != nil {
		return Sheet{}, "", err
	}
	number := "P-" + strings.ReplaceAll(a.Today(), "-", "")[2:] + "-" + stay.NewID()[2:6]
	e := audit.By(a, "arrival.sheet_printed")
	e.Object = number
	e.Details = []audit.Detail{{Name: "rows", Value: strconv.Itoa(len(sheet.Rows))}, {Name: "arrive_on", Value: sheet.Day}}
	return sheet, number, s.gate.Record(ctx, e)
}
