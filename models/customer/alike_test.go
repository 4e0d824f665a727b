package customer_test

import (
	"context"
	"slices"
	"testing"

	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/policies"
)

// noted writes wishes down, each after the other, and returns their numbers.
func noted(t *testing.T, h *modelstest.House, guest string, notes ...customer.Note) []int64 {
	t.Helper()
	var out []int64
	for _, n := range notes {
		n.PublicID, n.Channel = guest, "service"
		done, err := h.Customers.TakeNote(context.Background(), h.Clerk(), h.Catalogue(), n)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, done.N)
	}
	return out
}

func TestWishesAboutTheSameThingAreAskedAbout(t *testing.T) {
	food, drink, room := "breakfast_food", "minibar_drinks", "bed_pillow"
	for what, c := range map[string]struct {
		first, second customer.Note
		same          bool
	}{
		"eggs two ways":         {customer.Note{Words: "煎蛋要单面的", Area: food}, customer.Note{Words: "煎蛋要双面的", Area: food}, true},
		"a drink taken back":    {customer.Note{Words: "黑咖啡不加奶", Area: drink}, customer.Note{Words: "不要黑咖啡了", Area: drink}, true},
		"in English":            {customer.Note{Words: "soft boiled eggs", Area: food}, customer.Note{Words: "fried egg please", Area: food}, false},
		"English, one subject":  {customer.Note{Words: "two pillows", Area: room}, customer.Note{Words: "a hard pillow", Area: room}, true},
		"two things of an area": {customer.Note{Words: "备胡萝卜汁", Area: drink}, customer.Note{Words: "备一壶热水", Area: drink}, false},
		"one word, two areas":   {customer.Note{Words: "枕头要高", Area: room}, customer.Note{Words: "枕头边放茶", Area: drink}, false},
		"an allergy":            {customer.Note{Words: "对花生过敏", Consent: "spoken"}, customer.Note{Words: "花生酱也不行，过敏", Consent: "spoken"}, false},
	} {
		h := modelstest.NewHouse(t)
		guest := h.AddGuest("王小明")
		n := noted(t, h, guest, c.first, c.second)
		got, err := h.Customers.Beside(context.Background(), h.Clerk(), h.Catalogue(), guest, n[1])
		if err != nil || got != c.same {
			t.Errorf("%s: %v, %v", what, got, err)
		}
	}
}

func TestAWishIsReplacedByAnotherThatHolds(t *testing.T) {
	h := modelstest.NewHouse(t)
	ctx, guest := context.Background(), h.AddGuest("王小明")
	n := noted(t, h, guest, customer.Note{Words: "煎蛋要单面的", Area: "breakfast_food"}, customer.Note{Words: "煎蛋要双面的", Area: "breakfast_food"}, customer.Note{Words: "对花生过敏", Consent: "spoken"})
	replace := func(old, by int64) error {
		return h.Customers.ReplaceNote(ctx, h.Clerk(), h.Catalogue(), guest, old, by)
	}
	for what, err := range map[string]error{"by itself": replace(n[0], n[0]), "by nothing": replace(n[0], 99), "an allergy": replace(n[2], n[0])} {
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := replace(n[0], n[1]); err != nil {
		t.Fatal(err)
	}
	_, now, ended, err := h.Customers.Wanted(ctx, h.Actor(policies.Manager), h.Catalogue(), guest, 0)
	if err != nil || len(now) != 2 || len(ended) != 1 || ended[0].N != n[0] || ended[0].EndedWording != "煎蛋要双面的" {
		t.Errorf("%d hold, ended %+v, %v", len(now), ended, err)
	}
	if slices.ContainsFunc(now, func(w customer.Wanted) bool { return w.N == n[0] }) {
		t.Error("the old one still holds")
	}
	if err := replace(n[0], n[1]); !fault.Is(err, fault.Conflict) {
		t.Errorf("twice: %v", err)
	}
}
