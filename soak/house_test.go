//go:build soak

package soak

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"shuke/models/audit"
	"shuke/models/clock"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/disclosure"
	"shuke/models/vault"
	"shuke/policies"
)

// house is one installation: a data folder, its databases, its server.
type house struct {
	t          *testing.T
	data       string // data folder of the program
	log        string // what its servers say
	main, keys string // addresses of the databases
	addr       string
	maria      *mariadb // nil on SQLite
	server     *process
}

const branch = "bund"

func sqliteHouse(t *testing.T) *house {
	t.Helper()
	return sqliteIn(t, folder(t))
}

func sqliteIn(t *testing.T, dir string) *house {
	t.Helper()
	h := &house{t: t, data: filepath.Join(dir, "data"), log: filepath.Join(dir, "server.log")}
	h.main, h.keys = "sqlite:"+filepath.Join(h.data, "shuke.db"), "sqlite:"+filepath.Join(h.data, "keys.db")
	return h.found()
}

func mariaHouse(t *testing.T) *house {
	t.Helper()
	return mariaOn(t, newMariaDB(t), "shuke")
}

func mariaOn(t *testing.T, m *mariadb, schema string) *house {
	t.Helper()
	dir := folder(t)
	h := &house{t: t, data: filepath.Join(dir, "data"), log: filepath.Join(dir, "server.log"), maria: m}
	h.main, h.keys = m.schemas(t, schema)
	return h.found()
}

// another is a fresh house on the same kind of database.
func (h *house) another() *house {
	if h.maria == nil {
		return sqliteHouse(h.t)
	}
	return mariaOn(h.t, h.maria, "uncut")
}

// found migrates and makes the branch.
func (h *house) found() *house {
	h.t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(h.t, err)
	h.addr = l.Addr().String()
	must(h.t, l.Close())
	h.command("migrate")
	h.command("branch", "add", "--code", branch, "--name-zh", "外滩店", "--name-en", "The Bund")
	return h
}

func (h *house) env() []string {
	return []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "TMPDIR=" + os.TempDir(), "SHUKE_DATA_DIR=" + h.data, "SHUKE_DATABASE=" + h.main,
		"SHUKE_KEYS_DATABASE=" + h.keys, "SHUKE_ADDR=" + h.addr}
}

// command runs one command of the program to its end and returns what it said.
func (h *house) command(args ...string) string {
	h.t.Helper()
	p := start(h.t, "", h.env(), binary, args...)
	code, err := p.wait(5 * time.Minute)
	if err != nil || code != 0 {
		h.t.Fatalf("shuke %s: %d, %v: %s", args[0], code, err, p.out.tail())
	}
	return p.out.String()
}

func (h *house) url(path string) string { return "http://" + h.addr + path }

// serve starts the server and waits until it is ready.
func (h *house) serve() {
	h.t.Helper()
	h.server = start(h.t, h.log, h.env(), binary, "serve")
	plain := &http.Client{Timeout: 5 * time.Second}
	ready := func() bool {
		answer, err := plain.Get(h.url("/readyz"))
		if err != nil {
			return !h.server.running()
		}
		answer.Body.Close()
		return answer.StatusCode == http.StatusOK
	}
	if !eventually(time.Minute, ready) || !h.server.running() {
		h.t.Fatalf("the server does not come up: %s", h.server.out.tail())
	}
}

// stop ends the server as an administrator does and wants exit code 0.
func (h *house) stop() {
	h.t.Helper()
	h.server.signal(syscall.SIGTERM)
	if code, err := h.server.wait(time.Minute); err != nil || code != 0 {
		h.t.Fatalf("after SIGTERM: exit code %d, %v: %s", code, err, h.server.out.tail())
	}
}

var firstPassword = regexp.MustCompile(`first password (\S+)`)

// hire adds an account and returns its first password.
func (h *house) hire(login, role string) string {
	h.t.Helper()
	said := h.command("staff", "add", "--login", login, "--name", "员工 "+login, "--role", role, "--branch", branch, "--hired", "2019-03-01")
	found := firstPassword.FindStringSubmatch(said)
	if found == nil {
		h.t.Fatalf("no first password in %q", said)
	}
	return found[1]
}

// domain is the house as a second instance of the program sees it, for looking
// into the databases.
type domain struct {
	main, keys *db.DB
	vault      *vault.Vault
	log        *audit.Log
	customers  *customer.Service
	close      func()
}

func (h *house) open() *domain {
	h.t.Helper()
	ctx := context.Background()
	main, err := db.Open(ctx, h.main)
	must(h.t, err)
	keys, err := db.Open(ctx, h.keys)
	must(h.t, err)
	v, err := vault.Open(h.data, keys, clock.Real())
	must(h.t, err)
	guard, err := policies.NewGuard()
	must(h.t, err)
	log := audit.NewLog(clock.Real())
	gate := disclosure.NewGate(main, log, clock.Real())
	d := &domain{main: main, keys: keys, vault: v, log: log, customers: customer.NewService(main, v, log, gate, guard, clock.Real())}
	d.close = func() { gate.Stop(); main.Close(); keys.Close() }
	return d
}

// count is the one number a statement returns.
func (d *domain) count(t *testing.T, query string, args ...any) int64 {
	t.Helper()
	var n int64
	if err := d.main.Pool().QueryRow(query, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

// said is a list of what went wrong, kept short.
type said []string

func (s *said) add(format string, args ...any) {
	if len(*s) < 20 {
		*s = append(*s, fmt.Sprintf(format, args...))
	}
}

func (s said) fail(t *testing.T, when string) {
	t.Helper()
	if len(s) > 0 {
		t.Fatalf("%s:\n  %s", when, strings.Join(s, "\n  "))
	}
}
