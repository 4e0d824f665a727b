package browser

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"sync"
	"testing"
	"time"

	"shuke/models/modelstest"
)

// held keeps the answer to one query of the look-up back until it is released.
type held struct {
	query    string
	reached  chan struct{}
	released chan struct{}
	once     sync.Once
}

func (h *held) around(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/look-up" && r.Method == http.MethodPost {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				return
			}
			r.Body = io.NopCloser(bytes.NewReader(body))
			if form, err := url.ParseQuery(string(body)); err == nil && form.Get("q") == h.query {
				h.once.Do(func() { close(h.reached) })
				<-h.released
			}
		}
		next.ServeHTTP(w, r)
	})
}

func TestAnAnswerThatComesTooLateIsDropped(t *testing.T) {
	s := newSite(t)
	h := &held{query: "zmy", reached: make(chan struct{}), released: make(chan struct{})}
	s.around = h.around
	b := s.visitor(t)
	b.signIn("front_desk", modelstest.Password)
	b.do(`window.seen = []; const hits = document.querySelector('[data-lookup-hits]');
		new MutationObserver(() => window.seen.push(hits.innerText)).observe(hits, {childList: true, subtree: true});`)
	b.write("zmy")
	select {
	case <-h.reached:
	case <-time.After(patience):
		t.Fatal("the first words were never sent")
	}
	b.write(" ")
	close(h.released)
	b.write("1234")
	b.until("document.querySelector('[data-lookup-hits]').dataset.for === 'zmy 1234' && document.querySelectorAll('[role=option]').length === 1")
	if b.is("window.seen.some(text => text.includes('周明远'))") {
		t.Error("the answer to the words typed before was shown")
	}
}
