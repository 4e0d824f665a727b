//go:build soak

package soak

import (
	"context"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"testing"
	"time"

	"shuke/models/db"
)

// mariadb is a private server with durable settings, on a socket and no port.
type mariadb struct {
	dir, socket string
	server      *process
}

func newMariaDB(t *testing.T) *mariadb {
	t.Helper()
	if _, err := exec.LookPath("mariadbd"); err != nil {
		t.Skip("no mariadbd here")
	}
	m := &mariadb{dir: folder(t)}
	short, err := os.MkdirTemp("", "soak") // a socket's path has to be short
	must(t, err)
	t.Cleanup(func() { os.RemoveAll(short) })
	m.socket = filepath.Join(short, "s.sock")
	out, err := exec.Command("mariadb-install-db", "--no-defaults", "--user="+whoami(t), "--datadir="+m.data(), "--skip-test-db",
		"--auth-root-authentication-method=normal", "--skip-name-resolve", "--innodb-log-file-size=16M").CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	m.start(t)
	return m
}

func (m *mariadb) data() string { return filepath.Join(m.dir, "data") }

func whoami(t *testing.T) string {
	t.Helper()
	u, err := user.Current()
	must(t, err)
	return u.Username
}

// start starts the server, after a crash too, and waits until it answers.
func (m *mariadb) start(t *testing.T) {
	t.Helper()
	os.Remove(m.socket) // of a server that was killed
	m.server = start(t, filepath.Join(m.dir, "server.log"), os.Environ(), "mariadbd", "--no-defaults", "--user="+whoami(t), "--datadir="+m.data(), "--socket="+m.socket,
		"--skip-networking", "--skip-name-resolve", "--character-set-server=utf8mb4", "--collation-server=utf8mb4_unicode_ci", "--performance-schema=OFF", "--skip-log-bin",
		"--innodb-flush-log-at-trx-commit=1", "--innodb-doublewrite=ON", "--innodb-log-file-size=96M", "--innodb-buffer-pool-size=256M", "--max-connections=200")
	answers := func() bool {
		d, err := db.Open(context.Background(), m.address("mysql"))
		if err != nil {
			return !m.server.running()
		}
		d.Close()
		return true
	}
	if !eventually(2*time.Minute, answers) || !m.server.running() {
		t.Fatalf("MariaDB does not start: %s", m.server.out.tail())
	}
}

func (m *mariadb) address(schema string) string {
	return "mysql://root@localhost/" + schema + "?socket=" + m.socket
}

// schemas makes the main schema and the one of the keys.
func (m *mariadb) schemas(t *testing.T, name string) (main, keys string) {
	t.Helper()
	d, err := db.Open(context.Background(), m.address("mysql"))
	must(t, err)
	defer d.Close()
	for _, n := range []string{name, name + "_keys"} {
		_, err := d.Pool().ExecContext(context.Background(), "CREATE DATABASE "+n+" CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")
		must(t, err)
	}
	return m.address(name), m.address(name + "_keys")
}
