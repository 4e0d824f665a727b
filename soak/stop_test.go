//go:build soak

package soak

import (
	"context"
	"math/rand/v2"
	"net/http"
	"os"
	"sync"
	"syscall"
	"testing"
	"time"
)

// TestSoakStopUnderLoad ends the server as an administrator does while clerks
// are writing: whoever's request was accepted is answered, whoever comes later
// is refused the connection, and a second signal or kill -9 in the midst leaves
// sound databases too.
func TestSoakStopUnderLoad(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.serve()
		dice := dice(t)
		var clerks []*clerk
		for n := range 6 {
			clerks = append(clerks, hireClerk(h, n+1))
		}
		c := &crash{house: h, t: t, clerks: clerks}
		for round := range number(t, "SHUKE_SOAK_STOPS", 6) {
			twice := round%3 == 2
			wrong := underLoad(clerks, dice, func() {
				pass(context.Background(), time.Duration(100+dice.IntN(900))*time.Millisecond)
				h.server.signal(syscall.SIGTERM)
				if twice {
					pass(context.Background(), time.Duration(dice.IntN(30))*time.Millisecond)
					h.server.signal([]os.Signal{syscall.SIGTERM, syscall.SIGKILL}[dice.IntN(2)])
				}
				code, err := h.server.wait(time.Minute)
				if err != nil || code != 0 && !twice {
					t.Errorf("round %d: exit code %d, %v: %s", round+1, code, err, h.server.out.tail())
				}
			})
			if !twice {
				unanswered(t, h, clerks, &wrong)
				wrong.fail(t, "while the server stopped")
			}
			h.serve()
			c.look(1)
		}
	})
}

// underLoad runs act while the clerks work until they are not answered, and
// returns the failures among the answers.
func underLoad(clerks []*clerk, dice *rand.Rand, act func()) said {
	var wrong said
	var mu sync.Mutex
	var working sync.WaitGroup
	for _, k := range clerks {
		working.Add(1)
		seed := dice.Uint64()
		go func() {
			defer working.Done()
			dice := rand.New(rand.NewPCG(seed, 1))
			for k.pending == nil {
				l := k.newGuest()
				if len(k.guests) > 0 && dice.IntN(3) > 0 {
					l = k.change(k.guests[dice.IntN(len(k.guests))])
				}
				if status, err := k.send(l); err == nil && status != http.StatusSeeOther {
					mu.Lock()
					wrong.add("%s: %d", l.path, status)
					mu.Unlock()
				}
			}
		}()
	}
	act()
	working.Wait()
	return wrong
}

// unanswered finds requests that had their effect and no answer. One that had
// none was not accepted: its connection was closed before it was read.
func unanswered(t *testing.T, h *house, clerks []*clerk, wrong *said) {
	t.Helper()
	d := h.open()
	defer d.close()
	for _, k := range clerks {
		if n := d.count(t, "SELECT COUNT(*) FROM facts WHERE field = 'hobby' AND value = ?", k.pending.body.Get("hobby.0")); n > 0 {
			wrong.add("%s had its effect and no answer", k.pending.path)
		}
	}
}
