package rights

import (
	"context"
	"errors"
	"strconv"

	"shuke/models/audit"
	"shuke/models/consent"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/models/vault"
	"shuke/models/webhook"
	"shuke/policies"
)

// atOnce bounds what one sweep takes on; the next takes the rest.
const atOnce = 50

// Swept is what a sweep did.
type Swept struct{ Erased, Cleared int }

// Sweep erases customers whose grace is over and deletes what was kept for
// purposes withdrawn long enough ago. Several instances may run it at once, and
// one that is killed is taken up by the next. What fails for one customer leaves
// the others their turn.
func (s *Service) Sweep(ctx context.Context) (Swept, error) {
	var out Swept
	var failed []error
	due, err := consent.DueErasures(ctx, s.DB, s.Clock.Now(), atOnce)
	if err != nil {
		return out, err
	}
	for _, e := range due {
		done, err := s.erase(ctx, e)
		if err != nil {
			failed = append(failed, err)
		} else if done {
			out.Erased++
		}
	}
	cleared, err := s.clear(ctx)
	out.Cleared = cleared
	if out.Erased+out.Cleared > 0 {
		failed = append(failed, s.DB.Settle(ctx))
	}
	return out, errors.Join(append(failed, err)...)
}

// job is who does what nobody does by hand.
func job() policies.Actor { return policies.Actor{Via: policies.System} }

// erase forgets one customer. First, in one transaction, everything that lies
// here and the record of it; then the key, in its own database; then that it is
// done. Killed after the first, the second is repeated: destroying a key twice is
// as destroying it once, and until then nothing is left that it opens.
func (s *Service) erase(ctx context.Context, e consent.Erasure) (bool, error) {
	if e.Confirmed() {
		err := s.DB.InTx(ctx, func(tx *db.Tx) error { return s.forget(tx, e) })
		if fault.Is(err, fault.Conflict) || fault.Is(err, fault.NotFound) {
			return false, nil // another instance was faster, or the customer stays
		}
		if err != nil {
			return false, err
		}
	}
	if err := s.Vault.Destroy(ctx, vault.Customer(e.CustomerID)); err != nil {
		return false, err
	}
	err := s.DB.InTx(ctx, func(tx *db.Tx) error {
		if err := consent.MarkErased(tx, e.CustomerID, e.N, s.Clock.Now()); err != nil {
			return err
		}
		return s.Log.Append(tx, erasureEvent(job(), "erasure.key_destroyed", e.CustomerID, e.N))
	})
	if fault.Is(err, fault.Conflict) {
		return false, nil
	}
	return err == nil, err
}

func (s *Service) forget(tx *db.Tx, e consent.Erasure) error {
	if err := consent.MarkForgotten(tx, e.CustomerID, e.N, s.Clock.Now()); err != nil {
		return err
	}
	var known string
	if err := tx.Raw("SELECT public_id FROM customers WHERE id = ?", e.CustomerID).Row().Scan(&known); err != nil {
		return err
	}
	if err := webhook.Emit(tx, webhook.CustomerErased, known, s.Clock.Now()); err != nil { // by the name that programs know
		return err
	}
	for _, d := range Duties {
		if err := d.Forget(tx, e.CustomerID); err != nil {
			return err
		}
	}
	return s.Log.Append(tx, erasureEvent(job(), "erasure.forgotten", e.CustomerID, e.N))
}

// clear deletes what was kept for purposes that customers withdrew, with the
// original rows of imports, in which it stands too.
func (s *Service) clear(ctx context.Context) (int, error) {
	lapsed, err := consent.DueLapses(ctx, s.DB, s.Clock.Now(), atOnce)
	if err != nil || len(lapsed) == 0 {
		return 0, err
	}
	cat, err := s.Customers.CurrentCatalogue(ctx)
	if err != nil {
		return 0, err
	}
	done := 0
	var failed []error
	for _, l := range lapsed {
		cleared := false
		err := s.DB.InTx(ctx, func(tx *db.Tx) (err error) {
			cleared, err = s.clearOne(tx, cat, l)
			return err
		})
		if err != nil && !fault.Is(err, fault.NotFound) {
			failed = append(failed, err)
		} else if cleared {
			done++
		}
	}
	return done, errors.Join(failed...)
}

func (s *Service) clearOne(tx *db.Tx, cat *customer.Catalogue, l consent.Lapsed) (bool, error) {
	due, err := consent.MarkCleared(tx, l)
	if err != nil || !due {
		return false, err
	}
	n, err := customer.ForgetFor(tx, cat, l.CustomerID, l.Purpose)
	if err != nil {
		return false, err
	}
	if n > 0 {
		if err := forgetOriginals(tx, l.CustomerID); err != nil {
			return false, err
		}
	}
	e := audit.By(job(), "consent.cleared")
	e.CustomerID, e.Object = l.CustomerID, string(l.Purpose)
	e.Details = []audit.Detail{{Name: "facts", Value: strconv.FormatInt(n, 10)}}
	return true, s.Log.Append(tx, e)
}
