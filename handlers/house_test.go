package handlers

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"shuke/config"
	"shuke/handlers/webhooks"
	"shuke/models/audit"
	"shuke/models/clock"
	"shuke/models/db"
	"shuke/models/imports"
	"shuke/models/intake"
	"shuke/models/lease"
	"shuke/models/modelstest"
	"shuke/models/staff"
	"shuke/policies"
	"shuke/views/text"
)

// webHouse is a House behind its pages. What the pages log is kept, and every
// answer is held to the headers all answers have.
type webHouse struct {
	*modelstest.House
	Intakes *intake.Service
	app     *App
	url     *url.URL
	logs    *bytes.Buffer
	made    int // sessions and tokens made so far
}

func newWebHouse(t testing.TB) *webHouse {
	t.Helper()
	return newWebHouseAt(t, map[string]any{"url": "http://localhost:8080"})
}

// newWebHouseAt takes other settings.
func newWebHouseAt(t testing.TB, settings map[string]any) *webHouse {
	t.Helper()
	s, err := config.Load("", nil, settings)
	if err != nil {
		t.Fatal(err)
	}
	texts, err := text.Load()
	if err != nil {
		t.Fatal(err)
	}
	h := &webHouse{House: modelstest.NewHouse(t), logs: &bytes.Buffer{}}
	if h.url, err = url.Parse(s.URL); err != nil {
		t.Fatal(err)
	}
	h.Intakes = openIntakes(t, h.House)
	h.app, err = New(s, Services{Intakes: h.Intakes, Staff: h.Staff, Customers: h.Customers, Relations: h.Relations, Cards: h.Cards, Standing: h.Standing, Members: h.Members, Purposes: h.Purposes, Library: h.Library, Rights: h.Rights, Arrivals: h.Arrivals, Hub: h.Hub, Gate: h.Gate, Guard: h.Guard, Webhooks: h.Webhooks, Dispatcher: webhooks.NewDispatcher(h.Webhooks, clock.Of(h.Clock), slog.New(slog.DiscardHandler)), Events: audit.NewReader(h.Main),
		Clock: clock.Of(h.Clock), Texts: texts,
		Ready: h.Main.Ping}, slog.New(slog.NewJSONHandler(h.logs, &slog.HandlerOptions{Level: slog.LevelDebug})))
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// openIntakes takes files in for a House, in a folder of its own.
func openIntakes(t testing.TB, h *modelstest.House) *intake.Service {
	t.Helper()
	c, quiet := clock.Of(h.Clock), slog.New(slog.DiscardHandler)
	s, err := intake.New(intake.Services{DB: h.Main, Vault: h.Vault, Log: h.Log, Gate: h.Gate, Guard: h.Guard, Clock: c, Staff: h.Staff,
		Imports: imports.New(h.Main, h.Vault, h.Log, h.Customers, c), Leases: lease.NewService(h.Main, c, quiet)}, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// session signs a person in without the price of a password: the row that a
// sign-in would write. It returns the cookie's secret.
func (h *webHouse) session(login string) string {
	h.T.Helper()
	h.made++
	secret := fmt.Sprintf("secret-of-%s-%d", login, h.made)
	now := h.Clock.Now()
	h.Run("INSERT INTO sessions (id, staff_id, created_at, seen_at, ends_at, address, agent, notices) SELECT ?, id, ?, ?, ?, '', '', '' FROM staff WHERE login = ?",
		hashed(secret), db.Millis(now), db.Millis(now), db.Millis(now.Add(staff.SessionLife)), login)
	return secret
}

// token makes a bearer token of a person as session makes a session. It may ask
// as fast as any: tests stand still in time.
func (h *webHouse) token(login string) string {
	h.T.Helper()
	h.made++
	secret := fmt.Sprintf("shuke_token-of-%s-%d", login, h.made)
	h.Run("INSERT INTO tokens (id, staff_id, label, created_at, per_second, per_hour) SELECT ?, id, 'test', ?, ?, ? FROM staff WHERE login = ?",
		hashed(secret), db.Millis(h.Clock.Now()), staff.TokenSecondsMost, staff.TokenHourMost, login)
	return secret
}

func hashed(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// ask is one request: of a browser with that session, or of a program with a
// token. Header holds further headers as name, value pairs.
type ask struct {
	method, path string
	session      string
	token        string
	form         url.Values
	parts        []part // of a form that carries files
	json         string
	header       []string
	host         string
	ctx          context.Context
}

// got is an answer, read.
type got struct {
	*httptest.ResponseRecorder
	body string
}

func (h *webHouse) do(a ask) got {
	h.T.Helper()
	w := httptest.NewRecorder()
	h.app.ServeHTTP(w, h.request(a))
	g := got{w, w.Body.String()}
	h.checkHeaders(a, g)
	return g
}

func (h *webHouse) request(a ask) *http.Request {
	if a.method == "" {
		a.method = http.MethodGet
	}
	body := a.json
	kind := "application/x-www-form-urlencoded"
	if a.form != nil {
		body = a.form.Encode()
	}
	if a.parts != nil {
		body, kind = multiparts(a.parts)
	}
	r := httptest.NewRequest(a.method, h.url.Scheme+"://"+h.url.Host+a.path, strings.NewReader(body))
	switch {
	case a.json != "":
		r.Header.Set("Content-Type", "application/json")
	case a.form != nil || a.method == http.MethodPost:
		r.Header.Set("Content-Type", kind)
	}
	if a.session != "" {
		r.AddCookie(&http.Cookie{Name: h.cookieName(), Value: a.session})
	}
	if a.token != "" {
		r.Header.Set("Authorization", "Bearer "+a.token)
	}
	for i := 0; i+1 < len(a.header); i += 2 {
		r.Header.Add(a.header[i], a.header[i+1])
	}
	if a.host != "" {
		r.Host = a.host
	}
	if a.ctx != nil {
		r = r.WithContext(a.ctx)
	}
	return r
}

// part is a field of a form that carries files; file is the name of one.
type part struct{ name, file, content string }

func partsOf(form url.Values) []part {
	var out []part
	for name, values := range form {
		for _, v := range values {
			out = append(out, part{name: name, content: v})
		}
	}
	return out
}

func multiparts(parts []part) (body, kind string) {
	var b strings.Builder
	w := multipart.NewWriter(&b)
	for _, p := range parts {
		to, err := w.CreateFormField(p.name)
		if p.file != "" {
			to, err = w.CreateFormFile(p.name, p.file)
		}
		if err == nil {
			_, err = io.WriteString(to, p.content)
		}
		if err != nil {
			panic(err)
		}
	}
	_ = w.Close()
	return b.String(), w.FormDataContentType()
}

// AddFile hands a file in as the custodian of the House.
func (h *webHouse) AddFile(content string, set intake.Settings) string {
	h.T.Helper()
	ctx, a := context.Background(), h.Actor(policies.Custodian)
	set.Target, set.Mode, set.Channel, set.Source, set.BranchID = cmp.Or(set.Target, imports.ToCustomers), cmp.Or(set.Mode, imports.Add), cmp.Or(set.Channel, "list"), cmp.Or(set.Source, "老系统"), a.BranchID
	id, err := h.Intakes.Receive(ctx, a, "客人名单.csv", strings.NewReader(content))
	if err == nil {
		id, err = h.Intakes.Begin(ctx, a, id, set, "")
	}
	if err != nil {
		h.T.Fatal(err)
	}
	return id
}

func (h *webHouse) cookieName() string {
	return (&sessionStore{secure: h.url.Scheme == "https"}).cookieName()
}

// get opens a page as the person of that session and wants it to be there.
func (h *webHouse) page(session, path string) got {
	h.T.Helper()
	g := h.do(ask{path: path, session: session})
	if g.Code != http.StatusOK {
		h.T.Fatalf("%s: %d\n%s", path, g.Code, g.body)
	}
	return g
}

// doc is the answer as a document.
func (g got) doc(t testing.TB) *goquery.Document {
	t.Helper()
	d, err := goquery.NewDocumentFromReader(strings.NewReader(g.body))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// cookie is a cookie the answer sets, nil when it does not.
func (g got) cookie(name string) *http.Cookie {
	for _, c := range g.Result().Cookies() {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// checkHeaders holds any answer, whatever its status, to what browsers must be
// told.
func (h *webHouse) checkHeaders(a ask, g got) {
	h.T.Helper()
	want := map[string]string{
		"Content-Security-Policy": contentPolicy, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
		"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin", "Cache-Control": "no-store",
		"Access-Control-Allow-Origin": "", "Server": "", "X-Powered-By": "",
	}
	if strings.HasPrefix(a.path, "/static/") && g.Code == http.StatusOK {
		want["Cache-Control"] = "public, max-age=31536000, immutable"
	}
	if h.url.Scheme == "https" {
		want["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
	}
	for name, value := range want {
		if got := strings.Join(g.Header().Values(name), "; "); got != value {
			h.T.Errorf("%s %s, %d: %s is %q, not %q", a.method, a.path, g.Code, name, got, value)
		}
	}
	for _, c := range g.Result().Cookies() {
		if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || c.Secure != (h.url.Scheme == "https") {
			h.T.Errorf("%s %s, %d: cookie %s is %+v", a.method, a.path, g.Code, c.Name, c)
		}
	}
}

// dump is the content of every table but those named, as text: what a request
// wrote is what differs.
func (h *webHouse) dump(but ...string) map[string]string {
	h.T.Helper()
	out := map[string]string{}
	for prefix, d := range map[string]*db.DB{"": h.Main, "keys.": h.Keys} {
		for _, table := range tablesOf(h.T, d) {
			out[prefix+table] = rowsOf(h.T, d, "SELECT * FROM "+table)
		}
	}
	for _, name := range but {
		delete(out, name)
	}
	return out
}

func tablesOf(t testing.TB, d *db.DB) []string {
	t.Helper()
	query := "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
	if d.Dialect() == db.MySQL {
		query = "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY table_name"
	}
	return strings.Fields(rowsOf(t, d, query))
}

func rowsOf(t testing.TB, d *db.DB, query string) string {
	t.Helper()
	rows, err := d.Read(context.Background()).Raw(query).Rows()
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	values, at := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		at[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(at...); err != nil {
			t.Fatal(err)
		}
		for _, v := range values {
			if raw, ok := v.([]byte); ok {
				v = string(raw)
			}
			fmt.Fprintf(&b, "%v\t", v)
		}
		b.WriteByte('\n')
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
