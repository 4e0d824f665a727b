package standing

import (
	"context"
	"slices"
	"strconv"

	"shuke/models/audit"
	"shuke/models/clock"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/policies"
)

// Service changes the rules and sweeps.
type Service struct {
	db    *db.DB
	log   *audit.Log
	guard *policies.Guard
	clock clock.Clock
}

// NewService returns the service on a migrated database.
func NewService(d *db.DB, log *audit.Log, guard *policies.Guard, c clock.Clock) *Service {
	return &Service{db: d, log: log, guard: guard, clock: c}
}

// Rules reads the rules of the house, for those who may see them.
func (s *Service) Rules(ctx context.Context, a policies.Actor) (Rules, error) {
	if err := s.guard.Require(a, policies.ClubRead); err != nil {
		return Rules{}, err
	}
	return RulesOf(ctx, s.db)
}

// The months a house can choose.
const (
	monthsLeast = 1
	monthsMost  = 120
)

// SaveRules changes the rules. Everybody's standing follows within minutes, by
// the sweep. Of two who change them at once the second gets a conflict.
func (s *Service) SaveRules(ctx context.Context, a policies.Actor, in Rules, known []string) error {
	if err := s.guard.Require(a, policies.ClubManage); err != nil {
		return err
	}
	f := fault.Fields{}
	if in.Months < monthsLeast || in.Months > monthsMost {
		f.Add("months", "standing.months_between", map[string]any{"Min": monthsLeast, "Max": monthsMost})
	}
	channels := slices.DeleteFunc(slices.Clone(known), func(c string) bool { return !slices.Contains(in.Channels, c) })
	if len(channels) == 0 {
		f.Add("channels", "error.choose", nil)
	}
	if err := f.Err(); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		n, err := tx.Run("UPDATE standing_rules SET months = ?, channels = ?, reservations = ?, version = version + 1, walk_next = 0, walked_at = 0 WHERE id = 1 AND version = ?",
			in.Months, joinChannels(channels), in.Reservations, in.Version)
		if err != nil {
			return err
		}
		if n != 1 {
			return fault.New(fault.Conflict, "error.stale")
		}
		e := audit.By(a, "standing.rules_changed")
		e.Details = []audit.Detail{{Name: "months", Value: strconv.Itoa(in.Months)}, {Name: "on", Value: map[bool]string{true: "yes", false: "no"}[in.Reservations]}}
		for _, c := range channels {
			e.Details = append(e.Details, audit.Detail{Name: "channel", Value: c})
		}
		return s.log.Append(tx, e)
	})
}
