//go:build soak

package soak

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"testing"
	"time"
)

// process is a program that the test started; it ends no other.
type process struct {
	cmd   *exec.Cmd
	out   *output
	ended chan struct{}
	err   error // how it ended
}

// output keeps what a program says, and passes it on to a file.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
	file *os.File
}

// Write appends.
func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.file != nil {
		if _, err := o.file.Write(b); err != nil {
			return 0, err
		}
	}
	return o.text.Write(b)
}

// String is all of it so far.
func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

func (o *output) tail() string {
	s := o.String()
	return s[max(0, len(s)-3000):]
}

// start starts a program whose output goes to a file as well when log is set.
func start(t *testing.T, log string, env []string, name string, args ...string) *process {
	t.Helper()
	p := &process{cmd: exec.Command(name, args...), out: &output{}, ended: make(chan struct{})}
	if log != "" {
		f, err := os.OpenFile(log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
		must(t, err)
		p.out.file = f
	}
	p.cmd.Env, p.cmd.Stdout, p.cmd.Stderr = env, p.out, p.out
	must(t, p.cmd.Start())
	go func() {
		p.err = p.cmd.Wait()
		if p.out.file != nil {
			p.out.file.Close()
		}
		close(p.ended)
	}()
	t.Cleanup(p.kill)
	return p
}

func (p *process) running() bool {
	select {
	case <-p.ended:
		return false
	default:
		return true
	}
}

// kill is kill -9, and waits for the end.
func (p *process) kill() { p.signal(syscall.SIGKILL); <-p.ended }

func (p *process) signal(s os.Signal) {
	if p.running() {
		_ = p.cmd.Process.Signal(s) // it may have ended just now
	}
}

// wait returns the exit code, or fails when the program goes on for too long.
func (p *process) wait(within time.Duration) (int, error) {
	select {
	case <-p.ended:
		return p.cmd.ProcessState.ExitCode(), nil
	case <-time.After(within):
		return 0, fmt.Errorf("still running after %v: %s", within, p.out.tail())
	}
}
