package intake

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"syscall"
	"time"

	"shuke/models/fault"
	"shuke/models/vault"
)

// folder holds sealed files. Its name for itself stands in every row: instances
// that share it all know its files, others know that they lie elsewhere.
type folder struct {
	dir, place string
	create     func(path string) (*os.File, error)
}

const unnamed = ".part" // of a file that is not whole yet

func openFolder(dir string) (*folder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	place, err := placeOf(dir)
	return &folder{dir, place, createNew}, err
}

func createNew(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
}

func (f *folder) path(id string) string { return filepath.Join(f.dir, id) }

// write seals what comes into a new file, which gets its name when it is whole
// and on the disk. Whatever goes wrong leaves nothing behind.
func (f *folder) write(id string, key vault.Key, from io.Reader) (err error) {
	part := f.path(id) + unnamed
	file, err := f.create(part)
	if err != nil {
		return diskFault(err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(part))
		}
	}()
	to := newSealer(file, key, id)
	_, err = io.Copy(to, from)
	if err == nil {
		err = diskFault(to.Close())
	}
	if err == nil {
		err = diskFault(file.Sync())
	}
	if closed := file.Close(); err == nil {
		err = diskFault(closed)
	}
	if err != nil {
		return diskFault(err)
	}
	if err = os.Rename(part, f.path(id)); err != nil {
		return err
	}
	return f.sync()
}

func (f *folder) sync() error { return syncFolder(f.dir) }

func syncFolder(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// diskFault says of a full disk what people are to be told.
func diskFault(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return fault.Wrap(err, fault.Unavailable, "import.disk_full")
	}
	return err
}

func (f *folder) open(id string, key vault.Key) (io.ReadCloser, error) {
	file, err := os.Open(f.path(id))
	if errors.Is(err, os.ErrNotExist) {
		return nil, errFileGone
	}
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "import.file_unreadable")
	}
	return newOpener(file, key, id), nil
}

var errFileGone = fault.New(fault.Gone, "import.file_gone")

// remove deletes a file; one that is not there is well.
func (f *folder) remove(id string) error {
	if err := os.Remove(f.path(id)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return f.sync()
}

var named = regexp.MustCompile(`^[0-9a-f]{16}(\.part)?$`)

// old lists the files, whole or not, that were last written before a moment.
func (f *folder) old(ctx context.Context, before time.Time) ([]string, error) {
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, e := range entries {
		info, err := e.Info()
		if err == nil && named.MatchString(e.Name()) && info.ModTime().Before(before) {
			out = append(out, e.Name())
		}
	}
	return out, ctx.Err()
}
