package rights

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"shuke/models/audit"
	"shuke/models/calendar"
	"shuke/models/card"
	"shuke/models/consent"
	"shuke/models/customer"
	"shuke/models/disclosure"
	"shuke/models/fault"
	"shuke/models/membership"
	"shuke/models/stay"
	"shuke/models/vault"
	"shuke/policies"
)

// Recipient is somebody outside the house who received a customer's data.
type Recipient struct {
	Name string
	What string
	At   time.Time
}

// Receivers tell who received a customer's data, the latest first.
type Receivers func(ctx context.Context, customerID int64) ([]Recipient, error)

// Copy says whether the sheet is to show what is masked too, and on what ground.
type Copy struct {
	Full     bool
	Reason   string // from CopyReasons
	Identity string // from Identities: how the person was checked
	Lang     string // in which it is printed, for the record
}

// CopyReasons are why a customer may want everything in the clear.
var CopyReasons = []string{"access", "correction", "transfer"}

// Identities are the ways of making sure that it is the customer.
var Identities = []string{"document", "agent_papers"}

func (c Copy) check() error {
	if !c.Full {
		return nil
	}
	f := fault.Fields{}
	if !slices.Contains(CopyReasons, c.Reason) {
		f.Add("reason", "error.choose", nil)
	}
	if !slices.Contains(Identities, c.Identity) {
		f.Add("identity", "error.choose", nil)
	}
	return f.Err()
}

// Sheet is what a customer is told about their own data.
type Sheet struct {
	customer.Customer
	Full     bool
	Groups   []SheetGroup
	Stays    []stay.Stay       // newest first
	Around   membership.Around // standing, memberships, events
	Consents consent.States
	Wordings map[string]consent.Wording
	Since    calendar.Date // from when on looks are counted
	Looks    []disclosure.Look
	Received []Recipient
	At       time.Time
}

// SheetGroup is a group of the catalogue with what is held in it.
type SheetGroup struct {
	Key   string
	Lines []SheetLine
}

// SheetLine is one fact as the customer gets to read it. Of a value that is held
// back the entry carries none.
type SheetLine struct {
	card.Entry
	Whole     bool      // in a full copy: the value as it is, behind no mask
	Withdrawn bool      // no longer used; deleted on the day
	DeletedOn time.Time // zero when it stays
}

// Sheet puts together what is held of a customer, in plain order. Values that are
// masked stay so unless a full copy is asked for, with a reason and the person
// checked; even then nothing is shown that the role may never see, for which a
// manager prints it. It is recorded before anything is opened.
func (s *Service) Sheet(ctx context.Context, a policies.Actor, cat *customer.Catalogue, publicID string, copy Copy) (Sheet, error) {
	if err := s.Guard.Require(a, policies.CustomerSheet); err != nil {
		return Sheet{}, err
	}
	if err := copy.check(); err != nil {
		return Sheet{}, err
	}
	c, states, err := s.Customers.Admit(ctx, a, publicID)
	if err != nil {
		return Sheet{}, err
	}
	if err := s.recordSheet(ctx, a, c.ID, copy); err != nil {
		return Sheet{}, err
	}
	out := Sheet{Customer: c, Full: copy.Full, Consents: states, At: s.Clock.Now()}
	facts, err := s.Customers.FactsInForce(ctx, c.ID)
	if err != nil {
		return Sheet{}, err
	}
	if copy.Full {
		if facts, err = s.opened(ctx, c.ID, facts); err != nil {
			return Sheet{}, err
		}
	}
	out.fill(a, cat, facts)
	if err := s.dealings(ctx, a, cat, &out); err != nil {
		return Sheet{}, err
	}
	return out, s.around(ctx, a, &out)
}

// staysListed is how many stays a sheet lists; somebody with more is told so by
// the house.
const staysListed = 400

// dealings adds what no fact says: stays, memberships and what came of them.
func (s *Service) dealings(ctx context.Context, a policies.Actor, cat *customer.Catalogue, out *Sheet) (err error) {
	if out.Stays, err = stay.NewStore(s.DB, s.Clock).Of(ctx, out.ID, staysListed); err != nil {
		return err
	}
	clubs, err := s.Members.Clubs(ctx, cat.Version)
	if err != nil {
		return err
	}
	out.Around, err = membership.Of(ctx, s.DB, clubs, out.ID, a.Today())
	return err
}

func (s *Service) recordSheet(ctx context.Context, a policies.Actor, customerID int64, copy Copy) error {
	e := audit.By(a, "customer.sheet_shown")
	e.CustomerID, e.Reason = customerID, ""
	e.Details = []audit.Detail{{Name: "full", Value: strconv.FormatBool(copy.Full)}, {Name: "language", Value: copy.Lang}}
	if copy.Full {
		e.Reason = "copy_" + copy.Reason
		e.Details = append(e.Details, audit.Detail{Name: "identity", Value: copy.Identity})
	}
	return s.Gate.Show(ctx, a, e, disclosure.Sheet, 1, customerID)
}

// opened puts sealed values into the clear.
func (s *Service) opened(ctx context.Context, customerID int64, facts []customer.Fact) ([]customer.Fact, error) {
	if !slices.ContainsFunc(facts, func(f customer.Fact) bool { return f.Sealed != nil }) {
		return facts, nil
	}
	key, err := s.Vault.Key(ctx, vault.Customer(customerID))
	if err != nil {
		return nil, err
	}
	for i := range facts {
		if err := facts[i].Open(customerID, key); err != nil {
			return nil, err
		}
	}
	return facts, nil
}

// fill sorts the facts into their groups.
func (out *Sheet) fill(a policies.Actor, cat *customer.Catalogue, facts []customer.Fact) {
	kind := out.Kind.String()
	at := map[string]int{}
	for _, f := range cat.For(out.Kind, false) {
		key := f.GroupFor(kind)
		if _, known := at[key]; !known {
			at[key] = len(out.Groups)
			out.Groups = append(out.Groups, SheetGroup{Key: key})
		}
	}
	for _, fact := range facts {
		f, known := cat.Field(fact.Field)
		if !known || !f.For(kind) {
			continue
		}
		g, known := at[f.GroupFor(kind)]
		if !known {
			continue
		}
		out.Groups[g].Lines = append(out.Groups[g].Lines, out.line(a, f, fact))
	}
	out.Groups = slices.DeleteFunc(out.Groups, func(g SheetGroup) bool { return len(g.Lines) == 0 })
	for _, g := range out.Groups {
		slices.SortStableFunc(g.Lines, func(x, y SheetLine) int {
			if x.Field.Order != y.Field.Order {
				return x.Field.Order - y.Field.Order
			}
			return x.Item - y.Item
		})
	}
}

func (out *Sheet) line(a policies.Actor, f customer.Field, fact customer.Fact) SheetLine {
	l := SheetLine{Entry: card.See(a, f, fact, false)}
	if p := f.Consent(); !out.Consents.Allows(p, "") {
		l.Withdrawn = true
		if d, asked := out.Consents.Decision(p, ""); asked {
			l.DeletedOn = d.ClearAt
		}
	}
	switch {
	case l.Denied:
	case out.Full:
		l.Fact, l.Masked, l.Hint, l.Whole = fact, false, "", true
	case l.Withdrawn:
		l.Fact.Value, l.Fact.Sealed, l.Fact.Band, l.Hint, l.Masked = "", nil, "", "", true
	}
	return l
}

// around adds what the facts do not say: who looked, who received, the texts.
func (s *Service) around(ctx context.Context, a policies.Actor, out *Sheet) (err error) {
	if out.Wordings, err = s.Library.Latest(ctx); err != nil {
		return err
	}
	zone := a.Zone
	if zone == nil {
		zone = time.UTC
	}
	out.Since = calendar.Today(out.At.AddDate(-1, 0, 0), zone)
	since, err := strconv.ParseInt(strings.ReplaceAll(out.Since.String(), "-", ""), 10, 64)
	if err != nil {
		return err
	}
	if out.Looks, err = disclosure.Looks(ctx, s.DB, out.ID, since); err != nil {
		return err
	}
	for _, of := range s.Receivers {
		received, err := of(ctx, out.ID)
		if err != nil {
			return err
		}
		out.Received = append(out.Received, received...)
	}
	slices.SortStableFunc(out.Received, func(x, y Recipient) int { return y.At.Compare(x.At) })
	return nil
}
