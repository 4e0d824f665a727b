package imports

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"os"

	"shuke/models/fault"
	"shuke/models/tabular"
)

// survey is what a first reading of the whole file finds out. A file that
// cannot be read to its end is refused before anything is written.
type survey struct {
	format tabular.Format
	rows   int64
	hash   string // SHA-256 of the file's bytes
}

// table is a file while its rows are read; every byte is hashed on the way.
type table struct {
	*tabular.Reader
	bytes io.Reader
	sum   hash.Hash
}

func openTable(f *os.File, noHeader bool) (*table, error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	sum := sha256.New()
	bytes := io.TeeReader(f, sum)
	r, err := tabular.Open(bytes, tabular.Options{NoHeader: noHeader})
	if err != nil {
		return nil, refuseFile(err)
	}
	return &table{Reader: r, bytes: bytes, sum: sum}, nil
}

// row is the next row, io.EOF after the last.
func (t *table) row() (tabular.Row, error) {
	row, err := t.Next()
	if err != nil && !errors.Is(err, io.EOF) {
		err = refuseFile(err)
	}
	return row, err
}

// hash reads what is left of the file and returns the hash of it all.
func (t *table) hash() (string, error) {
	_, err := io.Copy(io.Discard, t.bytes)
	return hex.EncodeToString(t.sum.Sum(nil)), err
}

func look(f *os.File, noHeader bool) (survey, error) {
	t, err := openTable(f, noHeader)
	if err != nil {
		return survey{}, err
	}
	var s survey
	for {
		if _, err := t.row(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return survey{}, err
		}
		s.rows++
	}
	s.format = t.Format()
	s.hash, err = t.hash()
	return s, err
}

// refuseFile gives a refusal of tabular the key of its text.
func refuseFile(err error) error {
	var e *tabular.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Reason {
	case tabular.MapSyntax, tabular.MapColumn, tabular.MapAmbiguous, tabular.MapTwice, tabular.MapField:
		return fault.Fields{"map": {Key: "import.option." + string(e.Reason), Args: map[string]any{"Item": e.Item}}}.Err()
	}
	return fault.Wrap(err, fault.Invalid, "import.file."+string(e.Reason))
}
