package webhooks_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"shuke/models/clock"
	"shuke/models/modelstest"
	"shuke/models/vault"
	"shuke/models/webhook"
	"shuke/policies"
)

func TestEventArrivesSignedWithKindAndPublicIDAndNothingElse(t *testing.T) {
	h := newHouse(t)
	r := newReceiver(t, answers(204))
	hook, secret := h.add(r.URL + "/in?key=7")
	id := h.AddGuest("欧阳娜", "phone", "13877776666")
	h.Clock.Advance(5 * time.Second)
	h.round()
	all := r.received()
	if len(all) != 1 {
		t.Fatalf("%d requests", len(all))
	}
	g := all[0]
	if g.method != "POST" || g.path != "/in?key=7" || g.header.Get("Content-Type") != "application/json" {
		t.Errorf("%s %s %v", g.method, g.path, g.header)
	}
	var body map[string]string
	if err := json.Unmarshal(g.body, &body); err != nil {
		t.Fatal(err)
	}
	if len(body) != 4 || body["kind"] != "customer.created" || body["customer"] != id || body["at"] != "2026-11-22T01:42:00.000Z" || len(body["id"]) != 32 || body["id"] != g.header.Get("Shuke-Delivery") {
		t.Errorf("%s, %v", g.body, g.header)
	}
	// As a receiver does it who knows nothing of our code.
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("1795311725." + string(g.body)))
	if want := "t=1795311725,v1=" + hex.EncodeToString(mac.Sum(nil)); g.header.Get("Shuke-Signature") != want {
		t.Errorf("%s, not %s", g.header.Get("Shuke-Signature"), want)
	}
	for name, values := range g.header {
		if strings.Contains(strings.Join(values, ""), secret) || strings.Contains(fmt.Sprint(values), "欧阳") {
			t.Errorf("%s: %v", name, values)
		}
	}
	if d := h.last(hook); d.Outcome != webhook.Delivered || d.Status != 204 || d.Tries != 1 {
		t.Errorf("%+v", d)
	}
	h.round()
	if len(r.received()) != 1 {
		t.Error("sent again")
	}
}

func TestFailedDeliveryComesAgainWithTheSameIDAndBodyAndANewSignature(t *testing.T) {
	h := newHouse(t)
	r := newReceiver(t, answers(503))
	hook, _ := h.add(r.URL)
	h.emit("K-0000000001")
	h.round()
	h.round()
	if n := len(r.received()); n != 1 {
		t.Fatalf("%d requests at once", n)
	}
	if d := h.last(hook); d.Outcome != webhook.Waiting || d.Reason != webhook.ReasonStatus || d.Status != 503 || d.Tries != 1 {
		t.Errorf("%+v", d)
	}
	h.Clock.Advance(time.Minute)
	r.answer = answers(200)
	h.round()
	all := r.received()
	if len(all) != 2 || string(all[0].body) != string(all[1].body) || all[0].header.Get("Shuke-Delivery") != all[1].header.Get("Shuke-Delivery") || all[0].header.Get("Shuke-Signature") == all[1].header.Get("Shuke-Signature") {
		t.Errorf("%+v", all)
	}
	if d := h.last(hook); d.Outcome != webhook.Delivered || d.Tries != 2 {
		t.Errorf("%+v", d)
	}
}

func TestEveryAnswerIsJudgedByItsStatusAlone(t *testing.T) {
	h := newHouse(t)
	r := newReceiver(t, nil)
	hook, _ := h.add(r.URL)
	for status, want := range map[int]webhook.Reason{200: "", 201: "", 202: "", 204: "", 299: "", 304: webhook.ReasonRedirect, 400: webhook.ReasonStatus, 401: webhook.ReasonStatus, 404: webhook.ReasonStatus, 410: webhook.ReasonStatus, 500: webhook.ReasonStatus, 599: webhook.ReasonStatus} {
		h.House.Run("DELETE FROM webhook_deliveries")
		h.House.Run("UPDATE webhooks SET failures = 0, paused_until = 0")
		r.answer = answers(status)
		h.emit("K-0000000001")
		h.round()
		if d := h.last(hook); d.Reason != want || d.Status != status {
			t.Errorf("%d: %+v", status, d)
		}
	}
}

func TestRedirectIsNotFollowed(t *testing.T) {
	h := newHouse(t)
	inside := newReceiver(t, nil)
	r := newReceiver(t, func(w http.ResponseWriter, request *http.Request) {
		http.Redirect(w, request, inside.URL, http.StatusTemporaryRedirect)
	})
	hook, _ := h.add(r.URL)
	h.emit("K-0000000001")
	h.round()
	if len(inside.received()) != 0 || h.last(hook).Reason != webhook.ReasonRedirect {
		t.Errorf("followed %d times, %+v", len(inside.received()), h.last(hook))
	}
}

func TestReceiverThatDoesNotAnswerIsLeft(t *testing.T) {
	h := newHouse(t)
	h.SetTimeout(50 * time.Millisecond)
	enough := make(chan struct{})
	r := newReceiver(t, func(http.ResponseWriter, *http.Request) { <-enough })
	t.Cleanup(func() { close(enough) })
	hook, _ := h.add(r.URL)
	h.emit("K-0000000001")
	h.round()
	if d := h.last(hook); d.Reason != webhook.ReasonTimeout || d.Status != 0 {
		t.Errorf("%+v", d)
	}
}

// A receiver may talk as long as it likes; nobody listens.
func TestOfAnAnswerLittleIsRead(t *testing.T) {
	h := newHouse(t)
	written := make(chan int, 1)
	r := newReceiver(t, func(w http.ResponseWriter, _ *http.Request) {
		n, block := 0, make([]byte, 64<<10)
		for n < 1<<30 {
			some, err := w.Write(block)
			n += some
			if err != nil {
				break
			}
		}
		written <- n
	})
	hook, _ := h.add(r.URL)
	h.emit("K-0000000001")
	h.round()
	if n := <-written; n > 64<<20 || h.last(hook).Outcome != webhook.Delivered { // what lies in buffers of the system
		t.Errorf("%d bytes taken, %+v", n, h.last(hook))
	}
}

// atHost is the receiver's address under another name.
func atHost(t *testing.T, r *receiver, name string) string {
	t.Helper()
	u, err := url.Parse(r.URL)
	if err != nil {
		t.Fatal(err)
	}
	return "https://" + name + ":" + u.Port() + "/"
}

// A listed name that stands for an inner address, by mistake or on purpose, is
// not connected to; listed with its network it is.
func TestNameThatLeadsInsideIsNotConnectedTo(t *testing.T) {
	base := modelstest.NewHouse(t)
	touched := make(chan struct{}, 100)
	r := &receiver{}
	r.Server = httptest.NewUnstartedServer(r)
	r.Config.ConnState = func(net.Conn, http.ConnState) { touched <- struct{}{} }
	r.Config.ErrorLog = log.New(io.Discard, "", 0)
	r.Start()
	t.Cleanup(r.Close)
	for _, c := range []struct {
		networks string
		want     webhook.Reason
	}{{"", webhook.ReasonForbidden}, {"10.0.0.0/8", webhook.ReasonForbidden}, {"127.0.0.0/8", webhook.ReasonConnection}} { // connected, but it speaks no TLS
		host := webhook.Host{Name: "hooks.example.com"}
		if c.networks != "" {
			host.Networks = []netip.Prefix{netip.MustParsePrefix(c.networks)}
		}
		base.Run("DELETE FROM webhook_subscriptions")
		base.Run("DELETE FROM webhooks")
		base.Webhooks = webhook.NewService(base.Main, base.Vault, base.Log, base.Guard, clock.Of(base.Clock), webhook.Hosts{host})
		h := dispatching(base)
		h.SetResolver(nameServer(t, net.IPv4(127, 0, 0, 1)))
		hook, _ := h.add(atHost(t, r, "hooks.example.com"))
		h.emit("K-0000000001")
		h.round()
		if d := h.last(hook); d.Reason != c.want {
			t.Errorf("%q: %+v", c.networks, d)
		}
		if connected := len(touched) > 0; connected != (c.want == webhook.ReasonConnection) {
			t.Errorf("%q: connected to: %v", c.networks, connected)
		}
	}
}

func TestUnknownNameIsSaidToBeUnknown(t *testing.T) {
	h := newHouse(t)
	h.SetResolver(nameServer(t, nil)) // an answer without an address
	hook, _ := h.add("https://hooks.example.com/")
	h.emit("K-0000000001")
	h.round()
	if d := h.last(hook); d.Reason != webhook.ReasonName {
		t.Errorf("%+v", d)
	}
}

func TestNobodyThereIsSaidToBeNoConnection(t *testing.T) {
	h := newHouse(t)
	r := newReceiver(t, nil)
	hook, _ := h.add(r.URL)
	r.Close()
	h.emit("K-0000000001")
	h.round()
	if d := h.last(hook); d.Reason != webhook.ReasonConnection {
		t.Errorf("%+v", d)
	}
}

func TestReceiverMustProveWhoItIs(t *testing.T) {
	h := newHouse(t)
	r := &receiver{}
	r.Server = httptest.NewUnstartedServer(r)
	r.Config.ErrorLog = log.New(io.Discard, "", 0)
	r.StartTLS()
	t.Cleanup(r.Close)
	hook, _ := h.add(r.URL)
	h.emit("K-0000000001")
	h.round()
	if d := h.last(hook); d.Reason != webhook.ReasonCertificate || len(r.received()) != 0 {
		t.Errorf("%+v, %d requests", d, len(r.received()))
	}
	roots := x509.NewCertPool()
	roots.AddCert(r.Certificate())
	h.SetRoots(roots)
	h.Clock.Advance(time.Minute)
	h.round()
	if d := h.last(hook); d.Outcome != webhook.Delivered || len(r.received()) != 1 {
		t.Errorf("%+v, %d requests", d, len(r.received()))
	}
}

func TestHostThatIsNoLongerListedGetsNothing(t *testing.T) {
	h := newHouse(t)
	r := newReceiver(t, nil)
	hook, _ := h.add(r.URL)
	h.emit("K-0000000001")
	h.Webhooks = webhook.NewService(h.Main, h.Vault, h.Log, h.Guard, clock.Of(h.Clock), nil)
	h = dispatching(h.House)
	h.round()
	if d := h.last(hook); d.Reason != webhook.ReasonNotListed || len(r.received()) != 0 {
		t.Errorf("%+v, %d requests", d, len(r.received()))
	}
}

func TestWithoutItsSecretNothingIsSentUnsigned(t *testing.T) {
	h := newHouse(t)
	r := newReceiver(t, nil)
	hook, _ := h.add(r.URL)
	h.must(h.Vault.Destroy(ctx, vault.Webhook(hook)))
	h.emit("K-0000000001")
	h.round()
	if d := h.last(hook); d.Reason != webhook.ReasonSecret || len(r.received()) != 0 {
		t.Errorf("%+v, %d requests", d, len(r.received()))
	}
}

func TestLogHoldsNoAddressAndNoSecret(t *testing.T) {
	h := newHouse(t)
	_, secret := h.add("http://127.0.0.1:1/path-of-theirs?key=word-of-theirs")
	h.emit("K-0000000001")
	h.round()
	h.must(h.Main.Close())
	if err := h.Round(ctx); err == nil {
		t.Error("a database that is gone is no failure")
	}
	for _, word := range []string{secret, "path-of-theirs", "word-of-theirs", "K-0000000001", "127.0.0.1"} {
		if strings.Contains(h.logs.String(), word) {
			t.Errorf("the log holds %q: %s", word, h.logs)
		}
	}
}

func TestTrialByHandSaysWhatCameOfIt(t *testing.T) {
	h := newHouse(t)
	r := newReceiver(t, answers(202))
	hook, _ := h.add(r.URL)
	result, err := h.Try(ctx, h.Actor(policies.Admin), hook)
	if err != nil || result != (webhook.Result{Status: 202}) {
		t.Errorf("%+v, %v", result, err)
	}
	if all := r.received(); len(all) != 1 || !strings.Contains(string(all[0].body), `"kind":"webhook.test","customer":""`) || all[0].header.Get("Shuke-Signature") == "" {
		t.Errorf("%+v", all)
	}
	r.answer = answers(500)
	h.Clock.Advance(time.Second)
	if result, err := h.Try(ctx, h.Actor(policies.Admin), hook); err != nil || result != (webhook.Result{Reason: webhook.ReasonStatus, Status: 500}) {
		t.Errorf("%+v, %v", result, err)
	}
	if d := h.last(hook); d.Outcome != webhook.GivenUp || d.Kind != webhook.Test {
		t.Errorf("%+v", d)
	}
	if _, err := h.Try(ctx, h.Clerk(), hook); err == nil || len(r.received()) != 2 {
		t.Error("a clerk may")
	}
}
