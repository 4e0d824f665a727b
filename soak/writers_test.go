//go:build soak

package soak

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestSoakManyWriters lets sixteen clerks add, edit the same customers and open
// their cards at once: nobody gets a failure, and of two who edit the same
// version one is told so.
func TestSoakManyWriters(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.serve()
		var clerks []*clerk
		for n := range 16 {
			clerks = append(clerks, hireClerk(h, n+1))
		}
		for range 4 { // whom all edit
			if status, err := clerks[0].send(clerks[0].newGuest()); err != nil || clerks[0].pending != nil {
				t.Fatalf("the first guests: %d, %v", status, err)
			}
		}
		common := clerks[0].guests
		each, seed := number(t, "SHUKE_SOAK_REQUESTS", 60), dice(t).Uint64()
		results := make([]tally, len(clerks))
		var working sync.WaitGroup
		began := time.Now()
		for i, k := range clerks {
			working.Add(1)
			go func() {
				defer working.Done()
				results[i] = k.jostle(common, each, rand.New(rand.NewPCG(seed, uint64(i))))
			}()
		}
		working.Wait()
		took := time.Since(began)
		sum := tally{edits: map[string]int64{}, opened: map[string]int64{}}
		for i, r := range results {
			r.wrong.fail(t, fmt.Sprintf("clerk %d", i+1))
			sum.add(r)
		}
		t.Logf("%d added, %d edits saved, %d stale, %d cards opened in %v", sum.added, total(sum.edits), sum.stale, total(sum.opened), took.Round(time.Millisecond))
		h.stop()
		sum.compare(t, h, common, clerks)
	})
}

// tally is what one clerk was answered.
type tally struct {
	added  int
	stale  int
	edits  map[string]int64 // saved, by customer
	opened map[string]int64 // cards shown, by customer
	wrong  said
}

func (s *tally) add(r tally) {
	s.added, s.stale = s.added+r.added, s.stale+r.stale
	for id, n := range r.edits {
		s.edits[id] += n
	}
	for id, n := range r.opened {
		s.opened[id] += n
	}
}

func total(m map[string]int64) (n int64) {
	for _, v := range m {
		n += v
	}
	return n
}

// jostle adds customers of the clerk's own, edits common ones at the version
// the form says, and opens cards.
func (k *clerk) jostle(common []*guest, requests int, dice *rand.Rand) tally {
	r := tally{edits: map[string]int64{}, opened: map[string]int64{}}
	for range requests {
		switch g := common[dice.IntN(len(common))]; dice.IntN(3) {
		case 0:
			if status, err := k.send(k.newGuest()); err != nil || k.pending != nil {
				r.wrong.add("adding: %d, %v", status, err)
				k.pending = nil
			} else {
				r.added++
			}
		case 1:
			if status, page, err := k.get("/customers/" + g.id); err != nil || status != http.StatusOK || !strings.Contains(page, g.id) {
				r.wrong.add("card: %d, %v", status, err)
			} else {
				r.opened[g.id]++
			}
		default:
			k.editAsShown(g, &r)
		}
	}
	return r
}

func (k *clerk) editAsShown(g *guest, r *tally) {
	status, page, err := k.get("/customers/" + g.id + "/edit/life")
	version, found := hidden(page, "version")
	if err != nil || status != http.StatusOK || !found {
		r.wrong.add("edit form: %d, %v", status, err)
		return
	}
	k.counter++
	body := form(map[string]string{"hobby.0": k.word()})
	body.Set("version", strconv.FormatInt(version, 10))
	answer, _, err := k.post("/customers/"+g.id+"/edit/life", body)
	switch {
	case err != nil:
		r.wrong.add("edit: %v", err)
	case answer.StatusCode == http.StatusSeeOther:
		r.edits[g.id]++
	case answer.StatusCode == http.StatusConflict:
		r.stale++
	default:
		r.wrong.add("edit: %d", answer.StatusCode)
	}
}

// hidden reads a number from a hidden box of a form.
func hidden(page, name string) (int64, bool) {
	_, rest, found := strings.Cut(page, `name="`+name+`" value="`)
	text, _, closed := strings.Cut(rest, `"`)
	n, err := strconv.ParseInt(text, 10, 64)
	return n, found && closed && err == nil
}

// compare wants each saved edit as one version and one fact, and each card that
// was shown counted.
func (s *tally) compare(t *testing.T, h *house, common []*guest, clerks []*clerk) {
	t.Helper()
	d := h.open()
	defer d.close()
	var wrong said
	for _, g := range common {
		var id, version int64
		must(t, d.main.Pool().QueryRow("SELECT id, version FROM customers WHERE public_id = ?", g.id).Scan(&id, &version))
		if version != 1+s.edits[g.id] {
			wrong.add("%s has version %d after %d saved edits", g.id, version, s.edits[g.id])
		}
		if n := d.count(t, "SELECT COUNT(*) FROM facts WHERE customer_id = ? AND field = 'hobby'", id); n != 1+s.edits[g.id] {
			wrong.add("%s has %d values of hobby after %d saved edits", g.id, n, s.edits[g.id])
		}
		shown := d.count(t, "SELECT COUNT(*) FROM audit_events WHERE customer_id = ? AND action IN ('customer.opened', 'customer.edit_opened')", id)
		counted := d.count(t, "SELECT COALESCE(SUM(times), 0) FROM disclosures WHERE customer_id = ? AND surface = 2", id)
		if shown != counted || shown < s.opened[g.id] {
			wrong.add("%s was opened %d times, counted %d, recorded %d", g.id, s.opened[g.id], counted, shown)
		}
	}
	if n := d.count(t, "SELECT COUNT(*) FROM customers"); n != int64(len(common)+s.added) {
		wrong.add("%d customers, %d were added", n, len(common)+s.added)
	}
	wrong.fail(t, "after all writers")
	for i, k := range clerks {
		if i == 0 {
			k.guests = k.guests[len(common):]
		}
		known(t, d, k.guests)
	}
	sound(t, h, d, &record{}, 1)
}
