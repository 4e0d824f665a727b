package text

import "testing"

func TestClockReadsWhatItWritesAndTellsNoneFromNonsense(t *testing.T) {
	for words, minutes := range map[string]int{"00:00": 0, "14:30": 870, "23:59": 1439, "": NoTime} {
		if got := ParseClock(words); got != minutes {
			t.Errorf("%q is read as %d", words, got)
		}
		if got := Clock(minutes); got != words {
			t.Errorf("%d is written %q", minutes, got)
		}
	}
	for _, words := range []string{"24:00", "12:60", "half past two", "14:30:00", "-1:00"} {
		if got := ParseClock(words); got != BadTime {
			t.Errorf("%q is read as %d", words, got)
		}
	}
}
