package customer

import "time"

// Stale reports whether a value noted at the moment is older than the half-life
// of its field: as likely wrong as right.
func (f Field) Stale(noted, now time.Time) bool {
	return f.HalfLifeDays > 0 && now.Sub(noted) > time.Duration(f.HalfLifeDays)*24*time.Hour
}
