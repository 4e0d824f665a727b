// Package staff knows the people who use the system: branches, accounts, facts
// of employment, sign-in, sessions and tokens. It knows no HTTP and no customer.
package staff

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"time"

	"shuke/models/audit"
	"shuke/models/clock"
	"shuke/models/db"
	"shuke/policies"
)

// Service is everything one can do with people and branches.
type Service struct {
	db       *db.DB
	log      *audit.Log
	guard    *policies.Guard
	clock    clock.Clock
	hasher   *Hasher
	ids      *db.Sequence
	branches *db.Sequence
	brakes   brakes
}

// NewService returns the service on a migrated database.
func NewService(d *db.DB, log *audit.Log, guard *policies.Guard, c clock.Clock) *Service {
	return &Service{db: d, log: log, guard: guard, clock: c, hasher: NewHasher(),
		ids: db.NewSequence(d, "staff", 1), branches: db.NewSequence(d, "branch", 1), brakes: brakes{of: map[string]*brake{}}}
}

// secret makes a random token of 256 bits for a cookie, link or API call, and
// the hash under which it is stored: a copy of the database signs nobody in.
func secret() (token, hash string) {
	raw := make([]byte, 32)
	rand.Read(raw)
	token = base64.RawURLEncoding.EncodeToString(raw)
	return token, hashOf(token)
}

func hashOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// Exists reports whether anybody has an account.
func (s *Service) Exists(ctx context.Context) (bool, error) {
	var n []int64
	err := s.db.Read(ctx).Raw("SELECT id FROM staff LIMIT 1").Scan(&n).Error
	return len(n) > 0, err
}

// OwnerExists reports whether an owner has been set up.
func (s *Service) OwnerExists(ctx context.Context) (bool, error) {
	var n []int64
	err := s.db.Read(ctx).Raw("SELECT id FROM staff WHERE role = 'owner' LIMIT 1").Scan(&n).Error
	return len(n) > 0, err
}

// Zone is the time zone of a branch; an unknown one is UTC.
func Zone(name string) *time.Location { return zone(name) }

func zone(name string) *time.Location {
	if loc, err := time.LoadLocation(name); err == nil {
		return loc
	}
	return time.UTC
}
