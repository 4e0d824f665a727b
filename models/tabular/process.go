package tabular

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strconv"
	"sync/atomic"
	"syscall"
)

// readTable is the only argument of the process that reads a file.
const readTable = "read-table"

// standing says that this program begins with ReaderProcess. Without it a
// started copy would do the program's own work, or a test's, over and over.
var standing atomic.Bool

// ReaderProcess is the first call of a program that uses Apart, and of its
// tests: in the process started to read a file it reads and ends the process,
// in any other it does nothing but say that one can be started.
func ReaderProcess() {
	standing.Store(true)
	if len(os.Args) == 2 && os.Args[1] == readTable {
		os.Exit(serveTable())
	}
}

// request is what the process is told on its standard input.
type request struct {
	Options Options
	Limits  limits
}

// limits are what a process may use.
type limits struct {
	Memory  uint64 // bytes of data, beyond which it ends
	Soft    int64  // bytes of heap that collecting garbage tries to keep
	Seconds uint64 // of a processor
}

// usual lets two hundred thousand rows of a workbook through with room to spare,
// and stays below three hundred megabytes.
var usual = limits{Memory: 288 << 20, Soft: 192 << 20, Seconds: 300}

const (
	// outOfTime is the status of a process that ends because its time is up.
	outOfTime = 3
	// grace is how many seconds later the system ends one that does not.
	grace = 10
)

// politeness leaves the processor to those who wait for a page.
const politeness = 10

// take gives the limits to this process, for good. It may write no file and
// leaves no image of its memory behind: what it reads is nobody else's.
func (l limits) take() error {
	debug.SetMemoryLimit(l.Soft)
	standBack()
	late := make(chan os.Signal, 1)
	signal.Notify(late, syscall.SIGXCPU)
	go func() {
		<-late
		os.Exit(outOfTime)
	}()
	for _, one := range []struct {
		resource   int
		most, hard uint64
	}{{syscall.RLIMIT_DATA, l.Memory, l.Memory}, {syscall.RLIMIT_CPU, l.Seconds, l.Seconds + grace}, {syscall.RLIMIT_FSIZE, 0, 0}, {syscall.RLIMIT_CORE, 0, 0}, {syscall.RLIMIT_NOFILE, 32, 32}} {
		var most syscall.Rlimit
		set(&most.Cur, one.most)
		set(&most.Max, one.hard)
		if err := syscall.Setrlimit(one.resource, &most); err != nil {
			return err
		}
	}
	return nil
}

// standBack makes every thread of this process polite: to Linux each is one of
// its own, and those to come are like the one that starts them. Where that
// cannot be, it is no harm.
func standBack() {
	_ = syscall.Setpriority(syscall.PRIO_PROCESS, 0, politeness)
	threads, _ := os.ReadDir("/proc/self/task")
	for _, t := range threads {
		if id, err := strconv.Atoi(t.Name()); err == nil {
			_ = syscall.Setpriority(syscall.PRIO_PROCESS, id, politeness)
		}
	}
}

// set assigns a number whose type depends on the system.
func set[T int64 | uint64](to *T, n uint64) { *to = T(n) }

// serveTable reads the file on descriptor 3 and writes its rows to the standard
// output. The result is the status of the process.
func serveTable() int {
	var ask request
	err := json.NewDecoder(io.LimitReader(os.Stdin, 64<<10)).Decode(&ask)
	if err == nil {
		err = ask.Limits.take()
	}
	if err != nil {
		return 2
	}
	out := bufio.NewWriterSize(os.Stdout, 64<<10)
	file := os.NewFile(3, readTable)
	if err := errors.Join(sendTable(out, file, ask.Options), out.Flush()); err != nil {
		return 1
	}
	return 0
}

// sendTable writes the frames of a file.
func sendTable(out *bufio.Writer, file io.Reader, o Options) error {
	t, err := OpenTable(file, o)
	if err != nil {
		return sendRefusal(out, err)
	}
	defer t.Close()
	if err := sendFormat(out, frameFormat, t); err != nil {
		return err
	}
	var buf []byte
	for {
		row, err := t.Next()
		if errors.Is(err, io.EOF) {
			return sendFormat(out, frameEnd, t)
		}
		if err != nil {
			return sendRefusal(out, err)
		}
		buf = appendRow(buf[:0], row)
		if err := writeFrame(out, frameRow, buf); err != nil {
			return err
		}
	}
}

func sendFormat(out *bufio.Writer, kind byte, t Table) error {
	text, err := json.Marshal(t.Format())
	if err != nil {
		return err
	}
	return writeFrame(out, kind, text)
}

// refusal is an Error on its way.
type refusal struct {
	Reason Reason
	Item   string
}

func sendRefusal(out *bufio.Writer, err error) error {
	var e *Error
	if !errors.As(err, &e) {
		return err
	}
	text, err := json.Marshal(refusal{e.Reason, e.Item})
	if err != nil {
		return err
	}
	return writeFrame(out, frameRefusal, text)
}
