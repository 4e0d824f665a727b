package text

import (
	"fmt"
	"strings"
	"time"
)

// What ParseClock gives for a text that says no time of day.
const (
	NoTime  = -1 // it is empty
	BadTime = -2 // it is something else
)

// Clock writes a time of day, given in minutes after midnight, as 14:30; ""
// where none is known.
func Clock(minutes int) string {
	if minutes < 0 {
		return ""
	}
	return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60)
}

// ParseClock reads what Clock writes, into minutes after midnight.
func ParseClock(words string) int {
	words = strings.TrimSpace(words)
	if words == "" {
		return NoTime
	}
	t, err := time.Parse("15:04", words)
	if err != nil {
		return BadTime
	}
	return t.Hour()*60 + t.Minute()
}
