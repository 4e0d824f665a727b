package intake

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

const (
	placeFile = "place"
	placeLock = "place.lock"
)

// placeOf is what a folder calls itself. One without a name gets one, of which
// all instances that share it must know the same: of two that begin at the same
// time one waits for the other.
func placeOf(dir string) (string, error) {
	if name, err := readPlace(dir); name != "" || err != nil {
		return name, err
	}
	lock, err := os.OpenFile(filepath.Join(dir, placeLock), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return "", err
	}
	defer lock.Close() // which ends the lock too
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		return "", err
	}
	name, err := readPlace(dir)
	if name == "" && err == nil {
		name = newID()
		err = writePlace(dir, name)
	}
	if err != nil {
		return "", err
	}
	// Whoever waits for it, or makes another, finds the name.
	if err := os.Remove(lock.Name()); err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", err
	}
	return name, nil
}

// readPlace is the name that stands in a folder, "" for none. A machine that went
// down can have left the file empty, or full of zeros: that is no name yet.
func readPlace(dir string) (string, error) {
	text, err := os.ReadFile(filepath.Join(dir, placeFile))
	if errors.Is(err, os.ErrNotExist) {
		return "", nil
	}
	return strings.Trim(string(text), "\x00 \r\n\t"), err
}

// writePlace gives a folder its name, whole and on the disk before it is there.
func writePlace(dir, name string) error {
	part := filepath.Join(dir, placeFile+unnamed)
	f, err := os.OpenFile(part, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(name + "\n")
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(part))
	}
	if err := os.Rename(part, filepath.Join(dir, placeFile)); err != nil {
		return err
	}
	return syncFolder(dir)
}
