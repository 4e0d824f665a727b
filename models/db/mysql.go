package db

import (
	"context"
	"database/sql"
	sqldriver "database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	driver "github.com/go-sql-driver/mysql"
	"gorm.io/driver/mysql"
)

// openMySQL opens mysql://user:password@host:port/name; a socket is given as
// mysql://user@/name?socket=PATH. Times are UTC, the mode is strict, and rows
// met (not rows changed) are counted, so that a stale version can be told from
// an edit that changes nothing.
func openMySQL(address string) (*DB, error) {
	config, err := mysqlConfig(address)
	if err != nil {
		return nil, err
	}
	connector, err := driver.NewConnector(config)
	if err != nil {
		return nil, err
	}
	pool := sql.OpenDB(keepsCompiled{readCommitted{connector}})
	pool.SetMaxOpenConns(24)
	pool.SetMaxIdleConns(24)
	pool.SetConnMaxLifetime(time.Hour)
	return open(mysql.New(mysql.Config{Conn: pool, SkipInitializeWithVersion: true}), pool, MySQL)
}

func mysqlConfig(address string) (*driver.Config, error) {
	u, err := url.Parse(address)
	if err != nil || strings.Trim(u.Path, "/") == "" {
		return nil, errors.New("database address must look like mysql://user:password@host:3306/name")
	}
	config := driver.NewConfig()
	config.User = u.User.Username()
	config.Passwd, _ = u.User.Password()
	config.Net, config.Addr = "tcp", u.Host
	if socket := u.Query().Get("socket"); socket != "" {
		config.Net, config.Addr = "unix", socket
	} else if u.Port() == "" {
		config.Addr = u.Host + ":3306"
	}
	if tls := u.Query().Get("tls"); tls != "" {
		config.TLSConfig = tls
	}
	config.DBName = strings.Trim(u.Path, "/")
	config.Collation = "utf8mb4_bin"
	config.ParseTime, config.Loc = true, time.UTC
	config.ClientFoundRows = true
	config.Timeout = 10 * time.Second
	config.Params = map[string]string{
		"time_zone": "'+00:00'",
		"sql_mode":  "'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO'",
	}
	return config, nil
}

// readCommitted sets the isolation of each new connection by statement: the
// variable has different names on MySQL and MariaDB. Read committed takes no
// gap locks, so grouped commits and edits do not wait for each other.
type readCommitted struct{ sqldriver.Connector }

func (c readCommitted) Connect(ctx context.Context) (sqldriver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	execer, ok := conn.(sqldriver.ExecerContext)
	if !ok {
		return nil, errors.Join(errors.New("driver cannot set the isolation level"), conn.Close())
	}
	if _, err := execer.ExecContext(ctx, "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED", nil); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return conn, nil
}

// Error numbers of MySQL and MariaDB.
const (
	mysqlDuplicate   = 1062
	mysqlLockTimeout = 1205
	mysqlDeadlock    = 1213
)

func mysqlNumber(err error) uint16 {
	var e *driver.MySQLError
	if errors.As(err, &e) {
		return e.Number
	}
	return 0
}

func duplicateMySQL(err error) bool { return mysqlNumber(err) == mysqlDuplicate }

// lost reports whether a transaction failed only because another was there
// first, so that trying again is right.
func lost(err error) bool {
	n := mysqlNumber(err)
	return n == mysqlDeadlock || n == mysqlLockTimeout || busySQLite(err)
}

// Describe names the database for a log line: kind, host and name, never the
// password.
func Describe(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "unreadable address"
	}
	if u.Scheme == "sqlite" {
		return "sqlite " + u.Opaque + u.Path
	}
	return fmt.Sprintf("mysql %s%s", u.Host, u.Path)
}
