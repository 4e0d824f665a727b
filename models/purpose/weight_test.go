package purpose_test

import (
	"slices"
	"testing"

	"shuke/models/audit"
	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/models/purpose"
	"shuke/policies"
)

// all gives every purpose the usual weight but those that are named.
func all(named purpose.Weights) purpose.Weights {
	out := purpose.Weights{"keep": 2, "sell_more": 2, "tailor": 2, "develop": 2, "win_new": 2, "market": 2}
	for p, n := range named {
		out[p] = n
	}
	return out
}

func TestWeightsAreDecidedByThoseWhoManageAndRuleTheNextCard(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("周美月")
	before := worth(t, h, h.Clerk(), id)
	w, err := h.Purposes.Weighing(ctx)
	if err != nil || w.Weights.Of("keep") != purpose.Usual {
		t.Fatalf("%+v, %v", w, err)
	}
	for _, role := range policies.Roles {
		may := slices.Contains([]policies.Role{policies.Manager, policies.Custodian, policies.Owner}, role)
		err := h.Purposes.Weigh(ctx, h.Actor(role), purpose.Weighing{Weights: all(purpose.Weights{"market": purpose.First, "tailor": purpose.NotNow, "keep": purpose.NotNow}), Version: w.Version})
		if may {
			w.Version++
		}
		if fault.Is(err, fault.Denied) == may {
			t.Errorf("%s: %v", role, err)
		}
	}
	w, err = h.Purposes.Weighing(ctx)
	if err != nil || w.Weights.Of("market") != purpose.First || w.Weights.Of("tailor") != purpose.NotNow || w.Weights.Of("develop") != purpose.Usual {
		t.Errorf("%+v, %v", w, err)
	}
	e := h.LastEvent()
	if e.Action != "house.purposes_weighed" || !slices.Contains(e.Details, audit.Detail{Name: "weight_0", Value: "keep,tailor"}) || !slices.Contains(e.Details, audit.Detail{Name: "weight_3", Value: "market"}) {
		t.Errorf("recorded as %+v", e.Event)
	}
	if after := worth(t, h, h.Clerk(), id); slices.Equal(before, after) || after[0] != "city" {
		t.Errorf("questions before %v and after %v", before, after)
	}
}

func TestAWeighingThatWasOvertakenChangesNothing(t *testing.T) {
	h := modelstest.NewHouse(t)
	owner := h.Actor(policies.Owner)
	if err := h.Purposes.Weigh(ctx, owner, purpose.Weighing{Weights: all(purpose.Weights{"keep": purpose.First}), Version: 1}); err != nil {
		t.Fatal(err)
	}
	if err := h.Purposes.Weigh(ctx, owner, purpose.Weighing{Weights: all(nil), Version: 1}); !fault.Is(err, fault.Conflict) {
		t.Errorf("overtaken: %v", err)
	}
	for name, bad := range map[string]purpose.Weights{"too much": all(purpose.Weights{"keep": 4}), "too little": all(purpose.Weights{"keep": -1}), "not all": {"keep": 1}} {
		if err := h.Purposes.Weigh(ctx, owner, purpose.Weighing{Weights: bad, Version: 2}); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if w, err := h.Purposes.Weighing(ctx); err != nil || w.Weights.Of("keep") != purpose.First || w.Version != 2 {
		t.Errorf("%+v, %v", w, err)
	}
}
