package imports

import (
	"os"
	"testing"

	"shuke/models/tabular"
)

func TestMain(m *testing.M) {
	tabular.ReaderProcess() // files that are read apart are read by this program
	os.Exit(m.Run())
}
