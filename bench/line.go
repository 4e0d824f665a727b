// Package bench measures what must be fast, as a ratio to the bare statements
// in the same run: machines differ, ratios less so. It is a tool for those who
// build the system and runs on invented data only.
package bench

import (
	"fmt"
	"io"
	"slices"
	"time"
)

// Line is one measured figure with what it is held against.
type Line struct {
	Name     string
	Database string
	Size     int
	P50      time.Duration
	P99      time.Duration
	Bare50   time.Duration // the very statements, prepared, nothing else
	Bare99   time.Duration
	Key50    time.Duration // one read by primary key
	Rows     int           // rows the statements read
	Limit    string        // what must hold, in words
	OK       bool
	Value    string // in place of times, where the figure is none
}

// Print writes the line.
func (l Line) Print(w io.Writer) {
	verdict := "ok"
	if !l.OK {
		verdict = "MISSED"
	}
	if l.Value != "" {
		fmt.Fprintf(w, "%-34s %-7s %9d  %-58s %-34s %s\n", l.Name, l.Database, l.Size, l.Value, l.Limit, verdict)
		return
	}
	fmt.Fprintf(w, "%-34s %-7s %9d  p50 %-9s bare %-9s ratio %-5s p99 ratio %-5s x key %-6s rows %-6d %-34s %s\n", l.Name, l.Database, l.Size,
		short(l.P50), short(l.Bare50), times(l.P50, l.Bare50), times(l.P99, l.Bare99), times(l.P50, l.Key50), l.Rows, l.Limit, verdict)
}

// Growth compares the lines of each name between the smallest and the largest
// house of a database: rows within a tenth, the median by less than a half. The
// median counts in reads of one row by its key, measured in the same minute: the
// two houses are measured minutes apart, and a machine is not always as fast.
func Growth(w io.Writer, lines []Line) {
	least, most := map[string]Line{}, map[string]Line{}
	var names []string
	for _, l := range lines {
		if known, ok := least[l.Name]; !ok {
			names = append(names, l.Name)
			least[l.Name], most[l.Name] = l, l
		} else if l.Size < known.Size {
			least[l.Name] = l
		} else if l.Size > most[l.Name].Size {
			most[l.Name] = l
		}
	}
	for _, name := range names {
		from, to := least[name], most[name]
		if from.Size == to.Size {
			continue
		}
		p50, rows := ratio(to.P50, to.Key50)/max(ratio(from.P50, from.Key50), 1e-9), float64(to.Rows)/float64(max(from.Rows, 1))
		Line{Name: "growth of " + name, Database: to.Database, Size: to.Size, Value: fmt.Sprintf("p50 x %.2f, rows x %.2f since %d customers", p50, rows, from.Size),
			Limit: "< 1.5, <= 1.1", OK: p50 < 1.5 && rows <= 1.1}.Print(w)
	}
}

func short(d time.Duration) string { return d.Round(time.Microsecond).String() }

func times(a, b time.Duration) string {
	if b == 0 {
		return "-"
	}
	return fmt.Sprintf("%.2f", ratio(a, b))
}

func ratio(a, b time.Duration) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// quantile returns the q-th part of the sorted times.
func quantile(d []time.Duration, q float64) time.Duration {
	if len(d) == 0 {
		return 0
	}
	s := slices.Sorted(slices.Values(d))
	return s[min(int(q*float64(len(s))), len(s)-1)]
}
