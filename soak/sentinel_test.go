//go:build soak

package soak

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/models/vault"
	"shuke/policies"
)

// TestSoakSealedValuesAreNowhere plants values that nobody else writes in every
// sealed field, by form and by import, changes, reveals and looks them up, and
// searches every file for them. Then it destroys a customer's key.
func TestSoakSealedValuesAreNowhere(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.serve()
		p := &planter{t: t, clerk: hireClerk(h, 1), fields: switchedOn(t, h)}
		p.plant()
		p.importList()
		p.search("while the server runs")
		h.stop()
		p.search("after the server stopped")
		p.destroy()
	})
}

// switchedOn switches every sealed field on and lists them.
func switchedOn(t *testing.T, h *house) []customer.Field {
	t.Helper()
	d := h.open()
	defer d.close()
	ctx := context.Background()
	cat, err := d.customers.CurrentCatalogue(ctx)
	must(t, err)
	owner := policies.Actor{StaffID: 1, Role: policies.Owner, Status: policies.Active, Employment: policies.Regular, EmploymentConfirmed: true,
		HiredOn: "2019-03-01", Zone: time.UTC, Now: time.Now(), Via: policies.Browser}
	var out []customer.Field
	for _, f := range cat.For(customer.Individual, true) {
		if !f.Sealed() {
			continue
		}
		if !f.On {
			must(t, d.customers.SwitchField(ctx, owner, customer.Switch{Key: f.Key, On: true, Purposes: []string{"tailor"}, Reason: "soak test", Edition: f.Edition}))
		}
		out = append(out, f)
	}
	if len(out) < 15 {
		t.Fatalf("only %d sealed fields", len(out))
	}
	return out
}

// planter knows what was planted.
type planter struct {
	t         *testing.T
	clerk     *clerk
	fields    []customer.Field
	guest     *guest
	round     int
	sentinels []string // must be nowhere
	plain     string   // must be found, or the search is blind
}

// value invents a value of a field; unique is what to search for, nothing for
// values that cannot be told from others.
func (p *planter) value(f customer.Field) (typed string, unique []string) {
	n := fmt.Sprintf("%d%02d", p.round, f.Order%97)
	mark := fmt.Sprintf("Zqx%sjkv%s", n, strings.ReplaceAll(f.Key, "_", ""))
	switch f.Type {
	case catalogue.Document:
		number := "ZQX7" + n + "59JKV"
		return number, []string{number}
	case catalogue.Money:
		number := "8675309" + n
		return number + ".41", []string{number + "41", number + ".41"}
	case catalogue.Number:
		return "71", nil
	case catalogue.Date:
		day := fmt.Sprintf("2017-08-%02d", 20+p.round)
		return day, []string{day}
	case catalogue.Choice:
		return f.Options[p.round%len(f.Options)].Value, nil
	}
	return mark, []string{mark}
}

func (p *planter) values() map[string]string {
	p.round++
	out := map[string]string{"document_kind.0": "other"}
	for _, f := range p.fields {
		typed, unique := p.value(f)
		out[f.Key+".0"] = typed
		p.sentinels = append(p.sentinels, unique...)
	}
	return out
}

// plant adds a guest with every sealed field, changes all of them, has some
// forms refused, reveals a value and looks a document up.
func (p *planter) plant() {
	p.t.Helper()
	first := p.values()
	p.guest = &guest{version: 1, values: first}
	p.plain = "Offenwort7734"
	first["name.0"], first["hobby.0"] = "Sentinel Guest", p.plain
	body := form(first)
	body.Set("kind", "individual")
	p.send(&letter{path: "/customers", body: body, saved: func(at string) { p.guest.id = strings.TrimPrefix(at, "/customers/") }})
	second := p.values()
	body = form(second)
	body.Set("version", "1")
	path := "/customers/" + p.guest.id + "/edit/basic"
	p.send(&letter{path: path, body: body, saved: func(string) { p.guest.values = second }})
	third := form(p.values())
	third.Set("version", "1")
	p.refused(path, third, 409)
	wrong := form(p.values())
	wrong.Set("version", "2")
	wrong.Set("birth.0", "1980-13-41")
	p.refused(path, wrong, 422)
	if answer, _, err := p.clerk.post("/look-up", url.Values{"q": {second["document_no.0"]}}); err != nil || answer.StatusCode != 200 {
		p.t.Fatalf("look-up: %v, %v", answer, err)
	}
	p.reveal()
}

func (p *planter) send(l *letter) {
	p.t.Helper()
	if status, err := p.clerk.send(l); err != nil || p.clerk.pending != nil {
		answer, text, _ := p.clerk.post(l.path, l.body)
		p.t.Fatalf("%s: %d, %v: %v: %s", l.path, status, err, answer.StatusCode, problemsOf(text))
	}
}

// problemsOf is what a refused form says, for the message of a failed test.
func problemsOf(page string) string {
	_, rest, _ := strings.Cut(page, `role="alert"`)
	return rest[:min(len(rest), 1500)]
}

func (p *planter) refused(path string, body url.Values, want int) {
	p.t.Helper()
	if answer, _, err := p.clerk.post(path, body); err != nil || answer.StatusCode != want {
		p.t.Fatalf("a form to be refused: %v, %v", answer, err)
	}
}

// reveal looks behind one mask: the value is in that answer and nowhere else.
func (p *planter) reveal() {
	p.t.Helper()
	d := p.clerk.h.open()
	defer d.close()
	n := d.count(p.t, "SELECT n FROM facts WHERE customer_id = (SELECT id FROM customers WHERE public_id = ?) AND state = 0 AND field = 'document_no'", p.guest.id)
	answer, page, err := p.clerk.post("/customers/"+p.guest.id+"/reveal/"+strconv.FormatInt(n, 10), url.Values{"reason": {"check_in"}})
	if err != nil || answer.StatusCode != 200 || !strings.Contains(page, p.guest.values["document_no.0"]) {
		p.t.Fatalf("reveal: %v, %v", answer, err)
	}
	if open := d.count(p.t, "SELECT COUNT(*) FROM facts WHERE field IN ('"+strings.Join(p.keys(), "','")+"') AND (value IS NOT NULL OR sealed IS NULL)"); open > 0 {
		p.t.Fatalf("%d facts of sealed fields are not sealed", open)
	}
}

func (p *planter) keys() []string {
	var out []string
	for _, f := range p.fields {
		out = append(out, f.Key)
	}
	return out
}

// importList brings sealed values in by a file, one row of which is refused.
func (p *planter) importList() {
	p.t.Helper()
	p.sentinels = append(p.sentinels, "ZQX81220JKV", "ZQX81221JKV", "Zqxkrank81222")
	path := filepath.Join(folder(p.t), "sealed.csv")
	must(p.t, os.WriteFile(path, []byte("姓名,手机,社保号,健康\n张三,13700000001,ZQX81220JKV,Zqxkrank81222\n,13700000002,ZQX81221JKV,\n"), 0o600))
	said := p.clerk.h.command("import", "customers", path, "--channel", "partner", "--source", "soak", "--map", "健康=health")
	if !strings.Contains(said, "created 1, joined 0, refused 1") {
		p.t.Fatal(said)
	}
	p.absent("what the import says", []byte(said))
}

// search looks for the sentinels in every file the house has.
func (p *planter) search(when string) {
	p.t.Helper()
	h := p.clerk.h
	files, found := 0, false
	roots := []string{filepath.Dir(h.data)}
	if h.maria != nil {
		roots = append(roots, h.maria.dir)
		for _, schema := range []string{"shuke", "shuke_keys"} {
			dump := p.dump(schema)
			p.absent(when+": dump of "+schema, dump)
			found = found || bytes.Contains(dump, []byte(p.plain))
		}
	}
	for _, root := range roots {
		must(p.t, filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || !entry.Type().IsRegular() {
				return err
			}
			text, err := os.ReadFile(path)
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			files++
			p.absent(when+": "+filepath.Base(path), text)
			found = found || bytes.Contains(text, []byte(p.plain))
			return err
		}))
	}
	if !found {
		p.t.Fatalf("%s: an open value was not found in %d files: the search is blind", when, files)
	}
	p.t.Logf("%s: %d sentinels in none of %d files", when, len(p.sentinels), files)
}

// absent wants the sentinels nowhere in a text, in no usual spelling.
func (p *planter) absent(where string, text []byte) {
	p.t.Helper()
	for _, s := range p.sentinels {
		wide := make([]byte, 0, 2*len(s))
		for _, c := range []byte(s) {
			wide = append(wide, c, 0)
		}
		for how, spelling := range map[string][]byte{"": []byte(s), "in hexadecimal": []byte(hex.EncodeToString([]byte(s))), "in HEXADECIMAL": []byte(strings.ToUpper(hex.EncodeToString([]byte(s)))), "in UTF-16": wide} {
			if bytes.Contains(text, spelling) {
				p.t.Errorf("%s holds the sealed value %q %s", where, s, how)
			}
		}
	}
}

func (p *planter) dump(schema string) []byte {
	p.t.Helper()
	out, err := exec.Command("mariadb-dump", "--no-defaults", "--socket="+p.clerk.h.maria.socket, "--user=root", schema).Output()
	must(p.t, err)
	return out
}

// destroy takes a copy of the main database, destroys the guest's key, and wants
// the values to open neither from the copy nor from the base itself.
func (p *planter) destroy() {
	p.t.Helper()
	h := p.clerk.h
	copied := p.copied()
	before, live := copied.open(), h.open()
	defer before.close()
	defer live.close()
	ctx := context.Background()
	for name, d := range map[string]*domain{"copy": before, "base": live} {
		c, err := d.customers.Find(ctx, p.guest.id)
		must(p.t, err)
		if got := values(p.t, d, c)["document_no.0"]; got != p.guest.values["document_no.0"] {
			p.t.Fatalf("the %s does not open before the key is destroyed: %q", name, got)
		}
	}
	c, err := live.customers.Find(ctx, p.guest.id)
	must(p.t, err)
	var wrapped []byte
	must(p.t, live.keys.Pool().QueryRow("SELECT wrapped FROM data_keys WHERE owner = ?", vault.Customer(c.ID)).Scan(&wrapped))
	must(p.t, live.vault.Destroy(ctx, vault.Customer(c.ID)))
	for name, d := range map[string]*domain{"copy": before, "base": live} {
		if _, err := d.vault.Key(ctx, vault.Customer(c.ID)); !errors.Is(err, vault.ErrDestroyed) {
			p.t.Errorf("the %s still has the key: %v", name, err)
		}
	}
	if h.maria == nil {
		for _, file := range []string{"keys.db", "keys.db-wal"} {
			text, err := os.ReadFile(filepath.Join(h.data, file))
			if err == nil && bytes.Contains(text, wrapped) {
				p.t.Errorf("%s still holds the destroyed key", file)
			}
		}
	}
	p.goneForPeople(c)
}

// goneForPeople asks the server for the destroyed value.
func (p *planter) goneForPeople(c customer.Customer) {
	p.t.Helper()
	p.clerk.h.serve()
	d := p.clerk.h.open()
	defer d.close()
	n := d.count(p.t, "SELECT n FROM facts WHERE customer_id = ? AND state = 0 AND field = 'document_no'", c.ID)
	if answer, _, err := p.clerk.post(fmt.Sprintf("/customers/%s/reveal/%d", c.PublicID, n), url.Values{"reason": {"check_in"}}); err != nil || answer.StatusCode != 410 {
		p.t.Errorf("reveal of a destroyed value: %v, %v", answer, err)
	}
	if status, page, err := p.clerk.get("/customers/" + c.PublicID); err != nil || status != 200 || !strings.Contains(page, p.plain) {
		p.t.Errorf("card: %d, %v", status, err)
	}
}

// copied is the house on a copy of its main database as it is now.
func (p *planter) copied() *house {
	p.t.Helper()
	h := *p.clerk.h
	if h.maria != nil {
		h.main, _ = h.maria.schemas(p.t, "copied")
		in := exec.Command("mariadb", "--no-defaults", "--socket="+h.maria.socket, "--user=root", "copied")
		in.Stdin = bytes.NewReader(p.dump("shuke"))
		out, err := in.CombinedOutput()
		if err != nil {
			p.t.Fatalf("%v: %s", err, out)
		}
		return &h
	}
	dir := folder(p.t)
	text, err := os.ReadFile(filepath.Join(h.data, "shuke.db"))
	must(p.t, err)
	h.main = "sqlite:" + filepath.Join(dir, "shuke.db")
	must(p.t, os.WriteFile(filepath.Join(dir, "shuke.db"), text, 0o600))
	return &h
}
