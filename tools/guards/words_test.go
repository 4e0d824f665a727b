package guards

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// longest is the most lines a file may have; near a hundred is right.
const longest = 500

func TestNoFileIsLongerThanItsLimit(t *testing.T) {
	for _, s := range all(t) {
		if n := strings.Count(s.text, "\n"); n > longest && !s.generated {
			t.Errorf("%s has %d lines, more than %d", s.path, n, longest)
		}
	}
}

// strayed are traces of the machines on which the project was made. They are
// written in pieces here, or this file would hold them.
var strayed = []string{"/wor" + "k/", "/tmp/bash" + "_jobs", "proxy.gol" + "ang.org", "registry.npm" + "js.org"}

func TestNoTraceOfOneMachine(t *testing.T) {
	err := walk(func(path string, entry fs.DirEntry) error {
		switch filepath.Ext(path) {
		case ".sum", ".png", ".jpg", ".gz", ".woff2", ".ico":
			return nil
		}
		content, err := os.ReadFile(filepath.Join(root, path))
		if err != nil {
			return err
		}
		for _, word := range strayed {
			if strings.Contains(string(content), word) {
				t.Errorf("%s holds %q", path, word)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestPolicyModelEvaluatesNoText(t *testing.T) {
	content, err := os.ReadFile(filepath.Join(root, "policies/model.conf"))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(content), "eval(") {
		t.Error("model.conf evaluates text")
	}
}
