package modelstest_test

import (
	"testing"

	"shuke/models/modelstest"
	"shuke/policies"
)

func TestHouseHasAPersonARoleAndIsSharedByInstances(t *testing.T) {
	h := modelstest.NewHouse(t)
	for _, role := range policies.Roles {
		if a := h.Actor(role); a.Role != role || !a.Working() || a.Today() != "2026-11-22" {
			t.Errorf("%s: %+v", role, a)
		}
	}
	id := h.AddGuest("王小明", "phone", "138 1234 5678")
	if got := h.Again().Customer(id); got.Name != "王小明" || len(got.Phones) != 1 {
		t.Errorf("the other instance sees %+v", got)
	}
	if h.SignIn("front_desk") == "" {
		t.Error("no session")
	}
}
