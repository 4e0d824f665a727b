package card_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"shuke/models/card"
	"shuke/models/catalogue"
	"shuke/models/db"
	"shuke/models/modelstest"
	"shuke/models/purpose"
	"shuke/models/uses"
	"shuke/policies"
)

func asked(c card.Card) []string {
	var out []string
	for _, q := range c.Questions {
		out = append(out, q.Field.Key)
	}
	return out
}

func TestACardOffersAtMostThreeQuestionsAndTheSameNeverTwiceInAMonth(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("周美月", "city", "杭州")
	seen := map[string]bool{}
	for range 20 {
		got := asked(open(t, h, h.Clerk(), id))
		if len(got) > purpose.Most {
			t.Fatalf("%d questions", len(got))
		}
		if len(got) == 0 {
			break
		}
		for _, field := range got {
			if seen[field] || field == "city" {
				t.Errorf("%s is asked again, or is known", field)
			}
		}
		seen[got[0]] = true
		if _, _, err := h.Purposes.Tell(ctx, h.Clerk(), h.Catalogue(), purpose.Told{PublicID: id, Field: got[0], Outcome: purpose.NoAnswer}); err != nil {
			t.Fatal(err)
		}
		h.Clock.Advance(25 * time.Hour)
	}
	if len(seen) < 10 {
		t.Errorf("only %d questions in three weeks: %v", len(seen), seen)
	}
}

func TestNoCardAsksForWhatIsSensitive(t *testing.T) {
	h := modelstest.NewHouse(t)
	for _, f := range h.Catalogue().All() {
		if f.Sealed() && !f.On {
			h.SwitchField(f.Key, true)
		}
	}
	for _, id := range []string{h.AddGuest("周美月"), h.AddCompany("望江软件")} {
		for _, role := range []policies.Role{policies.FrontDesk, policies.Sales, policies.Service, policies.Manager, policies.Custodian, policies.Owner} {
			for _, q := range open(t, h, h.Actor(role), id).Questions {
				if q.Field.Sealed() || !q.Field.MayChange(role) || q.Ask.Tact == catalogue.Volunteer {
					t.Errorf("%s is asked for %s", role, q.Field.Key)
				}
			}
		}
	}
}

func TestRepsAskAsOnAVisitAndTheCallDeskAsOnACall(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("周美月")
	for role, channel := range map[policies.Role]catalogue.Channel{policies.Sales: catalogue.Visit, policies.Service: catalogue.Call, policies.FrontDesk: catalogue.Counter, policies.Manager: catalogue.Counter} {
		got := open(t, h, h.Actor(role), id).Questions
		if len(got) == 0 {
			t.Errorf("%s: nothing to ask", role)
		}
		for _, q := range got {
			if !slices.Contains(q.Ask.Channels, channel) {
				t.Errorf("%s: %s is not natural on a %s", role, q.Field.Key, channel)
			}
		}
	}
}

func TestQuestionsCostACardOneStatement(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("周美月")
	cat := h.Catalogue()
	count := func(role policies.Role) (all, ours int) {
		with, trace := db.WithTrace(ctx)
		if _, err := h.Cards.Open(with, h.Actor(role), cat, id); err != nil {
			t.Fatal(err)
		}
		for _, s := range trace.Statements() {
			if strings.Contains(s.SQL, "purpose_weights") || strings.Contains(s.SQL, "FROM asked") || strings.Contains(s.SQL, "field_uses") {
				ours++
			}
		}
		return len(trace.Statements()), ours
	}
	open(t, h, h.Clerk(), id) // clubs are read once a change
	asks, ours := count(policies.Manager)
	without, none := count(policies.Owner) // edits nothing, and sees the same
	if ours != 1 || none != 0 || asks != without+1 {
		t.Errorf("%d statements with questions, %d of them for these, %d without", asks, ours, without)
	}
}

func TestTheHeadOfACardUsesWhatItShows(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("周美月", "phone", "13812345678", "taboo", "不提前任", "care_instruction", "胡萝卜汁", "birth", "1990-11-25", "address_as", "周老师", "hobby", "围棋")
	for range 3 {
		open(t, h, h.Clerk(), id)
	}
	if n := h.Count("SELECT COUNT(*) FROM field_uses"); n != 0 {
		t.Fatalf("%d rows were written while somebody waited", n)
	}
	if err := h.Uses.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	for field, want := range map[string]int64{"name": 3, "phone": 3, "taboo": 3, "care_instruction": 3, "birth": 3, "address_as": 3, "hobby": 0, "tier": 0} {
		if n := h.Count("SELECT COALESCE(SUM(times), 0) FROM field_uses WHERE field = ? AND used_as = ?", field, string(uses.Head)); n != want {
			t.Errorf("%s was used %d times, not %d", field, n, want)
		}
	}
}
