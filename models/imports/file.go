package imports

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"os"
	"strings"

	"shuke/models/fault"
	"shuke/models/tabular"
)

// survey is what a first reading of the whole file finds out. A file that
// cannot be read to its end is refused before anything is written.
type survey struct {
	format tabular.Format
	rows   int64
	hash   string // of the table: the file's bytes, and the sheet

	samples [][]string // of each column, the first cells that say something
}

// sampled is how many cells of a column are looked at to guess what it holds, and
// sampleLength how much of each.
const (
	sampled      = 60
	sampleLength = 120
)

// sample takes the cells of a row in.
func (s *survey) sample(row tabular.Row) {
	if row.Fault != "" || tabular.Footer(row.Cells) {
		return
	}
	for len(s.samples) < len(row.Cells) {
		s.samples = append(s.samples, nil)
	}
	for i, cell := range row.Cells {
		if len(s.samples[i]) < sampled && !tabular.Empty(cell) {
			s.samples[i] = append(s.samples[i], strings.Clone(short(cell, sampleLength)))
		}
	}
}

func short(text string, most int) string {
	if r := []rune(text); len(r) > most {
		return string(r[:most])
	}
	return text
}

// table is a file while its rows are read; every byte is hashed on the way.
type table struct {
	tabular.Table
	file  io.Closer
	bytes io.Reader
	sum   hash.Hash
}

// openTable begins to read the file. Only CSV that a person has on this machine
// is read in this process: its reader has nothing that a file could fill.
func openTable(ctx context.Context, o Options) (*table, error) {
	file, known, err := o.open()
	if err != nil {
		return nil, err
	}
	t := &table{file: file, sum: sha256.New()}
	t.bytes = io.TeeReader(file, t.sum)
	read := tabular.Options{NoHeader: o.NoHeader, Sheet: o.Sheet}
	if known == tabular.CSV {
		t.Table, err = tabular.OpenTable(t.bytes, read)
	} else {
		t.Table, err = tabular.Apart(ctx, t.bytes, read)
	}
	if err != nil {
		_ = file.Close()
		return nil, refuseFile(err)
	}
	return t, nil
}

// open opens what is to be read. The format is known of files at Path.
func (o Options) open() (io.ReadCloser, tabular.Kind, error) {
	if o.Open != nil {
		file, err := o.Open()
		return file, "", err
	}
	f, err := os.Open(o.Path)
	if err != nil {
		return nil, "", fault.Wrap(err, fault.Invalid, "import.file_unreadable")
	}
	kind, err := tabular.Detect(f)
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		_ = f.Close()
		return nil, "", refuseFile(err)
	}
	return f, kind, nil
}

// row is the next row, io.EOF after the last.
func (t *table) row() (tabular.Row, error) {
	row, err := t.Next()
	if err != nil && !errors.Is(err, io.EOF) {
		err = refuseFile(err)
	}
	return row, err
}

// hash reads what is left of the file and returns the hash of it all. Two sheets
// of a workbook are two tables, whose rows have the same numbers.
func (t *table) hash() (string, error) {
	if _, err := io.Copy(io.Discard, t.bytes); err != nil {
		return "", err
	}
	sum := t.sum.Sum(nil)
	if sheet := t.Format().Sheet; sheet != "" {
		both := sha256.Sum256(append(sum, sheet...))
		sum = both[:]
	}
	return hex.EncodeToString(sum), nil
}

// Close ends the reading.
func (t *table) Close() error { return errors.Join(t.Table.Close(), t.file.Close()) }

func look(ctx context.Context, o Options) (survey, error) {
	t, err := openTable(ctx, o)
	if err != nil {
		return survey{}, err
	}
	defer t.Close()
	var s survey
	for {
		row, err := t.row()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return survey{}, err
		}
		s.sample(row)
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
