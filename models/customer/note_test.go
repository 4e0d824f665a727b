package customer_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"shuke/models/card"
	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/policies"
)

// take writes a note as somebody at a counter does.
func take(t *testing.T, h *modelstest.House, a policies.Actor, n customer.Note) customer.Noted {
	t.Helper()
	if n.Channel == "" {
		n.Channel = "service"
	}
	done, err := h.Customers.TakeNote(context.Background(), a, h.Catalogue(), n)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// wishes are the preferences on the card as one person sees it, by wording.
func wishes(t *testing.T, h *modelstest.House, a policies.Actor, id string) map[string]card.Wish {
	t.Helper()
	c, err := h.Cards.Open(context.Background(), a, h.Catalogue(), id)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]card.Wish{}
	for _, w := range c.Wishes {
		out[w.Value] = w
	}
	return out
}

// colleague is somebody at the front desk of another branch.
func colleague(h *modelstest.House, branch string) policies.Actor {
	h.AddPerson("clerk-of-"+branch, policies.FrontDesk, branch)
	return h.ActorOf("clerk-of-" + branch)
}

func TestWhatOneBranchHeardIsOnTheOthersNextPage(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明")
	there := colleague(h, modelstest.Hangzhou)
	if len(wishes(t, h, there, id)) != 0 {
		t.Fatal("something is known before it was said")
	}
	take(t, h, h.Clerk(), customer.Note{PublicID: id, Words: "早餐鸡蛋要嫩一点"})
	w, ok := wishes(t, h, there, id)["早餐鸡蛋要嫩一点"]
	if !ok || w.Never() || !w.Here || w.StaffID != h.Clerk().StaffID || w.BranchID != h.Clerk().BranchID {
		t.Errorf("the other branch sees %+v", w)
	}
}

func TestPreferenceOfOneHouseIsActedUponThereAlone(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明")
	take(t, h, h.Clerk(), customer.Note{PublicID: id, Words: "要靠江的那一侧", Here: true})
	if w := wishes(t, h, h.Clerk(), id)["要靠江的那一侧"]; !w.Here {
		t.Error("not acted upon where it was said")
	}
	if w, known := wishes(t, h, colleague(h, modelstest.Hangzhou), id)["要靠江的那一侧"]; !known || w.Here {
		t.Error("elsewhere it is hidden, or acted upon")
	}
}

func TestPreferenceHoldsUntilItsLastDay(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明")
	today := h.Clerk().Today()
	take(t, h, h.Clerk(), customer.Note{PublicID: id, Words: "床边放温水", UntilOn: today})
	if !wishes(t, h, h.Clerk(), id)["床边放温水"].Here {
		t.Error("not on its last day")
	}
	h.Clock.Advance(24 * time.Hour)
	if wishes(t, h, h.Clerk(), id)["床边放温水"].Here {
		t.Error("still acted upon on the day after")
	}
	_, err := h.Customers.TakeNote(context.Background(), h.Clerk(), h.Catalogue(), customer.Note{PublicID: id, Words: "床边放冰水", UntilOn: today, Channel: "service"})
	wantField(t, err, "until")
}

func wantField(t *testing.T, err error, field string) {
	t.Helper()
	var f *fault.Error
	if !errors.As(err, &f) || f.Fields[field].Key == "" {
		t.Errorf("want a message at %s, got %v", field, err)
	}
}

func TestTheSameSaidTwiceIsConfirmedNotKeptTwice(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明")
	first := take(t, h, h.Clerk(), customer.Note{PublicID: id, Words: "枕头要高"})
	h.Clock.Advance(20 * time.Minute)
	again := take(t, h, colleague(h, modelstest.Hangzhou), customer.Note{PublicID: id, Words: " 枕头要高 "})
	if !again.Known || again.N != first.N {
		t.Errorf("got %+v after %+v", again, first)
	}
	w := wishes(t, h, h.Clerk(), id)["枕头要高"]
	if w.Preference.ConfirmedAt.IsZero() || w.Preference.ConfirmedBranch == h.Clerk().BranchID {
		t.Errorf("not confirmed there: %+v", w.Preference)
	}
}

func TestConfirmedPreferenceIsFreshAgain(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明")
	n := take(t, h, h.Clerk(), customer.Note{PublicID: id, Words: "枕头要高"}).N
	h.Clock.Advance(400 * 24 * time.Hour)
	if !wishes(t, h, h.Clerk(), id)["枕头要高"].Stale {
		t.Fatal("fresh after more than a year")
	}
	if err := h.Customers.ConfirmNote(context.Background(), h.Clerk(), h.Catalogue(), id, n); err != nil {
		t.Fatal(err)
	}
	if wishes(t, h, h.Clerk(), id)["枕头要高"].Stale {
		t.Error("still stale")
	}
}

func TestContradictedPreferenceIsKeptAndSaysByWhat(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明")
	old := take(t, h, h.Clerk(), customer.Note{PublicID: id, Words: "枕头要高"})
	take(t, h, h.Clerk(), customer.Note{PublicID: id, Words: "枕头要低", Instead: old.N})
	if all := wishes(t, h, h.Clerk(), id); len(all) != 1 || all["枕头要低"].N == 0 {
		t.Errorf("in force: %v", all)
	}
	_, now, ended, err := h.Customers.Wanted(context.Background(), h.Clerk(), h.Catalogue(), id, 0)
	if err != nil || len(now) != 1 || len(ended) != 1 {
		t.Fatalf("%d in force, %d ended, %v", len(now), len(ended), err)
	}
	if ended[0].Value != "枕头要高" || ended[0].EndedWording != "枕头要低" || ended[0].StaffName == "" || ended[0].BranchZH == "" {
		t.Errorf("ended: %+v", ended[0])
	}
	_, err = h.Customers.TakeNote(context.Background(), h.Clerk(), h.Catalogue(), customer.Note{PublicID: id, Words: "枕头要软", Instead: old.N, Channel: "service"})
	if !fault.Is(err, fault.Conflict) {
		t.Errorf("one that has ended is contradicted again: %v", err)
	}
}

func TestSafetyIsNotedOnlyWithConsent(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明")
	n := customer.Note{PublicID: id, Words: "花生过敏", Wording: "不可有花生，告知厨房", Area: customer.AreaSafety, Channel: "service"}
	_, err := h.Customers.TakeNote(context.Background(), h.Clerk(), h.Catalogue(), n)
	wantField(t, err, "consent")
	n.Consent = "spoken"
	take(t, h, h.Clerk(), n)
	w := wishes(t, h, h.Clerk(), id)["不可有花生，告知厨房"]
	if !w.Safety() || !w.Never() || w.Preference.Strength != 3 || w.Preference.Consent != "spoken" || w.Field != "allergy_instruction" {
		t.Errorf("%+v %+v", w, w.Preference)
	}
}

func TestSafetyIsNeverRetiredWithoutAReasonInWords(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明")
	n := take(t, h, h.Clerk(), customer.Note{PublicID: id, Words: "不可有花生", Area: customer.AreaSafety, Consent: "spoken"}).N
	retire := func(reason, why string) error {
		return h.Customers.RetireNote(context.Background(), h.Clerk(), h.Catalogue(), id, n, reason, why)
	}
	wantField(t, retire("changed", ""), "why")
	wantField(t, retire("", "医生说可以吃了"), "reason")
	if len(wishes(t, h, h.Clerk(), id)) != 1 {
		t.Fatal("gone")
	}
	if err := retire("changed", "医生说可以吃了"); err != nil {
		t.Fatal(err)
	}
	if len(wishes(t, h, h.Clerk(), id)) != 0 {
		t.Error("still in force")
	}
	_, _, ended, err := h.Customers.Wanted(context.Background(), h.Clerk(), h.Catalogue(), id, 0)
	if err != nil || len(ended) != 1 || !strings.Contains(ended[0].Preference.RetiredWhy, "医生说可以吃了") {
		t.Errorf("%+v %v", ended, err)
	}
	if err := retire("changed", "医生说可以吃了"); !fault.Is(err, fault.Conflict) {
		t.Errorf("retired twice: %v", err)
	}
}

func TestWordsBehindSafetyAreSealedAndFewSeeThem(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明")
	const words = "哮喘发作过，闻不得百合"
	n := take(t, h, h.Clerk(), customer.Note{PublicID: id, Words: words, Wording: "房内不放百合", Area: customer.AreaSafety, Consent: "written"}).N
	w := wishes(t, h, h.Clerk(), id)["房内不放百合"]
	if w.Preference.Words != "" || !w.Secret || bytes.Contains(w.Preference.WordsSealed, []byte("哮喘")) {
		t.Errorf("words lie open: %+v", w.Preference)
	}
	ctx := context.Background()
	if _, err := h.Customers.RevealWords(ctx, h.Clerk(), h.Catalogue(), id, n, "safety"); !fault.Is(err, fault.Denied) {
		t.Errorf("the front desk: %v", err)
	}
	if _, err := h.Customers.RevealWords(ctx, h.Actor(policies.Manager), h.Catalogue(), id, n, ""); !fault.Is(err, fault.Invalid) {
		t.Errorf("without a reason: %v", err)
	}
	got, err := h.Customers.RevealWords(ctx, h.Actor(policies.Manager), h.Catalogue(), id, n, "safety")
	if err != nil || got != words {
		t.Errorf("%q %v", got, err)
	}
	if h.Count("SELECT COUNT(*) FROM audit_events WHERE action = 'preference.words_revealed'") != 1 {
		t.Error("not on the record")
	}
}

func TestDocumentNumbersHaveNoPlaceInANote(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明")
	for _, words := range []string{"身份证 11010519491231002X", "卡号 6222 0212 3456 7890 123", "刷 6222021234567890"} {
		_, err := h.Customers.TakeNote(context.Background(), h.Clerk(), h.Catalogue(), customer.Note{PublicID: id, Words: words, Channel: "service"})
		wantField(t, err, "words")
	}
	take(t, h, h.Clerk(), customer.Note{PublicID: id, Words: "早上 6:30 叫醒，房号尾数别带 4"})
}

func TestNoteSentTwiceIsOneNote(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明")
	n := customer.Note{PublicID: id, Words: "枕头要高", Channel: "service", Once: "form-1"}
	first, again := take(t, h, h.Clerk(), n), take(t, h, h.Clerk(), n)
	if first.N != again.N || len(wishes(t, h, h.Clerk(), id)) != 1 {
		t.Errorf("%+v, then %+v", first, again)
	}
}

func TestTwoWhoNoteAtOnceBothAreKept(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明")
	clerk, cat := h.Clerk(), h.Catalogue()
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			_, err := h.Customers.TakeNote(context.Background(), clerk, cat, customer.Note{PublicID: id, Words: fmt.Sprintf("第%d个枕头", i+1), Channel: "service"})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if n := len(wishes(t, h, clerk, id)); n != 8 {
		t.Errorf("%d kept", n)
	}
}

func TestTastesOfTheProfileAndNotesAreOneStore(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明", "diet", "清淡少盐", "drink_likes", "胡萝卜汁", "taboo", "勿送钟", "mobility_help", "-")
	all := wishes(t, h, h.Clerk(), id)
	if len(all) != 3 || all["胡萝卜汁"].Area.Key != "minibar_drinks" || all["胡萝卜汁"].Preference.Strength != 1 || !all["勿送钟"].Never() {
		t.Errorf("%+v", all)
	}
	c, err := h.Cards.Open(context.Background(), h.Clerk(), h.Catalogue(), id)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range c.Groups {
		for _, e := range g.Entries {
			if e.Field.Preference() && !e.None {
				t.Errorf("%s stands twice", e.Field.Key)
			}
		}
	}
	if n := h.Count("SELECT COUNT(*) FROM preferences"); n != 3 {
		t.Errorf("%d rows", n)
	}
}

func TestNoteNeedsThePermission(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明")
	for _, role := range []policies.Role{policies.Marketing, policies.Admin, policies.Auditor, policies.Owner} {
		_, err := h.Customers.TakeNote(context.Background(), h.Actor(role), h.Catalogue(), customer.Note{PublicID: id, Words: "枕头要高", Channel: "service"})
		if !fault.Is(err, fault.Denied) {
			t.Errorf("%s: %v", role, err)
		}
	}
}

func TestChangedListIsInForceAtOnce(t *testing.T) {
	h := modelstest.NewHouse(t)
	ctx := context.Background()
	area := customer.Area{Key: "sizes", NameZH: "尺码", NameEN: "Sizes", Words: []string{"尺码", "码"}, Department: "front_office", Icon: "check", Prepares: customer.PreparesWants, On: true}
	if err := h.Customers.SaveArea(ctx, h.Actor(policies.Manager), h.Catalogue(), area); err != nil {
		t.Fatal(err)
	}
	if !h.Catalogue().HasArea("sizes") {
		t.Error("not there")
	}
	wantField(t, h.Customers.SaveArea(ctx, h.Actor(policies.Manager), h.Catalogue(), area), "key")
	area.Version, area.On = 1, false
	if err := h.Customers.SaveArea(ctx, h.Actor(policies.Manager), h.Catalogue(), area); err != nil {
		t.Fatal(err)
	}
	if h.Catalogue().HasArea("sizes") {
		t.Error("still there")
	}
	if err := h.Customers.SaveArea(ctx, h.Actor(policies.Manager), h.Catalogue(), area); !fault.Is(err, fault.Conflict) {
		t.Errorf("a stale form: %v", err)
	}
	safety := h.Catalogue().Area(customer.AreaSafety)
	safety.On = false
	wantField(t, h.Customers.SaveArea(ctx, h.Actor(policies.Manager), h.Catalogue(), safety), "on")
	if err := h.Customers.SaveArea(ctx, h.Clerk(), h.Catalogue(), area); !fault.Is(err, fault.Denied) {
		t.Errorf("the front desk: %v", err)
	}
}
