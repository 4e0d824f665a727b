package webhook_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"shuke/models/modelstest"
	"shuke/models/webhook"
	"shuke/policies"
)

func TestTwoSendersNeverHaveOneDeliveryAtOnce(t *testing.T) {
	h := modelstest.NewHouse(t)
	e := add(t, h)
	const events = 120
	for i := range events {
		emit(t, h, webhook.CustomerChanged, fmt.Sprintf("K-%010d", i))
	}
	var lock sync.Mutex
	var senders sync.WaitGroup
	times := map[string]int{}
	for _, at := range []*modelstest.House{h, h.Again(), h.Again()} {
		senders.Go(func() {
			for {
				c, err := at.Webhooks.Claim(ctx, e, 7)
				if err != nil {
					t.Error(err)
					return
				}
				lock.Lock()
				for _, d := range c.Deliveries {
					times[d.ID]++
				}
				done := len(times) == events
				lock.Unlock()
				if done {
					return
				}
			}
		})
	}
	senders.Wait()
	for id, n := range times {
		if n != 1 {
			t.Errorf("%s claimed %d times", id, n)
		}
	}
}

// A sender that dies between sending and writing it down leaves its claim to
// run out; then the delivery is sent again. At least once, not exactly once.
func TestDeliveryOfASenderThatDiedIsSentAgain(t *testing.T) {
	h := modelstest.NewHouse(t)
	e := add(t, h)
	emit(t, h, webhook.CustomerChanged, "K-0000000001")
	dead := claim(t, h, e.ID, 10)
	if again := claim(t, h, e.ID, 10); len(dead.Deliveries) != 1 || len(again.Deliveries) != 0 {
		t.Fatalf("%d, then %d claimed", len(dead.Deliveries), len(again.Deliveries))
	}
	h.Clock.Advance(time.Minute)
	if !h.Webhooks.Holds(dead, time.Minute) {
		t.Error("the claim is too short to send anything")
	}
	h.Clock.Advance(2 * time.Minute)
	if h.Webhooks.Holds(dead, time.Second) {
		t.Error("the claim lasts beyond its time")
	}
	again := claim(t, h, e.ID, 10)
	if len(again.Deliveries) != 1 || again.Deliveries[0].ID != dead.Deliveries[0].ID {
		t.Fatalf("%+v", again.Deliveries)
	}
	settle(t, h, dead, dead.Deliveries[0], refused) // it was not dead, only slow
	if all := history(t, h, e.ID); all.Waiting[0].Tries != 0 || find(t, h, e.ID).Failures != 0 {
		t.Errorf("who lost the claim wrote %+v", all.Waiting[0])
	}
	settle(t, h, again, again.Deliveries[0], delivered)
	if all := history(t, h, e.ID); len(all.Waiting) != 0 || all.Ended[0].Outcome != webhook.Delivered || all.Ended[0].Tries != 1 || all.Ended[0].Status != 204 {
		t.Errorf("%+v", all)
	}
}

func TestWhatWasNotTriedIsGivenBack(t *testing.T) {
	h := modelstest.NewHouse(t)
	e := add(t, h)
	emit(t, h, webhook.CustomerChanged, "K-0000000001", "K-0000000002")
	c := claim(t, h, e.ID, 10)
	settle(t, h, c, c.Deliveries[0], delivered)
	if err := h.Webhooks.Release(ctx, c); err != nil {
		t.Fatal(err)
	}
	if again := claim(t, h, e.ID, 10); len(again.Deliveries) != 1 || again.Deliveries[0].ID != c.Deliveries[1].ID || again.Deliveries[0].Tries != 0 {
		t.Errorf("%+v", again.Deliveries)
	}
}

func TestFailedDeliveryIsTriedEightTimesWithinADayAndGivenUp(t *testing.T) {
	h := modelstest.NewHouse(t)
	e := add(t, h)
	emit(t, h, webhook.CustomerChanged, "K-0000000001")
	began, last := h.Clock.Now(), time.Duration(0)
	for try := 1; ; try++ {
		h.Run("UPDATE webhooks SET failures = 0, paused_until = 0") // the rest of the endpoint is another test's
		c := claim(t, h, e.ID, 10)
		if len(c.Deliveries) != 1 {
			t.Fatalf("try %d: %d due", try, len(c.Deliveries))
		}
		settle(t, h, c, c.Deliveries[0], refused)
		all := history(t, h, e.ID)
		if try == 8 {
			if len(all.Waiting) != 0 || all.Ended[0].Outcome != webhook.GivenUp || all.Ended[0].Tries != 8 || all.Ended[0].Reason != webhook.ReasonStatus || all.Ended[0].Status != 500 {
				t.Errorf("%+v", all)
			}
			break
		}
		wait := all.Waiting[0].DueAt.Sub(h.Clock.Now())
		if wait <= last {
			t.Errorf("after try %d it waits %v, after the one before %v", try, wait, last)
		}
		last = wait
		h.Clock.Advance(wait - time.Millisecond)
		if early := claim(t, h, e.ID, 10); len(early.Deliveries) != 0 {
			t.Errorf("try %d comes early", try+1)
		}
		h.Clock.Advance(time.Millisecond)
	}
	if took := h.Clock.Now().Sub(began); took < 12*time.Hour || took > 24*time.Hour {
		t.Errorf("given up after %v", took)
	}
}

func TestWaitsDifferFromDeliveryToDelivery(t *testing.T) {
	h := modelstest.NewHouse(t)
	e := add(t, h)
	for i := range 12 {
		emit(t, h, webhook.CustomerChanged, fmt.Sprintf("K-%010d", i))
	}
	c := claim(t, h, e.ID, 20)
	for _, d := range c.Deliveries {
		settle(t, h, c, d, refused)
	}
	if n := h.Count("SELECT COUNT(DISTINCT due_at) FROM webhook_deliveries"); n < 3 {
		t.Errorf("12 failures come again at %d moments", n)
	}
}

func TestEndpointThatFailsRestsAndIsTriedWithOne(t *testing.T) {
	h := modelstest.NewHouse(t)
	e := add(t, h)
	emit(t, h, webhook.CustomerChanged, "K-0000000001", "K-0000000002", "K-0000000003")
	c := claim(t, h, e.ID, 1)
	settle(t, h, c, c.Deliveries[0], refused)
	ready := func() int {
		t.Helper()
		list, err := h.Webhooks.Ready(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	if ready() != 0 {
		t.Error("no rest after a failure")
	}
	h.Clock.Advance(10 * time.Second)
	if ready() != 1 {
		t.Error("still resting after ten seconds")
	}
	probe := claim(t, h, e.ID, 10)
	if len(probe.Deliveries) != 1 {
		t.Fatalf("%d sent to see whether it is well", len(probe.Deliveries))
	}
	settle(t, h, probe, probe.Deliveries[0], delivered)
	if now := find(t, h, e.ID); now.Failures != 0 || !now.PausedUntil.IsZero() {
		t.Errorf("well again, and %+v", now)
	}
	if rest := claim(t, h, e.ID, 10); len(rest.Deliveries) != 1 {
		t.Errorf("%d claimed", len(rest.Deliveries))
	}
}

func TestEndpointIsSwitchedOffAfterFiftyFailuresInARow(t *testing.T) {
	h := modelstest.NewHouse(t)
	e := add(t, h)
	began := h.Clock.Now()
	for i := range 50 {
		if now := find(t, h, e.ID); !now.On || now.Failures != int64(i) {
			t.Fatalf("after %d failures: %+v", i, now)
		}
		emit(t, h, webhook.CustomerChanged, fmt.Sprintf("K-%010d", i))
		c := claim(t, h, e.ID, 10)
		settle(t, h, c, c.Deliveries[0], refused)
		if pause := find(t, h, e.ID).PausedUntil.Sub(h.Clock.Now()); pause > 0 {
			h.Clock.Advance(pause)
		}
	}
	now := find(t, h, e.ID)
	if now.On || now.Off != webhook.Failing {
		t.Errorf("%+v", now)
	}
	if took := h.Clock.Now().Sub(began); took < 6*time.Hour {
		t.Errorf("switched off after %v: too soon for who is away over night", took)
	}
	if event := h.LastEvent(); event.Action != "webhook.switched_off" || event.Via != "system" || event.Object != e.ID {
		t.Errorf("recorded as %+v", event)
	}
	emit(t, h, webhook.CustomerChanged, "K-0000000099")
	if all := history(t, h, e.ID); len(all.Waiting) != 0 || all.Ended[0].Outcome != webhook.GivenUp {
		t.Errorf("%d still waiting", len(all.Waiting))
	}
	d := draftOf(now)
	d.On = true
	if err := h.Webhooks.Edit(ctx, h.Actor(policies.Admin), d); err != nil {
		t.Fatal(err)
	}
	if now := find(t, h, e.ID); !now.On || now.Off != "" || now.Failures != 0 {
		t.Errorf("switched on again: %+v", now)
	}
}

func TestOfEqualEventsTheLastIsSentForAll(t *testing.T) {
	h := modelstest.NewHouse(t)
	e := add(t, h)
	for range 3 {
		emit(t, h, webhook.CustomerChanged, "K-0000000001")
		h.Clock.Advance(time.Second)
	}
	last := h.Clock.Now().Add(-time.Second)
	emit(t, h, webhook.PreferenceChanged, "K-0000000001")
	emit(t, h, webhook.CustomerChanged, "K-0000000002")
	c := claim(t, h, e.ID, 20)
	if len(c.Deliveries) != 3 {
		t.Fatalf("%d sent", len(c.Deliveries))
	}
	for _, d := range c.Deliveries {
		if d.Kind == webhook.CustomerChanged && d.Customer == "K-0000000001" && !d.At.Equal(last) {
			t.Errorf("the one of %v is sent, not the last of %v", d.At, last)
		}
	}
	covered := 0
	for _, d := range history(t, h, e.ID).Ended {
		if d.Outcome == webhook.Covered {
			covered++
		}
	}
	if covered != 2 {
		t.Errorf("%d covered", covered)
	}
}

func TestDeliveriesAreForgottenAfterThirtyDays(t *testing.T) {
	h := modelstest.NewHouse(t)
	e := add(t, h)
	ids := make([]string, 1200)
	for i := range ids {
		ids[i] = fmt.Sprintf("K-%010d", i)
	}
	emit(t, h, webhook.CustomerChanged, ids...)
	h.Run("UPDATE webhook_deliveries SET ended_at = ?, outcome = 'delivered'", h.Clock.Now().UnixMilli())
	h.Clock.Advance(webhook.Kept)
	emit(t, h, webhook.CustomerChanged, "K-0000009999")
	for _, want := range []int64{1201, 1} {
		if err := h.Webhooks.Sweep(ctx); err != nil {
			t.Fatal(err)
		}
		if n := h.Count("SELECT COUNT(*) FROM webhook_deliveries"); n != want {
			t.Errorf("%d deliveries, not %d", n, want)
		}
		h.Clock.Advance(time.Minute)
	}
	if all := history(t, h, e.ID); len(all.Waiting) != 1 {
		t.Error("what waits was forgotten")
	}
}

func TestTestByHandIsTriedOnceAndSaysNothingOfTheHealth(t *testing.T) {
	h := modelstest.NewHouse(t)
	e := add(t, h)
	d := draftOf(e)
	d.On = false
	if err := h.Webhooks.Edit(ctx, h.Actor(policies.Admin), d); err != nil {
		t.Fatal(err)
	}
	c, err := h.Webhooks.NewTest(ctx, h.Actor(policies.Admin), e.ID)
	if err != nil || len(c.Deliveries) != 1 {
		t.Fatal(err)
	}
	settle(t, h, c, c.Deliveries[0], refused)
	all := history(t, h, e.ID)
	if len(all.Waiting) != 0 || len(all.Ended) != 1 || all.Ended[0].Outcome != webhook.GivenUp || all.Ended[0].Kind != webhook.Test || all.Ended[0].Customer != "" {
		t.Errorf("%+v", all)
	}
	if now := find(t, h, e.ID); now.Failures != 0 || !now.PausedUntil.IsZero() {
		t.Errorf("%+v", now)
	}
	if _, err := h.Webhooks.NewTest(ctx, h.Actor(policies.Admin), e.ID); err != nil { // whose sender dies
		t.Fatal(err)
	}
	h.Clock.Advance(time.Hour)
	if err := h.Webhooks.Sweep(ctx); err != nil {
		t.Fatal(err)
	}
	if all := history(t, h, e.ID); len(all.Waiting) != 0 || len(all.Ended) != 2 {
		t.Errorf("a test whose sender died waits for ever: %+v", all)
	}
}
