package intake_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"shuke/models/intake"
)

func TestAFolderWhoseNameACrashLostGetsANewOne(t *testing.T) {
	for what, left := range map[string]string{"empty": "", "blank": "\n", "zeros": strings.Repeat("\x00", 17)} {
		dir := t.TempDir()
		must(t, write(filepath.Join(dir, "place"), left))
		must(t, write(filepath.Join(dir, "place.part"), "half"))
		name, err := intake.OpenPlace(dir)
		must(t, err)
		if len(name) != 16 {
			t.Errorf("%s: the folder calls itself %q", what, name)
		}
		if again, err := intake.OpenPlace(dir); err != nil || again != name {
			t.Errorf("%s: %q and then %q", what, name, again)
		}
		if text, err := os.ReadFile(filepath.Join(dir, "place")); err != nil || string(text) != name+"\n" {
			t.Errorf("%s: %q, %v", what, text, err)
		}
		if _, err := os.Stat(filepath.Join(dir, "place.part")); !os.IsNotExist(err) {
			t.Errorf("%s: what was half written is left: %v", what, err)
		}
	}
}

func TestInstancesThatBeginTogetherCallTheFolderTheSame(t *testing.T) {
	for range 20 {
		dir := t.TempDir()
		must(t, write(filepath.Join(dir, "place"), ""))
		names, wrong := make([]string, 8), make([]error, 8)
		var begun sync.WaitGroup
		for i := range names {
			begun.Go(func() { names[i], wrong[i] = intake.OpenPlace(dir) })
		}
		begun.Wait()
		for i, name := range names {
			if wrong[i] != nil || name != names[0] || name == "" {
				t.Fatalf("%q %v", names, wrong)
			}
		}
	}
}
