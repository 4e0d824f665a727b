package webhook

import (
	"shuke/models/audit"
	"shuke/models/clock"
	"shuke/models/db"
	"shuke/models/vault"
	"shuke/policies"
)

// Service is everything one can do with endpoints and their deliveries.
type Service struct {
	db    *db.DB
	vault *vault.Vault
	log   *audit.Log
	guard *policies.Guard
	clock clock.Clock
	hosts Hosts
}

// NewService returns the service on migrated databases. Events go to the listed
// hosts alone.
func NewService(d *db.DB, v *vault.Vault, log *audit.Log, guard *policies.Guard, c clock.Clock, hosts Hosts) *Service {
	return &Service{db: d, vault: v, log: log, guard: guard, clock: c, hosts: hosts}
}

// Hosts lists the hosts that events may be sent to.
func (s *Service) Hosts() Hosts { return s.hosts }
