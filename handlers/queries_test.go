package handlers

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/modelstest"
	"shuke/models/relation"
	"shuke/policies"
)

// counted makes a request and returns how many statements it sent, those of the
// shared recorder included.
func (h *webHouse) counted(a ask) (got, int) {
	h.T.Helper()
	ctx, trace := db.WithTrace(context.Background())
	a.ctx = ctx
	g := h.do(a)
	if g.Code != 200 {
		h.T.Fatalf("%s: %d", a.path, g.Code)
	}
	statements := trace.Statements()
	if testing.Verbose() {
		for _, s := range statements {
			h.T.Log(strings.Join(strings.Fields(s.SQL), " "))
		}
	}
	return g, len(statements)
}

// cardStatements is the most a card may send, whatever there is to show: session
// with actor, its last use, customer, what they said, facts, preferences, people
// around, stays, preparations, who looked, what is worth asking, ledger, lately
// here, standing and memberships, head of the record, event, head again.
const cardStatements = 15

func TestCardTakesAFixedNumberOfStatements(t *testing.T) {
	h := newWebHouse(t)
	young := h.AddGuest("周美月")
	old := h.AddGuest("张美玉", "phone", "13812341234", "city", "杭州", "taboo", "不吃香菜", "birth", "1985-11-25")
	for i := range 30 {
		if err := h.Change(h.Actor(policies.Manager), old, customer.Value{Field: "city", Text: fmt.Sprintf("城%s", chinese(i))}); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 12 {
		login := fmt.Sprintf("viewer-%d", i)
		h.AddPerson(login, policies.FrontDesk, modelstest.Shanghai)
		h.page(h.session(login), "/customers/"+old)
	}
	for i := range 20 { // people around, a household and a change in their life take one statement together
		_, err := h.Relations.Add(context.Background(), h.Clerk(), h.Catalogue(), relation.Draft{PublicID: old, With: h.AddGuest("友人" + chinese(i)), Kind: relation.Friend, Household: i < 5, Channel: "service"})
		if err != nil {
			t.Fatal(err)
		}
	}
	h.Run("INSERT INTO life_events (customer_id, happened_on, kind, who, raised_at) VALUES (?, '2026-10-01', 'child.school', 'child.0', 1)", h.Customer(old).ID)
	for _, role := range []string{"front_desk", "manager"} {
		session := h.session(role)
		h.page(session, "/desk") // the catalogue is read once
		var counts []int
		for _, id := range []string{young, old, old} {
			h.Clock.Advance(2 * time.Minute) // so that the last use is written too
			_, n := h.counted(ask{path: "/customers/" + id, session: session})
			counts = append(counts, n)
		}
		t.Logf("%s: %v statements", role, counts)
		if counts[0] != counts[1] || counts[1] != counts[2] {
			t.Errorf("%s: statements grow with what is known: %v", role, counts)
		}
		if counts[1] > cardStatements {
			t.Errorf("%s: %d statements, more than %d", role, counts[1], cardStatements)
		}
	}
}

// lookUpStatements is the most a look-up may send, however many it shows; when
// nobody meets all terms, each term is asked for alone.
const (
	lookUpStatements = 9
	perTermAlone     = 3
)

func TestLookUpTakesAFixedNumberOfStatements(t *testing.T) {
	h := newWebHouse(t)
	for i := range 30 {
		h.AddGuest("王"+chinese(i+1), "phone", fmt.Sprintf("1390000%04d", 1000+i))
	}
	session := h.session("front_desk")
	h.page(session, "/desk")
	for _, q := range []string{"1001", "wang", "王一", "wang 10", "wang 1001", "nobody", "王一 9999", "王一 9999 8888 李四 赵六", ""} {
		h.Clock.Advance(2 * time.Minute)
		g, n := h.counted(ask{method: "POST", path: "/look-up", session: session, form: url.Values{"q": {q}}, header: []string{"HX-Request", "true"}})
		shown := g.doc(t).Find("[role=option]").Length()
		t.Logf("%q: %d statements, %d shown", q, n, shown)
		most := lookUpStatements
		if terms := len(strings.Fields(q)); terms > 1 {
			most += perTermAlone * terms
		}
		if n > most {
			t.Errorf("%q: %d statements, more than %d", q, n, most)
		}
		if shown > customer.LookUpLimit {
			t.Errorf("%q shows %d customers", q, shown)
		}
	}
}

func TestDeskAsksTheDatabaseOnlyWhoIsThereAndWhatTheySaw(t *testing.T) {
	h := newWebHouse(t)
	session := h.session("front_desk")
	h.page(session, "/desk")
	if _, n := h.counted(ask{path: "/desk", session: session}); n != 2 {
		t.Errorf("%d statements for an empty desk", n)
	}
}
