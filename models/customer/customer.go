// Package customer knows the person or company: identity, facts with their
// provenance and history, look-up keys. It guards sensitive values and knows
// neither pages nor the rest of what happens with a customer.
package customer

import (
	"context"
	"crypto/rand"
	"strings"
	"sync"
	"time"

	"shuke/models/audit"
	"shuke/models/catalogue"
	"shuke/models/clock"
	"shuke/models/db"
	"shuke/models/disclosure"
	"shuke/models/fault"
	"shuke/models/uses"
	"shuke/models/vault"
	"shuke/policies"
)

// Kind of customer.
type Kind int

// The kinds.
const (
	Individual Kind = 1
	Enterprise Kind = 2
)

// String is the kind's name as the catalogue, the API and imports use it.
func (k Kind) String() string {
	if k == Enterprise {
		return catalogue.Enterprise
	}
	return catalogue.Individual
}

// ParseKind reads a kind's name.
func ParseKind(text string) (Kind, bool) {
	switch text {
	case catalogue.Individual:
		return Individual, true
	case catalogue.Enterprise:
		return Enterprise, true
	}
	return 0, false
}

// Customer is the identity row: what look-up and lists need.
type Customer struct {
	ID         int64
	PublicID   string
	Kind       Kind
	Name       string
	Reading    string   // romanisation as shown
	OtherNames []string // former names and aliases
	AddressAs  string
	Phones     []string // E.164
	Emails     []string
	Plates     []string
	MemberNos  []string // of one club each
	Tier       string
	Sex        string
	Language   string
	City       string
	Employer   string
	BranchID   int64
	Version    int64
	Facts      int64 // number of the latest fact
	CreatedAt  time.Time
	UpdatedAt  time.Time
}

// Service is everything one can do with customers.
type Service struct {
	db    *db.DB
	vault *vault.Vault
	log   *audit.Log
	gate  *disclosure.Gate
	guard *policies.Guard
	clock clock.Clock
	ids   *db.Sequence
	uses  *uses.Counter

	catalogueLock sync.Mutex
	catalogue     *Catalogue

	followers []followed
	keepers   []kept
}

// NewService returns the service on migrated databases.
func NewService(d *db.DB, v *vault.Vault, log *audit.Log, gate *disclosure.Gate, guard *policies.Guard, c clock.Clock) *Service {
	return &Service{db: d, vault: v, log: log, gate: gate, guard: guard, clock: c, ids: db.NewSequence(d, "customer", 32)}
}

// Guard is whom the service asks; acts that stand on it ask the same one.
func (s *Service) Guard() *policies.Guard { return s.guard }

// Gate is what records the showings of the service, for acts that show customers
// beside it.
func (s *Service) Gate() *disclosure.Gate { return s.gate }

// publicLetters leaves out what is misread aloud or on paper: I, L, O and U.
const publicLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// publicID is K- and ten random letters and digits, 50 bits: nobody counts
// through the base, and the unique key catches the one chance in a million
// that a base of a million customers has.
func publicID() string {
	raw := make([]byte, 10)
	rand.Read(raw)
	var b strings.Builder
	b.WriteString("K-")
	for _, v := range raw {
		b.WriteByte(publicLetters[v&31])
	}
	return b.String()
}

// ValidID reports whether text has the form of a public id, so that anything
// else is answered without asking the database.
func ValidID(text string) bool {
	return len(text) == 12 && strings.HasPrefix(text, "K-") && strings.Trim(text[2:], publicLetters) == ""
}

const identityColumns = `id, public_id, kind, name, reading, other_names, address_as, phones, emails, plates, member_no, tier, sex, language, city, employer,
 branch_id, version, facts, created_at, updated_at`

type scanner interface{ Scan(...any) error }

func scanCustomer(row scanner) (Customer, error) {
	var c Customer
	var names, phones, emails, plates, members string
	var created, updated int64
	err := row.Scan(&c.ID, &c.PublicID, &c.Kind, &c.Name, &c.Reading, &names, &c.AddressAs, &phones, &emails, &plates, &members, &c.Tier,
		&c.Sex, &c.Language, &c.City, &c.Employer, &c.BranchID, &c.Version, &c.Facts, &created, &updated)
	c.OtherNames, c.Phones, c.Emails, c.Plates, c.MemberNos = lines(names), lines(phones), lines(emails), lines(plates), lines(members)
	c.CreatedAt, c.UpdatedAt = db.Time(created), db.Time(updated)
	return c, err
}

// lines splits a column that holds several values.
func lines(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}

var errNotFound = fault.New(fault.NotFound, "error.customer_not_found")

// Find returns the identity of a public id.
func (s *Service) Find(ctx context.Context, publicID string) (Customer, error) {
	if !ValidID(publicID) {
		return Customer{}, errNotFound
	}
	c, err := scanCustomer(s.db.Read(ctx).Raw("SELECT "+identityColumns+" FROM customers WHERE public_id = ?", publicID).Row())
	if db.NoRow(err) {
		return Customer{}, errNotFound
	}
	return c, err
}

// PublicIDs returns the public ids of customers.
func (s *Service) PublicIDs(ctx context.Context, ids []int64) (map[int64]string, error) {
	rows, err := s.db.Read(ctx).Raw("SELECT id, public_id FROM customers WHERE id IN ?", db.Padded(ids)).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := make(map[int64]string, len(ids))
	for rows.Next() {
		var id int64
		var publicID string
		if err := rows.Scan(&id, &publicID); err != nil {
			return nil, err
		}
		out[id] = publicID
	}
	return out, rows.Err()
}
