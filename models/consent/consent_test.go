package consent_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"shuke/models/consent"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/models/vault"
)

func TestWhoWasNeverAskedIsServedAndNeverAdvertisedTo(t *testing.T) {
	h := modelstest.NewHouse(t)
	s := of(t, h, h.Customer(h.AddGuest("王小明")).ID)
	for p, want := range map[consent.Purpose]bool{consent.Service: true, consent.Safety: true, consent.Profiling: true, consent.Child: true,
		consent.Partners: false, consent.Photo: false, "": true, "unheard_of": false} {
		if s.Allows(p, "") != want {
			t.Errorf("%s: %v", p, !want)
		}
	}
	for _, c := range consent.Marketing.Channels() {
		if s.Allows(consent.Marketing, c) {
			t.Errorf("advertised to by %s", c)
		}
	}
	if !s.Allows(consent.Notices, consent.SMS) || s.Allows(consent.Notices, consent.Post) || s.Allows(consent.Marketing, "") || s.Allows(consent.Service, consent.SMS) {
		t.Error("a channel that a purpose does not have")
	}
}

func TestTheLastWordHoldsAndEveryWordStays(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.Customer(h.AddGuest("王小明")).ID
	for i, given := range []bool{true, false, true, false} {
		h.Clock.Advance(time.Hour)
		appendAll(t, h, said(h, id, consent.Marketing, consent.SMS, given))
		s := of(t, h, id)
		if s.Allows(consent.Marketing, consent.SMS) != given || s.Allows(consent.Marketing, consent.Phone) {
			t.Errorf("after %d: %+v", i+1, s.Decisions)
		}
	}
	events, err := consent.History(ctx, h.Main, id, 0)
	if err != nil || len(events) != 4 {
		t.Fatalf("%d events, %v", len(events), err)
	}
	for i, e := range events {
		if e.N != int64(4-i) || e.Given != (i%2 == 1) || e.Wording.String() != "marketing@1" || e.Who != consent.Self || e.BranchZH != "上海外滩店" {
			t.Errorf("%+v", e)
		}
	}
}

func TestStatesAreReadInOneStatementWhateverWasSaid(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.Customer(h.AddGuest("王小明")).ID
	for range 5 {
		for _, p := range consent.Purposes {
			for _, c := range append(p.Channels(), "")[:max(1, len(p.Channels()))] {
				appendAll(t, h, said(h, id, p, c, false))
			}
		}
	}
	restrict(t, h, id, consent.Restriction{Kind: consent.NotPerson, Person: "李雷", Relation: "前夫"})
	with, trace := db.WithTrace(ctx)
	s, err := consent.Of(with, h.Main, id)
	if err != nil || len(trace.Statements()) != 1 || len(s.Decisions) != 15 || len(s.Restrictions) != 1 {
		t.Errorf("%d statements, %d decisions, %v", len(trace.Statements()), len(s.Decisions), err)
	}
}

func TestWhatCannotBeAnEventIsRefused(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.Customer(h.AddGuest("王小明")).ID
	good := said(h, id, consent.Marketing, consent.SMS, true)
	for field, change := range map[string]func(*consent.Event){
		"purpose": func(e *consent.Event) { e.Purpose = "anything" },
		"channel": func(e *consent.Event) { e.Channel = "" },
		"who":     func(e *consent.Event) { e.Who = "somebody" },
		"how":     func(e *consent.Event) { e.How = "guessed" },
		"wording": func(e *consent.Event) { e.Wording = consent.Text{Of: "service", Version: 1} },
		"proof":   func(e *consent.Event) { e.How = consent.Written },
		"proof ":  func(e *consent.Event) { e.Proof = "在 3 号柜\u202e" },
	} {
		e := good
		change(&e)
		err := h.Main.InTx(ctx, func(tx *db.Tx) error { return consent.Append(tx, e) })
		if f, ok := err.(*fault.Error); !ok || f.Fields[strings.TrimSpace(field)].Key == "" {
			t.Errorf("%s: %v", field, err)
		}
	}
	unheard := good
	unheard.Wording.Version = 99
	if err := h.Main.InTx(ctx, func(tx *db.Tx) error { return consent.Append(tx, unheard) }); !fault.Is(err, fault.Invalid) {
		t.Errorf("a text that nobody ever read out: %v", err)
	}
	nobody := good
	nobody.CustomerID = 999_999
	if err := h.Main.InTx(ctx, func(tx *db.Tx) error { return consent.Append(tx, nobody) }); !fault.Is(err, fault.NotFound) {
		t.Errorf("of nobody: %v", err)
	}
	if n := h.Count("SELECT COUNT(*) FROM consent_events"); n != 0 {
		t.Errorf("%d events were written", n)
	}
}

func TestWithdrawingNeedsNoTextToBeRead(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.Customer(h.AddGuest("王小明")).ID
	e := said(h, id, consent.Marketing, consent.SMS, false)
	e.Wording = consent.Text{}
	appendAll(t, h, e)
}

func TestProofIsSealedAndOpensInItsOwnRowAlone(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.Customer(h.AddGuest("王小明")).ID
	keys, err := h.Vault.Keys(ctx, vault.Customer(id))
	if err != nil {
		t.Fatal(err)
	}
	key := keys[vault.Customer(id)]
	e := said(h, id, consent.Safety, "", true)
	e.How, e.Proof, e.Key = consent.Written, "夹在 3 号柜 SENTINEL", &key
	appendAll(t, h, e, e)
	if n := h.Count("SELECT COUNT(*) FROM consent_events WHERE proof LIKE '%SENTINEL%'"); n != 0 {
		t.Error("the proof stands in the clear")
	}
	list, err := consent.History(ctx, h.Main, id, 0)
	if err != nil || !list[0].Sealed || list[0].Open(key) != nil || list[0].Proof != e.Proof {
		t.Fatalf("%+v, %v", list, err)
	}
	h.Run("UPDATE consent_events SET proof = (SELECT p FROM (SELECT proof AS p FROM consent_events WHERE n = 1) AS x) WHERE n = 2")
	if list, _ = consent.History(ctx, h.Main, id, 0); list[0].Open(key) == nil {
		t.Error("the proof of one event opens in another")
	}
	e.Key = nil
	if err := h.Main.InTx(ctx, func(tx *db.Tx) error { return consent.Append(tx, e) }); err == nil {
		t.Error("words were kept without a key")
	}
}

func TestWordsOfOneMomentAreWrittenOneAfterTheOther(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.Customer(h.AddGuest("王小明")).ID
	const clerks = 8
	var all sync.WaitGroup
	failed := make(chan error, clerks)
	for range clerks {
		all.Go(func() {
			failed <- h.Main.InTx(ctx, func(tx *db.Tx) error { return consent.Append(tx, said(h, id, consent.Service, "", true)) })
		})
	}
	all.Wait()
	close(failed)
	for err := range failed {
		if err != nil {
			t.Error(err)
		}
	}
	if n := h.Count("SELECT MAX(n) FROM consent_events WHERE customer_id = ?", id); n != clerks {
		t.Errorf("the last event has number %d", n)
	}
}

func TestHistoryGoesOnPageByPage(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.Customer(h.AddGuest("王小明")).ID
	for i := range consent.HistoryPage + 5 {
		appendAll(t, h, said(h, id, consent.Service, "", i%2 == 0))
	}
	first, err := consent.History(ctx, h.Main, id, 0)
	if err != nil || len(first) != consent.HistoryPage+1 {
		t.Fatalf("%d, %v", len(first), err)
	}
	rest, err := consent.History(ctx, h.Main, id, first[consent.HistoryPage-1].N)
	if err != nil || len(rest) != 5 || rest[4].N != 1 {
		t.Errorf("%d, %v", len(rest), err)
	}
}

func TestTextsAreNamedByWordAndVersion(t *testing.T) {
	for _, s := range []string{"", "marketing", "marketing@", "marketing@0", "marketing@-1", "marketing@x", "marketing@9999999999999999999"} {
		if got := consent.ParseText(s); got != (consent.Text{}) {
			t.Errorf("%q is read as %+v", s, got)
		}
	}
	if got := consent.ParseText("marketing@2"); got != (consent.Text{Of: "marketing", Version: 2}) || got.String() != "marketing@2" || strings.Contains((consent.Text{}).String(), "@") {
		t.Errorf("%+v", got)
	}
}
