package rights_test

import (
	"strings"
	"testing"
	"time"

	"shuke/models/consent"
	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/models/rights"
	"shuke/policies"
)

func wants(id string, kind rights.RequestKind, about string) rights.Ask {
	return rights.Ask{PublicID: id, Kind: kind, About: about, Who: consent.Self, How: consent.Spoken}
}

func TestACorrectionIsDueInThirtyDaysAndDoneWhenSomethingChanged(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明", "city", "杭州")
	must(t, h.Rights.Take(ctx, h.Clerk(), wants(id, rights.Correct, "SENTINEL 早就搬到宁波了")))
	if n := h.Count("SELECT COUNT(*) FROM customer_requests WHERE about LIKE '%SENTINEL%'"); n != 0 {
		t.Error("the words stand in the clear")
	}
	_, list, err := h.Rights.Requests(ctx, h.Clerk(), id)
	if err != nil || len(list) != 1 || list[0].About != "SENTINEL 早就搬到宁波了" || list[0].Outcome != "" || list[0].DueAt.Sub(list[0].AskedAt) != 30*24*time.Hour || list[0].ByName == "" {
		t.Fatalf("%+v, %v", list, err)
	}
	open, err := h.Rights.OpenRequests(ctx, h.Actor(policies.Sales))
	if err != nil || len(open) != 1 || open[0].PublicID != id || open[0].About != "" {
		t.Errorf("%+v, %v", open, err)
	}
	done := rights.Close{PublicID: id, N: 1, Outcome: rights.Done}
	if err := h.Rights.Answer(ctx, h.Clerk(), done); wrong(err, "outcome") != "request.nothing_changed" {
		t.Errorf("done without a change: %v", err)
	}
	must(t, h.Change(h.Clerk(), id, modelstest.Facts("city", "宁波")...))
	must(t, h.Rights.Answer(ctx, h.Clerk(), done))
	if err := h.Rights.Answer(ctx, h.Clerk(), done); !fault.Is(err, fault.Conflict) {
		t.Errorf("done twice: %v", err)
	}
	_, list, _ = h.Rights.Requests(ctx, h.Clerk(), id)
	if list[0].Outcome != rights.Done || list[0].DoneByName == "" || list[0].DoneAt.IsZero() {
		t.Errorf("%+v", list[0])
	}
	if open, _ := h.Rights.OpenRequests(ctx, h.Clerk()); len(open) != 0 {
		t.Errorf("%+v", open)
	}
}

func TestWhatIsNotCorrectedNeedsAnAnswer(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明")
	must(t, h.Rights.Take(ctx, h.Clerk(), wants(id, rights.Correct, "账单金额不对")))
	kept := rights.Close{PublicID: id, N: 1, Outcome: rights.Kept, Reply: "  "}
	if err := h.Rights.Answer(ctx, h.Clerk(), kept); wrong(err, "reply") == "" {
		t.Errorf("%v", err)
	}
	kept.Reply = "账单属实，已当面说明"
	must(t, h.Rights.Answer(ctx, h.Clerk(), kept))
	_, list, _ := h.Rights.Requests(ctx, h.Clerk(), id)
	if list[0].Reply != kept.Reply || list[0].Outcome != rights.Kept {
		t.Errorf("%+v", list[0])
	}
	if err := h.Rights.Answer(ctx, h.Clerk(), rights.Close{PublicID: id, N: 7, Outcome: rights.Kept, Reply: "x"}); !fault.Is(err, fault.NotFound) {
		t.Errorf("%v", err)
	}
}

func TestARequestToBeForgottenEndsWhenItIsBegun(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明")
	must(t, h.Rights.Take(ctx, h.Clerk(), wants(id, rights.Erase, "请删掉我的全部资料")))
	if err := h.Rights.Answer(ctx, h.Clerk(), rights.Close{PublicID: id, N: 1, Outcome: rights.Done}); wrong(err, "outcome") != "request.erase_first" {
		t.Errorf("%v", err)
	}
	// Taking it down hides nobody: that needs those who may erase.
	if states(t, h, id).Erasing != nil {
		t.Error("a clerk alone hid a customer")
	}
	must(t, h.Rights.AskErasure(ctx, h.Actor(policies.Custodian), leave(id)))
	if open, _ := h.Rights.OpenRequests(ctx, h.Clerk()); len(open) != 0 {
		t.Errorf("%+v", open)
	}
}

func TestRequestsThatSayNothingAreRefused(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明")
	for field, q := range map[string]rights.Ask{
		"kind": wants(id, "anything", "x"), "about": wants(id, rights.Correct, " "), "about ": wants(id, rights.Correct, "a\x00b"),
		"who": {PublicID: id, Kind: rights.Correct, About: "x", How: consent.Spoken}, "how": {PublicID: id, Kind: rights.Correct, About: "x", Who: consent.Self},
	} {
		if err := h.Rights.Take(ctx, h.Clerk(), q); wrong(err, strings.TrimSpace(field)) == "" {
			t.Errorf("%s: %v", field, err)
		}
	}
	if err := h.Rights.Take(ctx, h.Actor(policies.Owner), wants(id, rights.Correct, "x")); !fault.Is(err, fault.Denied) {
		t.Errorf("%v", err)
	}
}
