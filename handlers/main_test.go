package handlers

import (
	"os"
	"testing"

	"shuke/models/tabular"
)

func TestMain(m *testing.M) {
	tabular.ReaderProcess() // files that are handed in are read by this program
	os.Exit(m.Run())
}
