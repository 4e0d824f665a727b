package arrival_test

import (
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"shuke/models/arrival"
	"shuke/models/consent"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/models/rights"
	"shuke/models/vault"
	"shuke/policies"
)

// unclaimed books a stay of which nobody knows whose it is.
func unclaimed(t *testing.T, h *modelstest.House) string {
	t.Helper()
	return book(t, h, func(b *arrival.Booking) { b.GuestName = "WANG XIAOMING" })
}

// owner is the public id of whose a stay is.
func owner(t *testing.T, h *modelstest.House, id string) string {
	t.Helper()
	in, err := h.Arrivals.Stays().Find(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []string{"王小明", "李想"} {
		if n := h.Count("SELECT COUNT(*) FROM customers WHERE id = ? AND name = ?", in.CustomerID, c); n == 1 {
			return c
		}
	}
	return ""
}

// Whoever reads a page that somebody has changed since is told so, and changes nothing.
func TestAClaimFromAPageThatIsOldIsAConflict(t *testing.T) {
	h := modelstest.NewHouse(t)
	first, second := h.AddGuest("王小明"), h.AddGuest("李想")
	id, manager := unclaimed(t, h), h.Actor(policies.Manager)
	if err := h.Arrivals.Claim(ctx, manager, id, 1, first); err != nil {
		t.Fatal(err)
	}
	if err := h.Arrivals.Claim(ctx, h.Clerk(), id, 1, second); !fault.Is(err, fault.Conflict) {
		t.Errorf("an old page: %v", err)
	}
	if who := owner(t, h, id); who != "王小明" {
		t.Errorf("now it is %q's", who)
	}
	if err := h.Arrivals.Claim(ctx, manager, id, 1, first); err != nil {
		t.Errorf("the same button twice: %v", err)
	}
}

func TestOfTwoWhoClaimAStayAtOnceOneWins(t *testing.T) {
	h := modelstest.NewHouse(t)
	guests := []string{h.AddGuest("王小明"), h.AddGuest("李想")}
	id, a := unclaimed(t, h), h.Clerk()
	var wait sync.WaitGroup
	var mu sync.Mutex
	var won, lost int
	for i, at := range []*modelstest.House{h, h.Again()} {
		wait.Go(func() {
			err := at.Arrivals.Claim(ctx, a, id, 1, guests[i])
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil:
				won++
			case fault.Is(err, fault.Conflict):
				lost++
			default:
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if n := h.Count("SELECT COUNT(*) FROM audit_events WHERE action = 'stay.claimed'"); won != 1 || lost != 1 || n != 1 {
		t.Errorf("%d won, %d lost, %d on record", won, lost, n)
	}
}

// A guest may say that they want to be forgotten, or not to be known here, between
// the question whether they do and the write.
func TestAClaimAsksWhereItWritesWhetherTheGuestWantsToBeKnown(t *testing.T) {
	for name, says := range map[string]func(tx *db.Tx, who, branch int64, key vault.Key) error{
		"forgotten": func(tx *db.Tx, who, branch int64, key vault.Key) error {
			_, err := consent.AskErasure(tx, consent.Erasure{CustomerID: who, Who: consent.Self, How: consent.Written, Proof: "x", Key: &key, Branch: branch, AskedAt: modelstest.Opening})
			return err
		},
		"not here": func(tx *db.Tx, who, branch int64, _ vault.Key) error {
			_, err := consent.Restrict(tx, who, consent.Restriction{Kind: consent.NotBranch, NotAt: branch, How: consent.Spoken})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := modelstest.NewHouse(t)
			guest, a := h.AddGuest("王小明"), h.Clerk()
			who, id := h.Customer(guest).ID, unclaimed(t, h)
			keys, err := h.Vault.Keys(ctx, vault.Customer(who))
			if err != nil {
				t.Fatal(err)
			}
			traced, trace := db.WithTrace(ctx)
			done := make(chan error)
			err = h.Main.InTx(ctx, func(tx *db.Tx) error {
				if err := says(tx, who, a.BranchID, keys[vault.Customer(who)]); err != nil {
					return err
				}
				go func() { done <- h.Arrivals.Claim(traced, a, id, 1, guest) }()
				for !slices.ContainsFunc(trace.Statements(), func(s db.Statement) bool { return strings.Contains(s.SQL, "FROM restrictions") }) {
					runtime.Gosched() // until it was asked, before this is committed
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if err := <-done; !customer.IsWithheld(err) {
				t.Errorf("claimed: %v", err)
			}
			if who := owner(t, h, id); who != "" {
				t.Errorf("it is %q's", who)
			}
		})
	}
}

// Whose a stay is, of somebody who does not want to be known here, nobody here
// finds out by claiming it.
func TestTheStayOfAGuestWhoIsWithheldIsClaimedForNobodyElse(t *testing.T) {
	h := modelstest.NewHouse(t)
	hidden, other := h.AddGuest("王小明"), h.AddGuest("李想")
	id := book(t, h, func(b *arrival.Booking) { b.Customer = hidden })
	if err := h.Rights.Restrict(ctx, h.Actor(policies.Manager), rights.Restricting{PublicID: hidden, Restriction: consent.Restriction{Kind: consent.NotBranch, NotAt: h.Clerk().BranchID, How: consent.Spoken}}); err != nil {
		t.Fatal(err)
	}
	if err := h.Arrivals.Claim(ctx, h.Clerk(), id, 1, other); !customer.IsWithheld(err) {
		t.Errorf("the clerk: %v", err)
	}
	if err := h.Arrivals.Claim(ctx, h.Actor(policies.Manager), id, 1, other); err != nil {
		t.Errorf("the manager, who may look: %v", err)
	}
}
