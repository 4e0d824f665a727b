//go:build soak

package soak

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// clerk is a signed-in member of staff with a browser, and a notebook of what
// was answered as saved.
type clerk struct {
	h       *house
	n       int
	login   string
	cookie  string
	client  *http.Client
	guests  []*guest
	counter int
	pending *letter // sent without an answer
	touched map[*guest]bool
}

// guest is what the clerk knows to be saved of one customer.
type guest struct {
	id      string
	name    string
	version int64
	values  map[string]string // by slot
}

// letter is a form with its key.
type letter struct {
	path  string
	body  url.Values
	saved func(location string) // what an answer means
}

const newPassword = "kǒu-ling 74 mò"

// hireClerk adds a manager, who may change every field, and signs in.
func hireClerk(h *house, n int) *clerk {
	h.t.Helper()
	c := &clerk{h: h, n: n, login: fmt.Sprintf("clerk%02d", n), touched: map[*guest]bool{}}
	c.client = &http.Client{Timeout: 90 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	first := h.hire(c.login, "manager")
	for _, step := range []letter{
		{path: "/sign-in", body: url.Values{"login": {c.login}, "password": {first}}},
		{path: "/account/password", body: url.Values{"present": {first}, "chosen": {newPassword}}},
	} {
		answer, text, err := c.post(step.path, step.body)
		if err != nil || answer.StatusCode != http.StatusSeeOther && answer.StatusCode != http.StatusFound {
			h.t.Fatalf("%s: %v, %v: %s", step.path, err, answer, text)
		}
		c.cookie = strings.SplitN(answer.Header.Get("Set-Cookie"), ";", 2)[0]
	}
	return c
}

func (c *clerk) do(request *http.Request) (*http.Response, string, error) {
	request.Header.Set("Cookie", c.cookie)
	answer, err := c.client.Do(request)
	if err != nil {
		return nil, "", err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	return answer, string(text), err
}

func (c *clerk) post(path string, body url.Values) (*http.Response, string, error) {
	request, err := http.NewRequest(http.MethodPost, c.h.url(path), strings.NewReader(body.Encode()))
	if err != nil {
		return nil, "", err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return c.do(request)
}

func (c *clerk) get(path string) (int, string, error) {
	request, err := http.NewRequest(http.MethodGet, c.h.url(path), nil)
	if err != nil {
		return 0, "", err
	}
	answer, text, err := c.do(request)
	if err != nil {
		return 0, "", err
	}
	return answer.StatusCode, text, nil
}

// send sends a form; unless it is answered as saved it stays pending.
func (c *clerk) send(l *letter) (status int, err error) {
	c.pending = l
	answer, _, err := c.post(l.path, l.body)
	if err != nil {
		return 0, err
	}
	if answer.StatusCode == http.StatusSeeOther && strings.HasPrefix(answer.Header.Get("Location"), "/customers/") {
		l.saved(answer.Header.Get("Location"))
		c.pending = nil
	}
	return answer.StatusCode, nil
}

func onceKey() string {
	raw := make([]byte, 16)
	rand.Read(raw)
	return hex.EncodeToString(raw)
}

// form is a form's body with channel and key.
func form(values map[string]string) url.Values {
	body := url.Values{"channel": {"service"}, "once": {onceKey()}}
	for slot, v := range values {
		body.Set(slot, v)
	}
	return body
}

// newGuest is the form of a customer nobody else is like.
func (c *clerk) newGuest() *letter {
	c.counter++
	g := &guest{name: fmt.Sprintf("岳 Guest%dx%d", c.n, c.counter), version: 1}
	g.values = map[string]string{
		"name.0": g.name, "phone.0": fmt.Sprintf("+86139%02d%06d", c.n, c.counter), "hobby.0": c.word(), "document_kind.0": "other",
		"document_no.0": fmt.Sprintf("SK%02d%06d", c.n, c.counter), "city.0": "上海",
	}
	body := form(g.values)
	body.Set("kind", "individual")
	return &letter{path: "/customers", body: body, saved: func(location string) {
		g.id = strings.TrimPrefix(location, "/customers/")
		c.guests = append(c.guests, g)
		c.touched[g] = true
	}}
}

// change is a form that changes a plain and a sealed value of a guest.
func (c *clerk) change(g *guest) *letter {
	c.counter++
	values := map[string]string{"hobby.0": c.word(), "document_kind.0": "other", "document_no.0": fmt.Sprintf("SK%02d%06d", c.n, c.counter)}
	if c.counter%3 == 0 {
		values["phone.1"] = fmt.Sprintf("+86138%02d%06d", c.n, c.counter)
	}
	if c.counter%5 == 0 {
		values["name.0"] = fmt.Sprintf("%s Nr%d", strings.SplitN(g.name, " Nr", 2)[0], c.counter)
	}
	body := form(values)
	body.Set("version", strconv.FormatInt(g.version, 10))
	body.Set("base", "0")
	return &letter{path: "/customers/" + g.id + "/edit/life", body: body, saved: func(string) {
		g.version++
		for slot, v := range values {
			g.values[slot] = v
		}
		g.name = g.values["name.0"]
		c.touched[g] = true
	}}
}

// word is a value nobody else writes.
func (c *clerk) word() string { return fmt.Sprintf("Wort%dx%dx", c.n, c.counter) }
