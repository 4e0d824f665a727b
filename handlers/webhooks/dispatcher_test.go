package webhooks_test

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"shuke/models/webhook"
)

func TestTwoDispatchersSendNothingTwice(t *testing.T) {
	h := newHouse(t)
	r := newReceiver(t, nil)
	h.add(r.URL)
	const events = 90
	for i := range events {
		h.emit(fmt.Sprintf("K-%010d", i))
	}
	var rounds sync.WaitGroup
	for _, d := range []*house{h, dispatching(h.Again()), dispatching(h.Again())} {
		rounds.Go(func() {
			if err := d.Round(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	rounds.Wait()
	seen := map[string]int{}
	for _, g := range r.received() {
		seen[g.header.Get("Shuke-Delivery")]++
	}
	for id, n := range seen {
		if n != 1 {
			t.Errorf("%s sent %d times", id, n)
		}
	}
	if len(seen) != events {
		t.Errorf("%d of %d sent", len(seen), events)
	}
}

// A crash between sending and writing it down: the receiver gets it again, under
// the same id.
func TestDeliveryThatCouldNotBeWrittenDownIsSentAgainUnderItsID(t *testing.T) {
	h := newHouse(t)
	after := h.Again()
	r := newReceiver(t, func(http.ResponseWriter, *http.Request) { h.Main.Close() })
	hook, _ := h.add(r.URL)
	h.emit("K-0000000001")
	h.must(h.Round(ctx))
	again := dispatching(after)
	again.round()
	if n := len(r.received()); n != 1 {
		t.Fatalf("%d requests while the claim lasts", n)
	}
	r.answer = nil
	h.Clock.Advance(5 * time.Minute)
	again.round()
	all := r.received()
	if len(all) != 2 || all[0].header.Get("Shuke-Delivery") != all[1].header.Get("Shuke-Delivery") || again.last(hook).Outcome != webhook.Delivered {
		t.Errorf("%d requests, %+v", len(all), again.last(hook))
	}
}

func TestEndpointThatHangsKeepsNoOtherWaitingAndGetsNoMore(t *testing.T) {
	h := newHouse(t)
	done, came := make(chan struct{}), make(chan struct{})
	first := sync.OnceFunc(func() { close(came) })
	hanging := newReceiver(t, func(http.ResponseWriter, *http.Request) { <-done })
	well := newReceiver(t, func(http.ResponseWriter, *http.Request) { first() })
	h.add(hanging.URL)
	h.add(well.URL)
	var ids []string
	for i := range 30 { // more than one claim takes
		ids = append(ids, fmt.Sprintf("K-%010d", i))
	}
	h.emit(ids...)
	round := make(chan error)
	go func() { round <- h.Round(ctx) }()
	<-came
	for range 3 { // others look at the queue meanwhile: the hanging one has its worker
		h.round()
	}
	if n := len(hanging.received()); n > 4 {
		t.Errorf("%d requests hang", n)
	}
	close(done)
	h.must(<-round)
	if a, b := len(hanging.received()), len(well.received()); a != 30 || b != 30 {
		t.Errorf("%d and %d requests", a, b)
	}
}

func TestAfterAFailureTheRestIsGivenBackUntried(t *testing.T) {
	h := newHouse(t)
	r := newReceiver(t, answers(500))
	hook, _ := h.add(r.URL)
	var ids []string
	for i := range 50 {
		ids = append(ids, fmt.Sprintf("K-%010d", i))
	}
	h.emit(ids...)
	h.round()
	first := len(r.received())
	if first < 1 || first > 4 {
		t.Errorf("%d requests to an endpoint that fails", first)
	}
	if tried := h.Count("SELECT COUNT(*) FROM webhook_deliveries WHERE webhook_id = ? AND tries > 0", hook); tried != int64(first) {
		t.Errorf("%d tries counted of %d", tried, first)
	}
	if n := h.Count("SELECT COUNT(*) FROM webhook_deliveries WHERE claim <> ''"); n != 0 {
		t.Errorf("%d are still claimed", n)
	}
	h.Clock.Advance(2 * time.Minute)
	h.round()
	if n := len(r.received()); n != first+1 {
		t.Errorf("%d requests to see whether it is well", n-first)
	}
	r.answer = nil
	h.Clock.Advance(time.Hour)
	h.round() // one shows that it is well
	h.round()
	if waiting := h.Count("SELECT COUNT(*) FROM webhook_deliveries WHERE ended_at = 0"); waiting != 0 {
		t.Errorf("%d still waiting", waiting)
	}
}

func TestStopGivesBackWhatWasNotAnswered(t *testing.T) {
	h := newHouse(t)
	done, came := make(chan struct{}), make(chan struct{}, 1)
	r := newReceiver(t, func(_ http.ResponseWriter, request *http.Request) { came <- struct{}{}; <-done })
	t.Cleanup(func() { close(done) })
	hook, _ := h.add(r.URL)
	h.emit("K-0000000001")
	running, stop := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() { h.Dispatcher.Run(running); close(ended) }()
	<-came
	stop()
	<-ended
	d := h.last(hook)
	if d.Tries != 0 || d.Outcome != webhook.Waiting || h.Count("SELECT COUNT(*) FROM webhook_deliveries WHERE claim <> ''") != 0 {
		t.Errorf("%+v", d)
	}
	if n := h.Count("SELECT failures FROM webhooks"); n != 0 {
		t.Errorf("our own end counts as %d failures of theirs", n)
	}
}
