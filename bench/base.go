package bench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// MariaDB is a private server with durable settings, for figures that count.
type MariaDB struct {
	dir string
	cmd *exec.Cmd
}

// StartMariaDB starts the server on the folder, making it when it is new, and
// returns when it answers. It listens on a socket alone.
func StartMariaDB(ctx context.Context, dir string) (*MariaDB, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	account, err := user.Lookup("mysql")
	if err != nil {
		return nil, errors.New("mariadb-server is not installed")
	}
	uid, gid := number(account.Uid), number(account.Gid)
	if err := os.Chown(dir, uid, gid); err != nil {
		return nil, err
	}
	data := filepath.Join(dir, "data")
	if _, err := os.Stat(data); err != nil {
		install := exec.CommandContext(ctx, "mariadb-install-db", "--no-defaults", "--datadir="+data, "--user=mysql", "--auth-root-authentication-method=normal",
			"--skip-test-db", "--skip-name-resolve")
		if out, err := install.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("mariadb-install-db: %w\n%s", err, out)
		}
	}
	m := &MariaDB{dir: dir}
	m.cmd = exec.Command("mariadbd", "--no-defaults", "--user=mysql", "--datadir="+data, "--socket="+m.socket(), "--pid-file="+filepath.Join(dir, "pid"),
		"--skip-networking", "--skip-name-resolve", "--character-set-server=utf8mb4", "--collation-server=utf8mb4_bin", "--performance-schema=OFF",
		"--innodb-flush-log-at-trx-commit=1", "--innodb-doublewrite=ON", "--skip-log-bin", "--innodb-buffer-pool-size=4G", "--innodb-log-file-size=1G",
		"--max-connections=100", "--local-infile=ON")
	m.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := m.cmd.Start(); err != nil {
		return nil, err
	}
	return m, m.await(ctx)
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

func (m *MariaDB) socket() string { return filepath.Join(m.dir, "s.sock") }

// Address is the database of that name for the settings.
func (m *MariaDB) Address(name string) string {
	return "mysql://root@localhost/" + name + "?socket=" + m.socket()
}

func (m *MariaDB) await(ctx context.Context) error {
	ended := make(chan error, 1)
	go func() { ended <- m.cmd.Wait() }()
	for {
		select {
		case err := <-ended:
			return fmt.Errorf("mariadbd ended: %v", err)
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(200 * time.Millisecond):
		}
		if exec.CommandContext(ctx, "mariadb-admin", "--no-defaults", "--user=root", "--socket="+m.socket(), "ping").Run() == nil {
			return nil
		}
	}
}

// MariaDBAt names a server that StartMariaDB has started on the folder.
func MariaDBAt(dir string) *MariaDB { return &MariaDB{dir: dir} }

// Drop takes a database away if there is one.
func (m *MariaDB) Drop(ctx context.Context, name string) error {
	return m.say(ctx, "DROP DATABASE IF EXISTS `"+name+"`")
}

// Create makes a database unless there is one.
func (m *MariaDB) Create(ctx context.Context, name string) error {
	return m.say(ctx, "CREATE DATABASE IF NOT EXISTS `"+name+"` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")
}

func (m *MariaDB) say(ctx context.Context, statement string) error {
	out, err := exec.CommandContext(ctx, "mariadb", "--no-defaults", "--user=root", "--socket="+m.socket(), "-e", statement).CombinedOutput()
	if err != nil {
		return fmt.Errorf("mariadb: %w\n%s", err, out)
	}
	return nil
}

// Stop shuts the server down in order.
func (m *MariaDB) Stop() error { return m.cmd.Process.Signal(syscall.SIGTERM) }
