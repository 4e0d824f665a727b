package calendar

import "time"

// Serial numbers of days as spreadsheets keep them (ECMA-376 part 1, 18.17.4.1).
const (
	serialLast  = 2958465 // 9999-12-31 in the 1900 system
	serialGhost = 60      // 29 February 1900, which never was
	serialBare  = 3654    // 1910-01-01: smaller bare numbers are years or nothing
)

// FromSerial returns the day of a spreadsheet's serial number, in the 1900
// system or in the 1904 one; ErrInvalid where there is none.
func FromSerial(n int, base1904 bool) (Date, error) {
	switch {
	case base1904:
		if n < 0 || n > serialLast-1462 {
			return Date{}, ErrInvalid
		}
		return ofTime(time.Date(1904, 1, 1+n, 0, 0, 0, 0, time.UTC)), nil
	case n < 1 || n == serialGhost || n > serialLast:
		return Date{}, ErrInvalid
	case n < serialGhost:
		return ofTime(time.Date(1899, 12, 31+n, 0, 0, 0, 0, time.UTC)), nil
	}
	return ofTime(time.Date(1899, 12, 30+n, 0, 0, 0, 0, time.UTC)), nil
}

// IsBareSerial reports whether a number without a date format, standing in a
// column of births, is to be read as a serial number: from 1910 to today.
func IsBareSerial(n int, base1904 bool, today Date) bool {
	d, err := FromSerial(n, base1904)
	return err == nil && n >= serialBare && !today.Before(d)
}
