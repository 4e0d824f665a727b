//go:build soak

package soak

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// binary is the program under test, built by TestMain.
const binary = "../bin/shuke"

func TestMain(m *testing.M) {
	build := exec.Command("go", "build", "-buildvcs=false", "-o", "bin/shuke", ".")
	build.Dir, build.Stderr = "..", os.Stderr
	if err := build.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// number is a whole number from the environment.
func number(t *testing.T, name string, otherwise int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// dice are the random numbers of a test. The seed is printed, and
// SHUKE_SOAK_SEED brings the same ones again.
func dice(t *testing.T) *rand.Rand {
	t.Helper()
	seed := number(t, "SHUKE_SOAK_SEED", int(time.Now().UnixNano()%1_000_000))
	t.Logf("SHUKE_SOAK_SEED=%d", seed)
	return rand.New(rand.NewPCG(uint64(seed), 7))
}

// pass lets time go by.
func pass(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// eventually asks until the answer is yes or the time is over.
func eventually(within time.Duration, ask func() bool) bool {
	for end := time.Now().Add(within); time.Now().Before(end); {
		if ask() {
			return true
		}
		pass(context.Background(), 20*time.Millisecond)
	}
	return false
}

// onBoth runs a test on SQLite and on MariaDB with durable settings.
func onBoth(t *testing.T, test func(t *testing.T, h *house)) {
	t.Run("SQLite", func(t *testing.T) { test(t, sqliteHouse(t)) })
	t.Run("MariaDB", func(t *testing.T) { test(t, mariaHouse(t)) })
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// folder is a new folder on a disk, not in memory, that goes with the test.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/var/tmp", "shuke-soak-")
	must(t, err)
	t.Cleanup(func() {
		if t.Failed() && os.Getenv("SHUKE_SOAK_KEEP") != "" {
			t.Logf("kept: %s", dir)
			return
		}
		os.RemoveAll(dir)
	})
	path, err := filepath.Abs(dir)
	must(t, err)
	return path
}
