package db

import "database/sql"

// WithoutLoad makes a bulk connection do without LOAD DATA, as it does on
// servers that refuse it.
func (b *Bulk) WithoutLoad() { b.loads = false }

// Idle counts the compiled statements that a connection keeps.
func Idle(conn *sql.Conn) (n int, err error) {
	err = conn.Raw(func(c any) error {
		n = c.(*keepingConn).used.Len()
		return nil
	})
	return n, err
}
