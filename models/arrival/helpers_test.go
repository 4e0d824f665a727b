package arrival_test

import (
	"strings"

	"shuke/models/live"
)

// bodies hands on what a listener hears.
func bodies(l *live.Listener) <-chan string {
	out := make(chan string)
	go func() {
		for c := range l.C {
			out <- c.Body
		}
	}()
	return out
}

func contains(text, part string) bool { return strings.Contains(text, part) }
