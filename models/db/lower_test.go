package db_test

import (
	"testing"

	"shuke/models/modelstest"
)

// A name that must not be told to somebody is known in any capitals, on either
// database.
func TestLowerFoldsEveryScript(t *testing.T) {
	d := modelstest.Open(t)
	lower := func(given any) (got *string) {
		t.Helper()
		if err := d.Main.Read(t.Context()).Raw("SELECT LOWER(?)", given).Row().Scan(&got); err != nil {
			t.Fatal(err)
		}
		return got
	}
	for given, want := range map[string]string{"ÉMILE Ødegård": "émile ødegård", "ДМИТРИЙ": "дмитрий", "王 Wang": "王 wang", "": ""} {
		if got := lower(given); got == nil || *got != want {
			t.Errorf("%q becomes %v", given, got)
		}
	}
	if got := lower(nil); got != nil {
		t.Errorf("nothing becomes %q", *got)
	}
}
