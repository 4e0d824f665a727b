// Package demo fills an empty house with the invented hotel group, so that a
// newcomer has branches, colleagues and guests to try everything on. It knows
// where invented data go, not how they come about, and never touches a house
// that has anybody in it.
package demo

import (
	"context"
	"strconv"
	"time"

	"shuke/models/audit"
	"shuke/models/clock"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/demodata"
	"shuke/models/disclosure"
	"shuke/models/fault"
	"shuke/models/relation"
	"shuke/models/staff"
	"shuke/models/vault"
	"shuke/policies"
)

// Deps are what filling needs.
type Deps struct {
	DB        *db.DB
	Vault     *vault.Vault
	Log       *audit.Log
	Clock     clock.Clock
	Staff     *staff.Service
	Customers *customer.Service
}

// DefaultCustomers is how many customers the demo has unless told otherwise.
const DefaultCustomers = 80_000

// Options say what the house shall look like.
type Options struct {
	Customers int                   // DefaultCustomers when 0
	Seed      uint64                // the same seed gives the same house
	Now       time.Time             // the day that everything is counted back from, today when zero
	By        policies.Actor        // who fills, for the record
	Progress  func(done, total int) // told of each step, in customers; may be nil
}

// Fill makes the branches, the staff and the customers, and returns the accounts
// that can sign in. It refuses a house that is not empty. One that is cut short
// is worth nothing and stays marked as such.
func Fill(ctx context.Context, deps Deps, o Options) ([]SignIn, error) {
	if o.Customers == 0 {
		o.Customers = DefaultCustomers
	}
	if o.Now.IsZero() {
		o.Now = deps.Clock.Now()
	}
	if o.Progress == nil {
		o.Progress = func(int, int) {}
	}
	if err := mustBeEmpty(ctx, deps.DB); err != nil {
		return nil, err
	}
	if err := deps.Customers.InstallCatalogue(ctx); err != nil {
		return nil, err
	}
	f := filling{Deps: deps, o: o, from: demodata.New(o.Seed)}
	signIns, err := f.takeOn(ctx)
	if err != nil {
		return nil, err
	}
	recents, err := f.load(ctx)
	if err != nil {
		return nil, err
	}
	if err := f.say(ctx); err != nil {
		return nil, err
	}
	return signIns, f.finish(ctx, recents)
}

// filling is one run of Fill.
type filling struct {
	Deps
	o        Options
	from     *demodata.Generator
	zones    []*time.Location // by branch of the generator, and so the ids
	branches []int64
	staff    []int64
	first    int64 // id of the first customer
	members  int64 // id of the first membership
}

func mustBeEmpty(ctx context.Context, d *db.DB) error {
	house, err := Look(ctx, d)
	switch {
	case err != nil:
		return err
	case house == HalfFilled:
		return fault.New(fault.Conflict, "demo.half_filled")
	case house != Empty:
		return fault.New(fault.Conflict, "demo.house_not_empty")
	}
	return nil
}

// finish marks the house as whole and records the act as one event.
func (f *filling) finish(ctx context.Context, recents []disclosure.Recent) error {
	return f.DB.InTx(ctx, func(tx *db.Tx) error {
		if err := disclosure.MarkRecents(tx, recents); err != nil {
			return err
		}
		if err := relation.Load(tx, f.links()); err != nil {
			return err
		}
		if err := f.found(tx); err != nil {
			return err
		}
		if _, err := tx.Run("UPDATE demo_fill SET finished_at = ? WHERE id = 1", db.Millis(f.Clock.Now())); err != nil {
			return err
		}
		e := audit.By(f.o.By, "house.demo_filled")
		e.Details = []audit.Detail{
			{Name: "branches", Value: strconv.Itoa(len(f.branches))}, {Name: "customers", Value: strconv.Itoa(f.o.Customers)},
			{Name: "seed", Value: strconv.FormatUint(f.o.Seed, 10)}, {Name: "staff", Value: strconv.Itoa(len(f.staff))},
		}
		return f.Log.Append(tx, e)
	})
}
