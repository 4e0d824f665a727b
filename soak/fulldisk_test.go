//go:build soak

package soak

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
)

// failures are the statuses by which a save may be answered when it failed.
var failures = []int{http.StatusServiceUnavailable}

// TestSoakFullDisk fills the disk on which the data folder lies: no save is
// answered that is not there, no card is shown that is not recorded, and with
// free space everything goes on.
func TestSoakFullDisk(t *testing.T) {
	dir := folder(t)
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=12m"); err != nil {
		t.Skip("needs the right to mount a small disk:", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	h := sqliteIn(t, dir)
	h.log = filepath.Join(folder(t), "server.log")
	h.serve()
	k := hireClerk(h, 1)
	for range 5 {
		if _, err := k.send(k.newGuest()); err != nil || k.pending != nil {
			t.Fatal("the first guests are not saved: ", err)
		}
	}
	for turn := range 3 {
		ballast := fill(t, dir)
		k.untilRefused(t, turn)
		cards := k.untilHidden(t)
		must(t, os.Remove(ballast))
		k.recovered(t, cards)
	}
	h.stop()
	d := h.open()
	defer d.close()
	known(t, d, k.guests)
	if n := d.count(t, "SELECT COUNT(*) FROM customers"); n != int64(len(k.guests)) {
		t.Errorf("%d customers, %d were saved", n, len(k.guests))
	}
	sound(t, h, d, &record{}, 1)
}

// fill writes a file until there is no space left.
func fill(t *testing.T, dir string) string {
	t.Helper()
	path := filepath.Join(dir, "ballast")
	f, err := os.Create(path)
	must(t, err)
	defer f.Close()
	for size := 1 << 16; size > 0; {
		if _, err := f.Write(make([]byte, size)); err != nil {
			size /= 2
		}
	}
	return path
}

// untilRefused adds and changes guests until that is answered as failed.
func (k *clerk) untilRefused(t *testing.T, turn int) {
	t.Helper()
	for n := range 2000 {
		l := k.newGuest()
		if n%2 == turn%2 {
			l = k.change(k.guests[n%len(k.guests)])
		}
		status, err := k.send(l)
		if err != nil {
			t.Fatalf("no answer on a full disk: %v; %s", err, k.h.server.out.tail())
		}
		if k.pending == nil {
			continue
		}
		if !slices.Contains(failures, status) {
			t.Fatalf("a save that failed is answered %d", status)
		}
		t.Logf("turn %d: %d saves fitted, the next was answered %d", turn+1, n, status)
		return
	}
	t.Fatal("the disk is full and everything is saved")
}

// untilHidden opens cards until they are refused, and returns how many were
// shown.
func (k *clerk) untilHidden(t *testing.T) int {
	t.Helper()
	for n := range 20_000 {
		switch status, _, err := k.get("/customers/" + k.guests[0].id); {
		case err != nil:
			t.Fatal(err)
		case status == http.StatusServiceUnavailable:
			return n
		case status != http.StatusOK:
			t.Fatalf("a card that cannot be recorded is answered %d", status)
		}
	}
	t.Fatal("the disk is full and everything is recorded")
	return 0
}

// recovered sends the failed form again and opens a card, with space again.
func (k *clerk) recovered(t *testing.T, cards int) {
	t.Helper()
	l := k.pending
	if status, err := k.send(l); err != nil || k.pending != nil {
		t.Fatalf("with space again: %d, %v", status, err)
	}
	shown(t, k, k.guests[:1])
	d := k.h.open()
	defer d.close()
	effects(t, d, l.body.Get("hobby.0"))
	counted := d.count(t, "SELECT COALESCE(SUM(times), 0) FROM disclosures WHERE surface = 2")
	recorded := d.count(t, "SELECT COUNT(*) FROM audit_events WHERE action IN ('customer.opened', 'customer.edit_opened')")
	if counted != recorded || counted < int64(cards)+1 {
		t.Fatal(fmt.Sprintf("%d cards shown, %d counted, %d recorded", cards+1, counted, recorded))
	}
}
