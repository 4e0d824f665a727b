package relation

import (
	"context"

	"shuke/models/audit"
	"shuke/models/calendar"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/models/vault"
	"shuke/policies"
)

// ByOthers is the channel of facts that another customer told.
const ByOthers customer.Channel = "referral"

// Making makes a customer of somebody of whom a customer's facts tell, or whose
// name stands in a relation.
type Making struct {
	PublicID string // of the customer who told
	Who      string // place of the facts, or name of the relation
	Kind     Kind   // what they are to the customer
	Values   []customer.Value
	Consent  bool // a parent agrees; needed for a child under 14 or of unknown age
	Once     string
}

// Make adds the customer and the relation together or neither, and returns the
// new public id. What is known of them came from another customer.
func (s *Service) Make(ctx context.Context, a policies.Actor, cat *customer.Catalogue, m Making) (string, error) {
	if err := s.guard.Require(a, policies.RelationEdit); err != nil {
		return "", err
	}
	of, somebody, err := s.somebody(ctx, a, cat, m.PublicID, m.Who)
	if err != nil {
		return "", err
	}
	problems := fault.Fields{}
	if !m.Kind.Fits(of.Kind, m.Kind.Other()) {
		problems.Add("relation", "error.choose", nil)
	}
	young, err := s.young(ctx, a, of, somebody, m)
	if err != nil {
		return "", err
	}
	if young && !m.Consent {
		problems.Add("consent", "people.consent_needed", nil)
	}
	if err := problems.Err(); err != nil {
		return "", err
	}
	c := checked{Draft: Draft{Kind: m.Kind, Who: m.Who, Channel: ByOthers}, of: of}
	first, err := s.row(ctx, a, c, newRef())
	if err != nil {
		return "", err
	}
	first.consent = young && m.Consent
	return s.customers.Create(ctx, a, cat, customer.Draft{Kind: m.Kind.Other(), Values: m.Values, Channel: ByOthers, Once: m.Once,
		Also: func(tx *db.Tx, made customer.Customer) ([]audit.Event, error) {
			c, first := c, first
			c.other, first.otherID = made, made.ID
			_, events, err := s.add(tx, a, c, first)
			return events, err
		}})
}

// Somebody is a person around a customer who may become one: known by facts, or
// by the name in a relation.
type Somebody struct {
	Who   string
	Kind  Kind
	Named *Link           // the relation that has the name
	Facts []customer.Fact // of the customer, when facts tell of them
}

// somebody finds the person of that place or name, who is no customer yet.
func (s *Service) somebody(ctx context.Context, a policies.Actor, cat *customer.Catalogue, publicID, who string) (customer.Customer, Somebody, error) {
	of, _, err := s.customers.Admit(ctx, a, publicID)
	if err != nil {
		return of, Somebody{}, err
	}
	out := Somebody{Who: who}
	if validRef(who) {
		link, err := s.link(ctx, of.ID, who)
		if err == nil && (link.Other != nil || link.Hidden) {
			err = errNotFound
		}
		out.Named, out.Kind = &link, link.Kind
		return of, out, err
	}
	if out.Facts, err = s.customers.FactsInForce(ctx, of.ID); err != nil {
		return of, out, err
	}
	for _, k := range KnownOf(cat, of.Kind, out.Facts) {
		if k.Who == who {
			out.Kind = k.Kind
			return of, out, nil
		}
	}
	return of, out, errNotFound
}

// link reads one relation in force.
func (s *Service) link(ctx context.Context, customerID int64, ref string) (Link, error) {
	rows, err := s.db.Read(ctx).Raw(linksSQL+" AND r.ref = ?", customerID, ref).Rows()
	if err != nil {
		return Link{}, err
	}
	defer rows.Close()
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return Link{}, err
		}
		return Link{}, errNotFound
	}
	return scanLink(rows)
}

// young reports whether the person may be a child under 14. What is typed now and
// what was told before both count: the younger age does.
func (s *Service) young(ctx context.Context, a policies.Actor, of customer.Customer, who Somebody, m Making) (bool, error) {
	if m.Kind.Other() != customer.Individual {
		return false, nil
	}
	today := calendar.Today(a.Now, a.Zone)
	born, err := s.births(ctx, of, who)
	if err != nil {
		return false, err
	}
	for _, v := range m.Values {
		if v.Field == "birth" && v.Text != "" {
			born = append(born, v.Text)
		}
	}
	settled := false
	for _, text := range born {
		date, err := calendar.ParseDate(text)
		if err != nil || date.Year == 0 {
			continue
		}
		if youngerThan(grown, date, today) {
			return true, nil
		}
		settled = true
	}
	sealed := who.Named != nil && who.Named.Sealed
	return !settled && (m.Kind.Minor() || who.Kind.Minor() || sealed), nil
}

// births are what is known of the person's birth, in the clear: it only decides
// whether a parent is asked.
func (s *Service) births(ctx context.Context, of customer.Customer, who Somebody) ([]string, error) {
	if who.Named != nil {
		return s.bornOf(ctx, of.ID, who.Named.Ref)
	}
	record, item, _ := parsePlace(who.Who)
	var out []string
	for _, f := range who.Facts {
		if f.Field != record+"_birth" || f.Item != item || f.None {
			continue
		}
		text, err := s.customers.OpenFact(ctx, of.ID, f)
		if err != nil {
			return nil, err
		}
		out = append(out, text)
	}
	return out, nil
}

func (s *Service) bornOf(ctx context.Context, customerID int64, ref string) ([]string, error) {
	var sealed [][]byte
	err := s.db.Read(ctx).Raw("SELECT sealed_born FROM relations WHERE customer_id = ? AND state = 0 AND ref = ? AND sealed_born IS NOT NULL", customerID, ref).Scan(&sealed).Error
	if err != nil || len(sealed) == 0 {
		return nil, err
	}
	key, err := s.vault.Key(ctx, vault.Customer(customerID))
	if err != nil {
		return nil, err
	}
	born, err := key.Open(sealed[0], sealedRow(customerID, ref, "born"))
	return []string{born}, err
}
