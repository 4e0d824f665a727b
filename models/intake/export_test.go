package intake

import (
	"context"
	"os"
)

// WorkAll does what waits, once, as Run does again and again.
func WorkAll(s *Service, ctx context.Context) error {
	for {
		did, err := s.checkNext(ctx)
		if err != nil {
			return err
		}
		if !did {
			break
		}
	}
	_, err := s.workAll(ctx)
	return err
}

// SetMost changes how large a file may be.
func SetMost(s *Service, bytes int64) { s.most = bytes }

// Place is what the folder of a service calls itself.
func Place(s *Service) string { return s.folder.place }

// FillDisk lets every file of the service end on a disk that has no room.
func FillDisk(s *Service) {
	s.folder.create = func(path string) (*os.File, error) {
		f, err := createNew(path)
		if err != nil {
			return nil, err
		}
		if err := f.Close(); err != nil {
			return nil, err
		}
		return os.OpenFile("/dev/full", os.O_WRONLY, 0)
	}
}

// OpenPlace is what a folder calls itself, when a service opens it.
func OpenPlace(dir string) (string, error) {
	f, err := openFolder(dir)
	if err != nil {
		return "", err
	}
	return f.place, nil
}
