package bench

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// browser keeps a connection for each clerk and gives up on none too early.
var browser = &http.Client{Timeout: time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: 16}}

// Process is a server of its own, as users run it.
type Process struct {
	Addr string
	cmd  *exec.Cmd
	up   time.Duration
}

// Serve starts this very program on the settings and waits for /healthz.
func Serve(ctx context.Context, environ []string) (*Process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &Process{Addr: l.Addr().String()}
	if err := l.Close(); err != nil {
		return nil, err
	}
	p.cmd = exec.Command(self, "serve", "--addr", p.Addr, "--url", "http://"+p.Addr)
	p.cmd.Env = append(os.Environ(), append(environ, "SHUKE_LOG_LEVEL=error")...)
	begun := time.Now()
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	for ctx.Err() == nil && time.Since(begun) < time.Minute {
		if r, err := browser.Get("http://" + p.Addr + "/healthz"); err == nil {
			p.up = time.Since(begun)
			return p, r.Body.Close()
		}
		select {
		case <-ctx.Done():
		case <-time.After(5 * time.Millisecond):
		}
	}
	return nil, errors.Join(errors.New("the server does not answer"), p.Stop())
}

// Stop ends the server in order.
func (p *Process) Stop() error {
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	return p.cmd.Wait()
}

// memory is what the process keeps in memory, in bytes.
func (p *Process) memory() (int64, error) {
	f, err := os.Open(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		if rest, ok := strings.CutPrefix(s.Text(), "VmHWM:"); ok {
			kb, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			return kb << 10, err
		}
	}
	return 0, errors.New("no VmHWM")
}

func (p *Process) signIn(login, password string) (cookie string, err error) {
	client := &http.Client{Timeout: time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	r, err := client.PostForm("http://"+p.Addr+"/sign-in", url.Values{"login": {login}, "password": {password}})
	if err != nil {
		return "", err
	}
	defer r.Body.Close()
	if r.StatusCode != http.StatusSeeOther || len(r.Cookies()) == 0 {
		return "", fmt.Errorf("sign-in answered %d", r.StatusCode)
	}
	return r.Cookies()[0].Name + "=" + r.Cookies()[0].Value, nil
}

// Start and memory of the server with sixteen clerks at once.
func (h House) Serving(ctx context.Context, w io.Writer, p *Process) error {
	Line{Name: "serve until /healthz", Database: string(h.Main.Dialect()), Size: h.Size, Value: p.up.Round(time.Millisecond).String(), Limit: "< 1 s", OK: p.up < time.Second}.Print(w)
	people, err := samples(ctx, h.Main, mixedQueries)
	if err != nil {
		return err
	}
	requests := append(lookUps(people), cards(people)...)
	cookie, err := p.signIn(h.Login, h.Password)
	if err != nil {
		return err
	}
	var wg sync.WaitGroup
	failed := make(chan error, 16)
	for clerk := range 16 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 120 {
				if err := p.send(requests[(clerk*37+i)%len(requests)], cookie); err != nil {
					failed <- err
					return
				}
			}
		}()
	}
	wg.Wait()
	close(failed)
	if err := <-failed; err != nil {
		return err
	}
	bytes, err := p.memory()
	if err != nil {
		return err
	}
	Line{Name: "memory, 16 clerks at once", Database: string(h.Main.Dialect()), Size: h.Size, Value: fmt.Sprintf("%d MB at the most", bytes>>20), Limit: "< 150 MB", OK: bytes < 150<<20}.Print(w)
	return nil
}

func (p *Process) send(r request, cookie string) error {
	req, err := http.NewRequest(r.method, "http://"+p.Addr+r.path, strings.NewReader(r.form.Encode()))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("HX-Request", "true")
	req.Header.Set("Cookie", cookie)
	answer, err := browser.Do(req)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, answer.Body)
	if answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answered %d", r.path, answer.StatusCode)
	}
	return errors.Join(err, answer.Body.Close())
}

var perSecond = regexp.MustCompile(`Requests/sec:\s+([0-9.]+)`)

// Throughput has wrk ask for look-ups and cards over eight connections.
func (h House) Throughput(ctx context.Context, w io.Writer, p *Process, dir string) error {
	people, err := samples(ctx, h.Main, mixedQueries)
	if err != nil {
		return err
	}
	cookie, err := p.signIn(h.Login, h.Password)
	if err != nil {
		return err
	}
	for _, part := range []struct {
		name     string
		requests []request
		least    float64
	}{{"look-up, throughput", lookUps(people), 800}, {"card, throughput", cards(people), 500}} {
		for _, r := range part.requests { // warm
			if err := p.send(r, cookie); err != nil {
				return err
			}
		}
		rate, err := p.wrk(ctx, filepath.Join(dir, "requests.lua"), part.requests, cookie)
		if err != nil {
			return err
		}
		Line{Name: part.name, Database: string(h.Main.Dialect()), Size: h.Size, Value: fmt.Sprintf("%.0f/s over 8 connections, recorded", rate), Limit: fmt.Sprintf(">= %.0f/s", part.least), OK: rate >= part.least}.Print(w)
	}
	return nil
}

func (p *Process) wrk(ctx context.Context, script string, requests []request, cookie string) (float64, error) {
	var b strings.Builder
	b.WriteString("local n = 0\nlocal list = {\n")
	for _, r := range requests {
		fmt.Fprintf(&b, "  {%q, %q, %q},\n", r.method, r.path, r.form.Encode())
	}
	fmt.Fprintf(&b, "}\nfunction request()\n  n = n + 1\n  local r = list[n %% #list + 1]\n  return wrk.format(r[1], r[2], {[\"Cookie\"] = %q, [\"HX-Request\"] = \"true\", [\"Content-Type\"] = \"application/x-www-form-urlencoded\"}, r[3])\nend\n", cookie)
	if err := os.WriteFile(script, []byte(b.String()), 0o600); err != nil {
		return 0, err
	}
	out, err := exec.CommandContext(ctx, "wrk", "-t1", "-c8", "-d10s", "-s", script, "http://"+p.Addr).CombinedOutput()
	if err != nil {
		return 0, fmt.Errorf("wrk: %w\n%s", err, out)
	}
	if strings.Contains(string(out), "Non-2xx") {
		return 0, fmt.Errorf("wrk met refusals:\n%s", out)
	}
	m := perSecond.FindSubmatch(out)
	if m == nil {
		return 0, fmt.Errorf("wrk said:\n%s", out)
	}
	return strconv.ParseFloat(string(m[1]), 64)
}
