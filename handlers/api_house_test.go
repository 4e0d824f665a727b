package handlers

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"shuke/config"
	"shuke/handlers/api"
	"shuke/handlers/webhooks"
	"shuke/models/clock"
	"shuke/models/modelstest"
	"shuke/models/staff"
	"shuke/policies"
	"shuke/views/text"
)

// callHouse is a House with the program in front of it and a token a role.
type callHouse struct {
	*modelstest.House
	app    *App
	tokens map[policies.Role]string
}

func newCallHouse(t testing.TB) *callHouse {
	t.Helper()
	h := &callHouse{House: modelstest.NewHouse(t), tokens: map[policies.Role]string{}}
	texts, err := text.Load()
	if err != nil {
		t.Fatal(err)
	}
	settings, err := config.Load("", nil, map[string]any{"url": "http://localhost:8080"})
	if err != nil {
		t.Fatal(err)
	}
	h.app, err = New(settings, Services{Staff: h.Staff, Customers: h.Customers, Relations: h.Relations, Cards: h.Cards, Standing: h.Standing, Members: h.Members, Purposes: h.Purposes, Arrivals: h.Arrivals, Rights: h.Rights, Gate: h.Gate, Guard: h.Guard, Webhooks: h.Webhooks, Dispatcher: webhooks.NewDispatcher(h.Webhooks, clock.Of(h.Clock), slog.New(slog.DiscardHandler)), Clock: clock.Of(h.Clock), Texts: texts,
		Ready: func(context.Context) error { return nil }}, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	for _, role := range policies.Roles {
		h.tokens[role] = h.token(string(role))
	}
	return h
}

// token makes a token that may ask as fast as any: tests stand still in time.
func (h *callHouse) token(login string) string {
	h.T.Helper()
	return h.tokenOf(login, func(d *staff.TokenDraft) { d.PerSecond, d.PerHour = staff.TokenSecondsMost, staff.TokenHourMost })
}

// tokenOf makes a token as the command line proposes it, changed by with.
func (h *callHouse) tokenOf(login string, with func(*staff.TokenDraft)) string {
	h.T.Helper()
	d := staff.NewTokenDraft(login, "test")
	with(&d)
	token, err := h.Staff.AddToken(context.Background(), modelstest.Shell(), d)
	if err != nil {
		h.T.Fatal(err)
	}
	return token
}

// reply is an answer, read.
type reply struct {
	*httptest.ResponseRecorder
	text string
}

// send makes a call; with holds further headers as name, value pairs.
func (h *callHouse) send(method, path, token, body string, with ...string) reply {
	h.T.Helper()
	r := httptest.NewRequest(method, "http://localhost:8080"+path, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i+1 < len(with); i += 2 {
		r.Header.Set(with[i], with[i+1])
	}
	w := httptest.NewRecorder()
	h.app.ServeHTTP(w, r)
	return reply{w, w.Body.String()}
}

func (h *callHouse) post(path, body string, with ...string) reply {
	h.T.Helper()
	return h.send(http.MethodPost, path, h.tokens[policies.FrontDesk], body, with...)
}

func (h *callHouse) get(path string, role policies.Role) reply {
	h.T.Helper()
	return h.send(http.MethodGet, path, h.tokens[role], "")
}

// as decodes an answer that must have the status.
func as[T any](t testing.TB, r reply, status int) T {
	t.Helper()
	var out T
	if r.Code != status {
		t.Fatalf("status %d, not %d: %s", r.Code, status, r.text)
	}
	if kind := r.Header().Get("Content-Type"); kind != "application/json" {
		t.Errorf("content type %q", kind)
	}
	if err := json.Unmarshal([]byte(r.text), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// problem decodes a problem document that must have the status.
func problem(t testing.TB, r reply, status int) api.Problem {
	t.Helper()
	var p api.Problem
	if r.Code != status {
		t.Fatalf("status %d, not %d: %s", r.Code, status, r.text)
	}
	if kind := r.Header().Get("Content-Type"); kind != api.ContentTypeProblem {
		t.Fatalf("content type %q: %s", kind, r.text)
	}
	if err := json.Unmarshal([]byte(r.text), &p); err != nil {
		t.Fatal(err)
	}
	if p.Type != "about:blank" || p.Status != status || p.Title == "" || p.Code == "" || p.Detail == "" || p.RequestID == "" {
		t.Errorf("incomplete problem %s", r.text)
	}
	return p
}
