package rights

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"shuke/models/audit"
	"shuke/models/consent"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/policies"
)

// Decision is what a customer says of a purpose, on one channel or several.
type Decision struct {
	PublicID string
	Purpose  consent.Purpose
	Channels []consent.Channel // none for purposes without channels
	Given    bool
	Who      consent.Speaker
	How      consent.How
	Wording  consent.Text
	Proof    string
	Once     string
}

func (d Decision) texts() []string {
	out := []string{"consent", d.PublicID, string(d.Purpose), strconv.FormatBool(d.Given), string(d.Who), string(d.How), d.Wording.String(), d.Proof}
	for _, c := range d.Channels {
		out = append(out, string(c))
	}
	return out
}

// events are one event a channel.
func (s *Service) events(a policies.Actor, d Decision, customerID int64) []consent.Event {
	channels := slices.Clone(d.Channels)
	if len(channels) == 0 {
		channels = []consent.Channel{""}
	}
	slices.Sort(channels)
	out := make([]consent.Event, 0, len(channels))
	for _, c := range slices.Compact(channels) {
		out = append(out, consent.Event{CustomerID: customerID, Purpose: d.Purpose, Channel: c, Given: d.Given, Who: d.Who, How: d.How, Wording: d.Wording,
			Proof: d.Proof, By: a.StaffID, Branch: a.BranchID, Via: a.Via, At: s.Clock.Now()})
	}
	return out
}

// Record records what a customer agrees to or withdraws. It holds for whoever
// reads or uses the customer next.
func (s *Service) Record(ctx context.Context, a policies.Actor, d Decision) error {
	if err := s.Guard.Require(a, policies.ConsentRecord); err != nil {
		return err
	}
	c, _, err := s.Customers.Admit(ctx, a, d.PublicID)
	if err != nil {
		return err
	}
	d.Proof = strings.TrimSpace(d.Proof)
	events := s.events(a, d, c.ID)
	for _, e := range events { // all of it before the first is written
		if err := e.Check(); err != nil {
			return err
		}
	}
	if c.Kind == customer.Enterprise && !d.Purpose.ForFirms() {
		return fault.Fields{"purpose": {Key: "error.choose"}}.Err()
	}
	key, err := s.key(ctx, c.ID, d.Proof)
	if err != nil {
		return err
	}
	return s.once(ctx, db.Once{StaffID: a.StaffID, Key: d.Once, Request: d.texts()}, func(tx *db.Tx) (audit.Event, error) {
		for _, e := range events {
			e.Key = key
			if err := consent.Append(tx, e); err != nil {
				return audit.Event{}, err
			}
		}
		return consentEvent(a, d, c.ID, events), s.tell(tx, c)
	})
}

func consentEvent(a policies.Actor, d Decision, customerID int64, events []consent.Event) audit.Event {
	action := "consent.withdrawn"
	if d.Given {
		action = "consent.given"
	}
	e := audit.By(a, action)
	e.CustomerID, e.Object = customerID, string(d.Purpose)
	e.Details = []audit.Detail{{Name: "how", Value: string(d.How)}, {Name: "said_by", Value: string(d.Who)}}
	if w := d.Wording.String(); w != "" {
		e.Details = append(e.Details, audit.Detail{Name: "wording", Value: w})
	}
	for _, said := range events {
		if said.Channel != "" {
			e.Details = append(e.Details, audit.Detail{Name: "by_channel", Value: string(said.Channel)})
		}
	}
	if d.Proof != "" {
		e.Commitments = []audit.Commitment{{Name: "proof", Value: d.Proof}}
	}
	return e
}
