package webhooks_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"shuke/handlers/webhooks"
	"shuke/models/clock"
	"shuke/models/db"
	"shuke/models/modelstest"
	"shuke/models/webhook"
	"shuke/policies"
)

var ctx = context.Background()

// house is a House with a dispatcher and what it logged.
type house struct {
	*modelstest.House
	*webhooks.Dispatcher
	logs *bytes.Buffer
}

func newHouse(t *testing.T) *house {
	t.Helper()
	return dispatching(modelstest.NewHouse(t))
}

func dispatching(h *modelstest.House) *house {
	out := &house{House: h, logs: &bytes.Buffer{}}
	out.Dispatcher = webhooks.NewDispatcher(h.Webhooks, clock.Of(h.Clock), slog.New(slog.NewTextHandler(out.logs, nil)))
	return out
}

// add makes an endpoint of all kinds and returns its id and secret.
func (h *house) add(address string) (id, secret string) {
	h.T.Helper()
	id, secret, err := h.Webhooks.Add(ctx, h.Actor(policies.Owner), webhook.Draft{Address: address, Kinds: webhook.Kinds})
	h.must(err)
	return id, secret
}

func (h *house) must(err error) {
	h.T.Helper()
	if err != nil {
		h.T.Fatal(err)
	}
}

func (h *house) emit(ids ...string) {
	h.T.Helper()
	h.must(h.Main.InTx(ctx, func(tx *db.Tx) error { return webhook.EmitAll(tx, webhook.CustomerChanged, ids, h.Clock.Now()) }))
}

func (h *house) round() {
	h.T.Helper()
	h.must(h.Round(ctx))
}

// last is the latest delivery to the endpoint, ended or waiting.
func (h *house) last(id string) webhook.Delivery {
	h.T.Helper()
	all, err := h.Webhooks.History(ctx, h.Actor(policies.Owner), id)
	h.must(err)
	switch {
	case len(all.Waiting) > 0:
		return all.Waiting[0]
	case len(all.Ended) > 0:
		return all.Ended[0]
	}
	h.T.Fatal("nothing was ever to be delivered")
	return webhook.Delivery{}
}

// got is one request as the receiver saw it.
type got struct {
	method, path, host string
	header             http.Header
	body               []byte
}

// receiver is another program on this machine.
type receiver struct {
	*httptest.Server
	lock   sync.Mutex
	gots   []got
	answer func(http.ResponseWriter, *http.Request)
}

func newReceiver(t *testing.T, answer func(http.ResponseWriter, *http.Request)) *receiver {
	t.Helper()
	r := &receiver{answer: answer}
	r.Server = httptest.NewServer(r)
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	body, _ := io.ReadAll(request.Body)
	r.lock.Lock()
	r.gots = append(r.gots, got{request.Method, request.URL.RequestURI(), request.Host, request.Header.Clone(), body})
	r.lock.Unlock()
	if r.answer != nil {
		r.answer(w, request)
	}
}

func (r *receiver) received() []got {
	r.lock.Lock()
	defer r.lock.Unlock()
	return append([]got(nil), r.gots...)
}

func answers(status int) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }
}

// nameServer answers every question for an address with the one given, and every
// other with nothing: RFC 1035, as much of it as the resolver needs.
func nameServer(t *testing.T, ip net.IP) *net.Resolver {
	t.Helper()
	server, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	go func() {
		packet := make([]byte, 512)
		for {
			n, from, err := server.ReadFrom(packet)
			if err != nil {
				return
			}
			end := 12
			for end < n && packet[end] != 0 { // labels of the name
				end += int(packet[end]) + 1
			}
			end += 5 // the empty label, type and class
			if end > n {
				continue
			}
			answer := append([]byte{packet[0], packet[1], 0x81, 0x80, 0, 1, 0, 0, 0, 0, 0, 0}, packet[12:end]...)
			if packet[end-3] == 1 { // type A
				answer[7] = 1
				answer = append(append(answer, 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4), ip.To4()...)
			}
			server.WriteTo(answer, from)
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", server.LocalAddr().String())
	}}
}
