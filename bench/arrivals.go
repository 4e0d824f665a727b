package bench

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// sheetRounds is how often a sheet is asked for.
const sheetRounds = 60

// Sheet measures the sheet of arrivals of a day that was filled for it.
func (h House) Sheet(ctx context.Context, w io.Writer, day string, guests, preparations int) (Line, error) {
	c := &clerk{app: h.App, host: h.Host}
	if err := c.signIn(ctx, h.Login, h.Password); err != nil {
		return Line{}, err
	}
	path := "/arrivals?" + url.Values{"day": {day}}.Encode()
	page := c.do(ctx, http.MethodGet, path, nil).Body.String()
	if n := strings.Count(page, "data-prep="); n < preparations {
		return Line{}, fmt.Errorf("the sheet has %d preparations of %d", n, preparations)
	}
	m, err := c.measure(ctx, h.Main, []request{{http.MethodGet, path, nil}}, sheetRounds)
	if err != nil {
		return Line{}, err
	}
	l := h.line(fmt.Sprintf("arrivals, %d with %d to make ready", guests, preparations), m, "")
	l.OK = ratio(l.P50, l.Bare50) <= 3 && m.statements <= 11
	l.Limit = fmt.Sprintf("<= 3 x bare at p50, <= 11 statements (%d statements)", m.statements)
	l.Print(w)
	return l, nil
}

// openSheets is how many others have the sheet open while one ticks.
const openSheets = 9

// Ticks measures how long after its answer a tick is on the other open sheets.
func (h House) Ticks(ctx context.Context, w io.Writer, p *Process, day string, keys []string) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	heard := make(chan string, 1000)
	cookie, err := p.signIn(h.Login, h.Password)
	if err != nil {
		return err
	}
	tick := func(box, key string) error {
		stay, wish, _ := strings.Cut(key, " ")
		return p.post(ctx, "/stays/"+stay+"/ticks", cookie, url.Values{box: {wish}})
	}
	for _, key := range keys { // what an earlier run ticked
		if err := tick("was", key); err != nil {
			return err
		}
	}
	// Whoever comes first hears of what was just booked, and may be too slow for
	// all of it: those who are measured come when that is over.
	if err := p.listen(ctx, cookie, make(chan string, 10_000)); err != nil {
		return err
	}
	time.Sleep(time.Second)
	for range openSheets {
		if cookie, err = p.signIn(h.Login, h.Password); err != nil {
			return err
		}
		if err := p.listen(ctx, cookie, heard); err != nil {
			return err
		}
	}
	var took []time.Duration
	for _, key := range keys {
		if err := tick("done", key); err != nil {
			return err
		}
		answered := time.Now()
		for n := 0; n < openSheets; {
			select {
			case body := <-heard:
				stay, wish, _ := strings.Cut(key, " ")
				if strings.Contains(body, stay) && strings.Contains(body, wish) && strings.Contains(body, `"done":true`) {
					n++
				}
			case <-time.After(10 * time.Second):
				return fmt.Errorf("%d of %d sheets heard of a tick within ten seconds", n, openSheets)
			}
		}
		took = append(took, time.Since(answered))
	}
	last := quantile(took, 1)
	Line{Name: fmt.Sprintf("a tick on %d other sheets", openSheets), Database: string(h.Main.Dialect()), Size: h.Size, Value: fmt.Sprintf("p50 %s, slowest %s after its commit", short(quantile(took, 0.5)), short(last)),
		Limit: "< 1 s", OK: last < time.Second}.Print(w)
	return nil
}

// listen opens the stream of a browser and hands on what it is told.
func (p *Process) listen(ctx context.Context, cookie string, heard chan<- string) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+p.Addr+"/events", nil)
	if err != nil {
		return err
	}
	r.Header.Set("Cookie", cookie)
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		return errors.Join(fmt.Errorf("the stream answered %d", answer.StatusCode), answer.Body.Close())
	}
	lines := bufio.NewReader(answer.Body)
	if _, err := lines.ReadString('\n'); err != nil { // it has begun
		return err
	}
	go func() {
		defer answer.Body.Close()
		for {
			line, err := lines.ReadString('\n')
			if err != nil {
				return
			}
			if body, found := strings.CutPrefix(line, "data: "); found {
				heard <- body
			}
		}
	}()
	return nil
}

func (p *Process) post(ctx context.Context, path, cookie string, form url.Values) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+p.Addr+path, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("HX-Request", "true")
	r.Header.Set("Cookie", cookie)
	answer, err := browser.Do(r)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, answer.Body)
	if answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answered %d", path, answer.StatusCode)
	}
	return errors.Join(err, answer.Body.Close())
}
