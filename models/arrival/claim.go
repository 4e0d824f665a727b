package arrival

import (
	"context"
	"time"

	"shuke/models/db"
	"shuke/models/fault"
	"shuke/models/stay"
	"shuke/policies"
)

// Claim says whose a stay is. A page made before somebody else's change gets a
// conflict. Neither for a customer who does not want to be known, nor a stay of
// one: whose it is nobody here may know, so not change either. That is asked
// where it is written, since they may say so at the same moment.
func (s *Service) Claim(ctx context.Context, a policies.Actor, publicID string, version int64, customerPublicID string) error {
	if err := s.guard.Require(a, policies.StayEdit); err != nil {
		return err
	}
	id, err := s.customerID(ctx, a, customerPublicID)
	if err != nil {
		return err
	}
	if id == 0 {
		return fault.Fields{"customer": {Key: "error.choose"}}.Err()
	}
	return s.change(ctx, a, publicID, "stay.claimed", db.Once{}, func(tx *db.Tx, in *stay.Stay, _ time.Time) error {
		for _, who := range []int64{id, in.CustomerID} {
			if who == 0 {
				continue
			}
			if err := s.customers.Hold(tx, a, who); err != nil {
				return err
			}
		}
		if in.Version != version && in.CustomerID != id { // the same button twice is no conflict
			return fault.New(fault.Conflict, "error.stale")
		}
		in.CustomerID, in.GuestName = id, ""
		return nil
	})
}
