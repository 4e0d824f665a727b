package purpose_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"shuke/models/audit"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/models/purpose"
	"shuke/models/uses"
	"shuke/policies"
)

func tell(h *modelstest.House, a policies.Actor, in purpose.Told) error {
	_, _, err := h.Purposes.Tell(ctx, a, h.Catalogue(), in)
	return err
}

// worth are the fields of the questions that the clerk is offered.
func worth(t *testing.T, h *modelstest.House, a policies.Actor, id string) []string {
	t.Helper()
	c := h.Customer(id)
	facts, err := h.Customers.FactsInForce(ctx, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	questions, err := h.Purposes.Worth(ctx, a, h.Catalogue(), c.ID, purpose.Moment{Kind: c.Kind, Facts: facts})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, q := range questions {
		out = append(out, q.Field.Key)
	}
	return out
}

func TestAskedIsRecordedAndNobodyAsksTheSameAgain(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("周美月")
	field := worth(t, h, h.Clerk(), id)[0]
	q, c, err := h.Purposes.Tell(ctx, h.Clerk(), h.Catalogue(), purpose.Told{PublicID: id, Field: field, Outcome: purpose.NoAnswer, Once: "k1"})
	if err != nil || q.Field.Key != field || c.PublicID != id {
		t.Fatalf("%s of %s, %v", q.Field.Key, c.PublicID, err)
	}
	e := h.LastEvent()
	if e.Action != "fact.asked" || e.CustomerID != c.ID || e.Object != field || !slices.Contains(e.Details, audit.Detail{Name: "answer", Value: "no_answer"}) {
		t.Errorf("recorded as %+v", e.Event)
	}
	colleague := h.AddPerson("colleague", policies.FrontDesk, modelstest.Hangzhou)
	for _, a := range []policies.Actor{h.Clerk(), colleague, h.Actor(policies.Manager)} {
		if slices.Contains(worth(t, h, a, id), field) {
			t.Errorf("%s is offered %s again", a.Login, field)
		}
	}
	if other := h.AddGuest("王小明"); !slices.Contains(worth(t, h, h.Clerk(), other), field) {
		t.Error("another customer is not asked because this one was")
	}
	h.Clock.Advance(purpose.RestAsked)
	if !slices.Contains(worth(t, h, h.Clerk(), id), field) {
		t.Error("never asked again")
	}
}

func TestTheSameFormTwiceIsOneQuestion(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("周美月")
	told := purpose.Told{PublicID: id, Field: "diet", Outcome: purpose.Declined, Once: "same"}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if err := tell(h, h.Clerk(), told); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	h.Clock.Advance(time.Minute)
	if err := tell(h, h.Clerk(), told); err != nil {
		t.Error(err)
	}
	if n := h.Count("SELECT COUNT(*) FROM asked"); n != 1 {
		t.Errorf("%d questions", n)
	}
	told.Outcome = purpose.Answered
	if err := tell(h, h.Clerk(), told); !fault.Is(err, fault.Conflict) {
		t.Errorf("another answer under the same key: %v", err)
	}
}

func TestOnlyWhatOneMayAskCanBeTold(t *testing.T) {
	h := modelstest.NewHouse(t)
	guest, firm := h.AddGuest("周美月"), h.AddCompany("望江软件")
	for name, c := range map[string]struct {
		a    policies.Actor
		told purpose.Told
		want fault.Kind
	}{
		"by the owner, who edits nothing":  {h.Actor(policies.Owner), purpose.Told{PublicID: guest, Field: "diet", Outcome: purpose.Answered}, fault.Denied},
		"by marketing":                     {h.Actor(policies.Marketing), purpose.Told{PublicID: guest, Field: "diet", Outcome: purpose.Answered}, fault.Denied},
		"a field the role may not change":  {h.Clerk(), purpose.Told{PublicID: guest, Field: "children", Outcome: purpose.Answered}, fault.Denied},
		"a field that must be volunteered": {h.Actor(policies.Manager), purpose.Told{PublicID: guest, Field: "marital_status", Outcome: purpose.Answered}, fault.Denied},
		"a field that nobody asks for":     {h.Clerk(), purpose.Told{PublicID: guest, Field: "name", Outcome: purpose.Answered}, fault.Denied},
		"a field that is off":              {h.Actor(policies.Manager), purpose.Told{PublicID: guest, Field: "native_place", Outcome: purpose.Answered}, fault.Denied},
		"no field":                         {h.Clerk(), purpose.Told{PublicID: guest, Field: "nonsense", Outcome: purpose.Answered}, fault.Denied},
		"a field of the other kind":        {h.Clerk(), purpose.Told{PublicID: firm, Field: "diet", Outcome: purpose.Answered}, fault.Denied},
		"no outcome":                       {h.Clerk(), purpose.Told{PublicID: guest, Field: "diet"}, fault.Invalid},
		"nobody":                           {h.Clerk(), purpose.Told{PublicID: "K-AAAAAAAAAA", Field: "diet", Outcome: purpose.Answered}, fault.NotFound},
	} {
		if err := tell(h, c.a, c.told); !fault.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := h.Count("SELECT COUNT(*) FROM asked"); n != 0 {
		t.Errorf("%d questions were noted", n)
	}
	if _, err := purpose.ParseOutcome("perhaps"); !fault.Is(err, fault.Invalid) {
		t.Errorf("an outcome that is none: %v", err)
	}
}

func TestWhoMayNotWriteAnAnswerIsOfferedNoQuestions(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("周美月")
	if got := worth(t, h, h.Actor(policies.Owner), id); got != nil {
		t.Errorf("the owner: %v", got)
	}
	token := h.Clerk()
	token.Via = policies.Token
	if got := worth(t, h, token, id); got != nil {
		t.Errorf("a program that may not write: %v", got)
	}
	token.Scopes = policies.JoinScopes([]policies.Scope{policies.ScopeWrite})
	if got := worth(t, h, token, id); len(got) == 0 {
		t.Error("a program that may is offered none")
	}
}

func TestQuestionsOfTheMomentTakeOneStatementWhateverThereIs(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("周美月")
	c, cat := h.Customer(id), h.Catalogue()
	statements := func() int {
		traced, trace := db.WithTrace(ctx)
		if _, err := h.Purposes.Worth(traced, h.Clerk(), cat, c.ID, purpose.Moment{Kind: customer.Individual}); err != nil {
			t.Fatal(err)
		}
		return len(trace.Statements())
	}
	if n := statements(); n != 1 {
		t.Errorf("%d statements of a customer nobody asked", n)
	}
	for i, field := range []string{"diet", "taboo", "email", "plate", "hobby"} {
		h.Clock.Advance(40 * day)
		if err := tell(h, h.Clerk(), purpose.Told{PublicID: id, Field: field, Outcome: purpose.NoAnswer}); err != nil {
			t.Fatal(i, err)
		}
	}
	if n := statements(); n != 1 {
		t.Errorf("%d statements of one asked often", n)
	}
}

func TestAskingIsAUse(t *testing.T) {
	h := modelstest.NewHouse(t)
	if err := tell(h, h.Clerk(), purpose.Told{PublicID: h.AddGuest("周美月"), Field: "diet", Outcome: purpose.NoAnswer}); err != nil {
		t.Fatal(err)
	}
	if err := h.Uses.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	if n := h.Count("SELECT times FROM field_uses WHERE field = 'diet' AND used_as = ?", string(uses.Ask)); n != 1 {
		t.Errorf("%d", n)
	}
}
