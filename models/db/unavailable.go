package db

import (
	sqldriver "database/sql/driver"
	"errors"
	"net"
	"slices"

	driver "github.com/go-sql-driver/mysql"

	"shuke/models/fault"
)

// unavailable turns the failure of a database that cannot work just now into
// what people are told: that nothing was saved, and to try again. It leaves
// every other failure as it is.
func unavailable(err error) error {
	var known *fault.Error
	if err == nil || errors.As(err, &known) || !outOfOrder(err) {
		return err
	}
	return fault.Wrap(err, fault.Unavailable, "error.unavailable")
}

// Result codes of a disk that is full, broken, read-only or gone.
var (
	sqliteOutOfOrder = []int{7, 8, 10, 13, 14}                // NOMEM READONLY IOERR FULL CANTOPEN
	mysqlOutOfOrder  = []uint16{1021, 1040, 1053, 1114, 1290} // disk full, too many connections, shutdown, table full, read-only
)

func outOfOrder(err error) bool {
	var coded sqliteCode
	var network *net.OpError
	return errors.As(err, &coded) && slices.Contains(sqliteOutOfOrder, coded.Code()&0xff) || slices.Contains(mysqlOutOfOrder, mysqlNumber(err)) ||
		errors.Is(err, driver.ErrInvalidConn) || errors.Is(err, sqldriver.ErrBadConn) || errors.As(err, &network)
}
