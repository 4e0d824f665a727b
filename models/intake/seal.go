package intake

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"shuke/models/fault"
	"shuke/models/vault"
)

// A sealed file is a run of frames: a byte that tells whether it is the last, the
// length of what follows, and a sealed piece. The file's id, the number of the
// piece and that byte are bound in, so that no piece can be moved, left out,
// doubled or cut off without its reader noticing.
const (
	pieceBytes = 64 << 10 // of the plain text
	frameHead  = 1 + 4
	mostSealed = pieceBytes + 1024
)

var errDamaged = fault.New(fault.Invalid, "import.file_unreadable")

func pieceOf(id string, n int64, last byte) string {
	return fmt.Sprintf("intake|%s|%d|%d", id, n, last)
}

// sealer writes a sealed file piece by piece; no plain byte gets to the disk.
type sealer struct {
	to  io.Writer
	key vault.Key
	id  string
	n   int64
	buf []byte
}

func newSealer(to io.Writer, key vault.Key, id string) *sealer {
	return &sealer{to: to, key: key, id: id, buf: make([]byte, 0, pieceBytes)}
}

// Write keeps back a full piece until more comes, since the last one is marked.
func (s *sealer) Write(b []byte) (int, error) {
	written := 0
	for len(b) > 0 {
		if len(s.buf) == pieceBytes {
			if err := s.piece(0); err != nil {
				return written, err
			}
		}
		n := min(len(b), pieceBytes-len(s.buf))
		s.buf, b = append(s.buf, b[:n]...), b[n:]
		written += n
	}
	return written, nil
}

// Close writes the last piece. Without it the file does not open.
func (s *sealer) Close() error { return s.piece(1) }

func (s *sealer) piece(last byte) error {
	sealed, err := s.key.Seal(string(s.buf), pieceOf(s.id, s.n, last))
	if err != nil {
		return err
	}
	head := binary.BigEndian.AppendUint32([]byte{last}, uint32(len(sealed)))
	if _, err := s.to.Write(append(head, sealed...)); err != nil {
		return err
	}
	s.n, s.buf = s.n+1, s.buf[:0]
	return nil
}

// opener reads a sealed file back.
type opener struct {
	from  *bufio.Reader
	file  io.Closer
	key   vault.Key
	id    string
	n     int64
	plain string
	ended bool
}

func newOpener(file io.ReadCloser, key vault.Key, id string) *opener {
	return &opener{from: bufio.NewReaderSize(file, mostSealed+frameHead), file: file, key: key, id: id}
}

// Read gives only what was proved to be as it was written.
func (o *opener) Read(b []byte) (int, error) {
	for o.plain == "" {
		if o.ended {
			return 0, io.EOF
		}
		if err := o.piece(); err != nil {
			return 0, err
		}
	}
	n := copy(b, o.plain)
	o.plain = o.plain[n:]
	return n, nil
}

func (o *opener) piece() error {
	var head [frameHead]byte
	if _, err := io.ReadFull(o.from, head[:]); err != nil {
		return errors.Join(errDamaged, err)
	}
	length := binary.BigEndian.Uint32(head[1:])
	if head[0] > 1 || length > mostSealed {
		return errDamaged
	}
	sealed := make([]byte, length)
	if _, err := io.ReadFull(o.from, sealed); err != nil {
		return errors.Join(errDamaged, err)
	}
	plain, err := o.key.Open(sealed, pieceOf(o.id, o.n, head[0]))
	if err != nil {
		return errors.Join(errDamaged, err)
	}
	o.plain, o.n, o.ended = plain, o.n+1, head[0] == 1
	return nil
}

// Close closes the file.
func (o *opener) Close() error { return o.file.Close() }
