package bench

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"

	"shuke/models/db"
)

// House is a filled house to measure.
type House struct {
	App             http.Handler
	Host            string
	Main            *db.DB
	Size            int
	Login, Password string
}

// How much is measured: requests of a kind, and rounds of each.
const (
	mixedQueries = 190
	cardRequests = 100
	rounds       = 5
	// rowsPerTerm is the most index rows a word of a look-up may touch; the
	// measured ones have at most two.
	rowsPerTerm = 2000
)

// Pages measures look-up, card and the weight of the desk, and returns the
// lines that must not grow with the house.
func (h House) Pages(ctx context.Context, w io.Writer) (grows []Line, err error) {
	c := &clerk{app: h.App, host: h.Host}
	if err := c.signIn(ctx, h.Login, h.Password); err != nil {
		return nil, err
	}
	people, err := samples(ctx, h.Main, mixedQueries)
	if err != nil {
		return nil, err
	}
	for _, part := range []struct {
		name     string
		requests []request
		limit    string
		tail     bool // p99 is held as well
		most     int  // statements
	}{
		{"look-up, mixed", lookUps(people), "<= 3 x bare at p50 and p99", true, 14},
		{"look-up, wang and zhang 88", worst(), "<= 3 x bare at p50 and p99", true, 14},
		{"card", cards(people[:cardRequests]), "<= 3 x bare at p50, <= 15 statements", false, 15},
	} {
		m, err := c.measure(ctx, h.Main, part.requests, rounds)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", part.name, err)
		}
		l := h.line(part.name, m, part.limit)
		l.OK = ratio(l.P50, l.Bare50) <= 3 && (!part.tail || (ratio(l.P99, l.Bare99) <= 3 && m.rows <= 2*rowsPerTerm)) && m.statements <= part.most
		l.Limit = fmt.Sprintf("%s (%d statements)", l.Limit, m.statements)
		l.Print(w)
		grows = append(grows, l)
	}
	return grows, h.deskWeight(ctx, c, w)
}

func (h House) line(name string, m measured, limit string) Line {
	return Line{Name: name, Database: string(h.Main.Dialect()), Size: h.Size, P50: quantile(m.ours, 0.5), P99: quantile(m.ours, 0.99),
		Bare50: quantile(m.bare, 0.5), Bare99: quantile(m.bare, 0.99), Key50: quantile(m.key, 0.5), Rows: m.rows, Limit: limit}
}

var asset = regexp.MustCompile(`(?:href|src)="(/static/[^"]+)"`)

// deskWeight adds up what a browser fetches to show the desk for the first time.
func (h House) deskWeight(ctx context.Context, c *clerk, w io.Writer) error {
	page := c.do(ctx, http.MethodGet, "/desk", nil)
	found := asset.FindAllStringSubmatch(page.Body.String(), -1)
	if len(found) == 0 {
		return errNoDesk
	}
	bytes, requests := page.Body.Len(), 1
	for _, m := range found {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+h.Host+m[1], nil)
		if err != nil {
			return err
		}
		r.Header.Set("Accept-Encoding", "gzip")
		rec := httptest.NewRecorder()
		h.App.ServeHTTP(rec, r)
		bytes, requests = bytes+rec.Body.Len(), requests+1
	}
	Line{Name: "desk page, first visit", Database: string(h.Main.Dialect()), Size: h.Size, Value: fmt.Sprintf("%d bytes in %d requests", bytes, requests),
		Limit: "< 60 KB in <= 6 requests", OK: bytes < 60*1024 && requests <= 6}.Print(w)
	return nil
}
