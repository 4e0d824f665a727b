package main

import (
	"fmt"
	"log/slog"
	"os"
)

// newLog writes structured lines to the standard error. What goes in is kept
// free of personal data where it is written.
func newLog(level string) *slog.Logger {
	var l slog.Level
	if err := l.UnmarshalText([]byte(level)); err != nil {
		l = slog.LevelInfo
	}
	return slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: l}))
}

// say speaks to the person at the command line.
func say(format string, args ...any) { fmt.Fprintf(os.Stdout, format, args...) }
