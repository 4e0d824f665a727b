package tabular

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"
)

// apart is a table that another process reads.
type apart struct {
	asked  context.Context // the caller's
	stop   context.CancelFunc
	cmd    *exec.Cmd
	out    *bufio.Reader
	said   *capped // on its standard error
	source *source
	fed    chan struct{} // closed when nothing more is read of the source
	format Format
	buf    []byte
	err    error // what Next returns from now on
	ended  sync.Once
	exit   error
	// seconds of a processor after which the process is ended
	seconds uint64
}

// atOnce is how many files are read at the same time; others wait. Each may
// take as much memory as the limits allow.
var atOnce = make(chan struct{}, 4)

// Apart reads r as OpenTable does, in a process of its own that has no
// environment, little memory and time, and may write nothing. It is for files
// of strangers: one that breaks the reader, fills its memory or never ends
// costs that process and comes back as an *Error. Rows come as they are asked
// for; the process waits meanwhile. It ends with ctx. r is read by a goroutine
// until the end of the file or Close, which waits for it.
func Apart(ctx context.Context, r io.Reader, o Options) (Table, error) {
	return startApart(ctx, r, o, usual)
}

func startApart(ctx context.Context, r io.Reader, o Options, l limits) (Table, error) {
	if !standing.Load() {
		return nil, errors.New("tabular: a program that reads files apart begins with ReaderProcess")
	}
	ask, err := json.Marshal(request{o, l})
	if err != nil {
		return nil, err
	}
	select {
	case atOnce <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	a := &apart{asked: ctx, said: &capped{}, source: &source{r: r}, fed: make(chan struct{}), seconds: l.Seconds}
	if err := a.start(ask); err != nil {
		<-atOnce
		return nil, err
	}
	if err := a.readFormat(frameFormat); err != nil {
		_ = a.Close()
		return nil, err
	}
	return a, nil
}

// start runs this program once more.
func (a *apart) start(ask []byte) error {
	theirs, ours, err := os.Pipe()
	if err != nil {
		return err
	}
	within, stop := context.WithCancel(a.asked)
	a.stop = stop
	a.cmd = command(within)
	a.cmd.Env = []string{"GOTRACEBACK=none", "GOMAXPROCS=2"}
	a.cmd.Dir = "/"
	a.cmd.Stdin, a.cmd.Stderr, a.cmd.ExtraFiles = bytes.NewReader(ask), a.said, []*os.File{theirs}
	a.cmd.WaitDelay = 10 * time.Second
	// An interrupt at the keyboard is for this process, which ends the other.
	a.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	out, err := a.cmd.StdoutPipe()
	if err == nil {
		err = a.cmd.Start()
	}
	if err != nil {
		stop()
		return errors.Join(err, theirs.Close(), ours.Close())
	}
	_ = theirs.Close()
	a.out = bufio.NewReaderSize(out, 64<<10)
	go func() {
		defer close(a.fed)
		_, _ = io.Copy(ours, a.source) // it stops when the process does
		_ = ours.Close()
	}()
	return nil
}

// command starts the file of this program, also when a newer one lies in its
// place. Tests start what does not keep to the ways of ours.
var command = func(ctx context.Context) *exec.Cmd {
	self := "/proc/self/exe"
	if _, err := os.Stat(self); err != nil {
		self, _ = os.Executable() // starting nothing fails, and says so
	}
	cmd := exec.CommandContext(ctx, self, readTable)
	cmd.Args[0] = "shuke"
	return cmd
}

// source keeps why reading failed, which the process cannot know.
type source struct {
	r   io.Reader
	err error
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
}

// capped keeps the beginning of what is written, enough to tell how a process died.
type capped struct{ text []byte }

func (c *capped) Write(p []byte) (int, error) {
	c.text = append(c.text, p[:min(len(p), 4096-len(c.text))]...)
	return len(p), nil
}

// Format returns what is known of the file so far.
func (a *apart) Format() Format { return a.format }

// Next returns the next row.
func (a *apart) Next() (Row, error) {
	if a.err != nil {
		return Row{}, a.err
	}
	kind, payload, err := readFrame(a.out, a.buf)
	a.buf = payload
	switch {
	case err != nil:
		a.err = a.failure(err)
	case kind == frameRow:
		row, err := readRow(string(payload))
		if err == nil {
			return row, nil
		}
		a.err = a.failure(err)
	case kind == frameEnd:
		if a.err = a.take(payload); a.err == nil {
			a.err = a.end()
		}
	default:
		a.err = a.other(kind, payload)
	}
	return Row{}, a.err
}

// readFormat reads the first frame.
func (a *apart) readFormat(want byte) error {
	kind, payload, err := readFrame(a.out, a.buf)
	a.buf = payload
	switch {
	case err != nil:
		return a.failure(err)
	case kind != want:
		return a.other(kind, payload)
	}
	return a.take(payload)
}

func (a *apart) take(payload []byte) error {
	var f Format
	if err := json.Unmarshal(payload, &f); err != nil {
		return a.failure(errors.Join(errGarbage, err))
	}
	a.format = f
	return nil
}

// other reads a refusal.
func (a *apart) other(kind byte, payload []byte) error {
	var r refusal
	if kind != frameRefusal || json.Unmarshal(payload, &r) != nil || (&reading{rest: string(appendText(nil, string(r.Reason)))}).reason() == "" {
		return a.failure(errGarbage)
	}
	if err := a.broken(); err != nil {
		return err // a file cut short by its reader looks damaged
	}
	return &Error{Reason: r.Reason, Item: r.Item}
}

// end makes sure that the process ended as well as it says.
func (a *apart) end() error {
	a.finish(false)
	if err := a.broken(); err != nil {
		return err
	}
	if a.exit != nil {
		return &Error{Reason: Crashed, cause: a.exit}
	}
	return io.EOF
}

// broken is why the file was not read whole, if that is not its own fault.
func (a *apart) broken() error {
	a.finish(true)
	if err := a.asked.Err(); err != nil {
		return err
	}
	return a.source.err
}

// failure says why the process went without an answer, or talked nonsense.
func (a *apart) failure(cause error) error {
	// A process that says nothing more is ending by itself: how tells why.
	a.finish(!errors.Is(cause, errSilence))
	if err := a.broken(); err != nil {
		return err
	}
	reason := Crashed
	if a.exhausted() {
		reason = TooHeavy
	}
	return &Error{Reason: reason, cause: errors.Join(cause, a.exit)}
}

// exhausted reports whether the process ended for want of memory or time. The
// runtime itself, when it gets no memory, says so in several ways and sometimes
// only falls over; the code of a program in Go does not fall over like that.
func (a *apart) exhausted() bool {
	if bytes.HasPrefix(a.said.text, []byte("SIGSEGV")) {
		return true
	}
	for _, last := range [...]string{"out of memory", "cannot allocate", "stack exceeds", "failed to create new OS thread", "unexpected signal during runtime execution"} {
		if bytes.Contains(a.said.text, []byte(last)) {
			return true
		}
	}
	state := a.cmd.ProcessState
	used := state.UserTime() + state.SystemTime()
	return state.ExitCode() == outOfTime || !state.Exited() && used >= time.Duration(a.seconds)*time.Second
}

// finish waits for the end of the process, or makes it end, and for that of
// reading the source.
func (a *apart) finish(kill bool) {
	a.ended.Do(func() {
		if kill {
			a.stop()
		}
		a.exit = a.cmd.Wait()
		a.stop()
		<-a.fed
		<-atOnce
	})
}

// Close ends the process if it still reads. It waits until nothing reads the
// source any more.
func (a *apart) Close() error {
	if a.err == nil {
		a.err = os.ErrClosed
	}
	a.finish(true)
	return nil
}
