package bench

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"time"

	"shuke/models/db"
)

// clerk is a signed-in browser that talks to the application without a network.
type clerk struct {
	app    http.Handler
	host   string
	cookie string
}

func (c *clerk) do(ctx context.Context, method, path string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequestWithContext(ctx, method, "http://"+c.host+path, strings.NewReader(form.Encode()))
	r.Host = c.host
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.Header.Set("HX-Request", "true")
	if c.cookie != "" {
		r.Header.Set("Cookie", c.cookie)
	}
	w := httptest.NewRecorder()
	c.app.ServeHTTP(w, r)
	return w
}

func (c *clerk) signIn(ctx context.Context, login, password string) error {
	w := c.do(ctx, http.MethodPost, "/sign-in", url.Values{"login": {login}, "password": {password}})
	cookies := w.Result().Cookies()
	if w.Code != http.StatusSeeOther || len(cookies) == 0 {
		return fmt.Errorf("sign-in as %s answered %d", login, w.Code)
	}
	c.cookie = cookies[0].Name + "=" + cookies[0].Value
	return nil
}

// request is one thing a clerk does.
type request struct {
	method, path string
	form         url.Values
}

// measured are the times of many requests beside those of their statements.
type measured struct {
	ours, bare []time.Duration
	key        []time.Duration // one read by primary key each, in between
	rows       int             // most rows any of them read
	statements int             // most statements any of them sent
}

// measure runs each request warm, then its very statements, then the least there
// is to ask, a row by its key: in turn, so that whatever else the machine does
// meets all alike.
func (c *clerk) measure(ctx context.Context, d *db.DB, requests []request, rounds int) (measured, error) {
	var m measured
	b, err := newBare(ctx, d)
	if err != nil {
		return m, err
	}
	defer b.close()
	for _, r := range requests {
		traced, trace := db.WithTrace(ctx)
		if w := c.do(traced, r.method, r.path, r.form); w.Code != http.StatusOK {
			return m, fmt.Errorf("%s %s answered %d", r.method, r.path, w.Code)
		}
		statements := trace.Statements()
		if _, err := b.run(ctx, statements); err != nil {
			return m, err
		}
		rows, err := b.rowsRead(ctx, statements)
		if err != nil {
			return m, err
		}
		m.rows, m.statements = max(m.rows, rows), max(m.statements, len(statements))
		for range rounds {
			begun := time.Now()
			c.do(ctx, r.method, r.path, r.form)
			m.ours = append(m.ours, time.Since(begun))
			took, err := b.run(ctx, statements)
			if err != nil {
				return m, err
			}
			m.bare = append(m.bare, took)
			if took, err = b.run(ctx, oneKey(len(m.key))); err != nil {
				return m, err
			}
			m.key = append(m.key, took)
		}
	}
	return m, nil
}

func oneKey(n int) []db.Statement {
	return []db.Statement{{SQL: "SELECT public_id FROM customers WHERE id = ?", Args: []any{int64(1 + n*37%50_000)}}}
}
