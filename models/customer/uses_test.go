package customer_test

import (
	"testing"

	"shuke/models/customer"
	"shuke/models/modelstest"
	"shuke/models/uses"
	"shuke/policies"
)

// used are the uses counted so far, by field.
func used(t *testing.T, h *modelstest.House, use uses.Use) map[string]int64 {
	t.Helper()
	if err := h.Uses.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	rows, err := h.Main.Read(ctx).Raw("SELECT field, times FROM field_uses WHERE used_as = ?", string(use)).Rows()
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	out := map[string]int64{}
	for rows.Next() {
		var field string
		var n int64
		if err := rows.Scan(&field, &n); err != nil {
			t.Fatal(err)
		}
		out[field] = n
	}
	return out
}

func TestALookUpUsesTheFieldsByWhichItFound(t *testing.T) {
	h := modelstest.NewHouse(t)
	h.AddGuest("王小明", "phone", "13812345678", "email", "ming@example.com", "plate", "浙A7P3K9", "member_no", "VIP0042",
		"document_kind", "passport", "document_no", "E77554433", "former_name", "王大锤")
	h.AddCompany("望江软件", "licence_no", "91330100799655058B")
	for _, c := range []struct {
		query string
		want  string
	}{
		{"小明", "name"}, {"xiaoming", "reading"}, {"5678", "phone"}, {"1381234", "phone"}, {"234567", "phone"}, {"ming@example.com", "email"}, {"浙A7P3K9", "plate"},
		{"VIP0042", "member_no"}, {"E77554433", "document_no"}, {"王大锤", "former_name"}, {"望江", "company_name"}, {"91330100799655058B", "licence_no"},
	} {
		if _, names := lookUp(t, h, h.Clerk(), c.query); len(names) == 0 {
			t.Errorf("%s finds nobody", c.query)
			continue
		}
		if got := used(t, h, uses.LookUp); got[c.want] != 1 {
			t.Errorf("%s: used %v, not %s", c.query, got, c.want)
		}
		h.Run("DELETE FROM field_uses")
	}
	lookUp(t, h, h.Clerk(), "诸葛")
	if got := used(t, h, uses.LookUp); len(got) != 0 {
		t.Errorf("nobody was found by %v", got)
	}
}

func TestRevealingAndReplacingAreUsesAndLearningIsNone(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明", "phone", "13812345678", "diet", "少盐")
	if got := used(t, h, uses.Change); len(got) != 0 {
		t.Errorf("learning used %v", got)
	}
	if err := h.Change(h.Clerk(), id, modelstest.Facts("diet", "少油", "hobby", "围棋")...); err != nil {
		t.Fatal(err)
	}
	if err := h.Change(h.Clerk(), id, modelstest.Facts("diet", "少油")...); err != nil { // as it was
		t.Fatal(err)
	}
	if err := h.Change(h.Clerk(), id, customer.Value{Field: "hobby", Remove: true}); err != nil {
		t.Fatal(err)
	}
	if got := used(t, h, uses.Change); len(got) != 1 || got["diet"] != 1 {
		t.Errorf("changing used %v", got)
	}
	fact, _ := h.Fact(id, "phone.0")
	if _, _, err := h.Customers.Reveal(ctx, h.Clerk(), h.Catalogue(), id, fact.N, "no reason"); err == nil {
		t.Error("revealed without a reason")
	}
	if _, _, err := h.Customers.Reveal(ctx, h.Actor(policies.Manager), h.Catalogue(), id, fact.N, customer.RevealReasons[0]); err != nil {
		t.Fatal(err)
	}
	if got := used(t, h, uses.Reveal); len(got) != 1 || got["phone"] != 1 {
		t.Errorf("revealing used %v", got)
	}
}

func TestConfirmingAndContradictingAWishAreUses(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明")
	note := func(words string, instead int64) customer.Noted {
		done, err := h.Customers.TakeNote(ctx, h.Clerk(), h.Catalogue(), customer.Note{PublicID: id, Words: words, Area: "breakfast_food", Act: "do", Channel: "service", Instead: instead})
		if err != nil {
			t.Fatal(err)
		}
		return done
	}
	egg := note("早餐鸡蛋要嫩", 0)
	if got := used(t, h, uses.Change); len(got) != 0 {
		t.Errorf("hearing it used %v", got)
	}
	if err := h.Customers.ConfirmNote(ctx, h.Clerk(), h.Catalogue(), id, egg.N); err != nil {
		t.Fatal(err)
	}
	note("早餐鸡蛋要全熟", egg.N)
	if got := used(t, h, uses.Change); got["care_instruction"] != 2 {
		t.Errorf("confirming and contradicting used %v", got)
	}
}
