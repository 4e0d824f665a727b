package tabular

import "io"

// window holds the part of the text that is being scanned. It grows up to
// MaxRecord and never beyond.
type window struct {
	src io.Reader
	buf []byte
	pos int // the first byte not yet consumed
	end int
	err error // why there is no more: io.EOF or a failure
}

const windowSize = 64 << 10

func newWindow(src io.Reader) *window { return &window{src: src, buf: make([]byte, windowSize)} }

// bytes are those at hand; final says that the text ends with them.
func (w *window) bytes() (b []byte, final bool) { return w.buf[w.pos:w.end], w.err == io.EOF }

// more gets further bytes behind those at hand. It returns false when there
// are none or the window is full.
func (w *window) more() bool {
	if w.err != nil {
		return false
	}
	if w.pos > 0 {
		w.end = copy(w.buf, w.buf[w.pos:w.end])
		w.pos = 0
	}
	if w.end == len(w.buf) {
		if len(w.buf) >= MaxRecord {
			return false
		}
		grown := make([]byte, min(2*len(w.buf), MaxRecord))
		copy(grown, w.buf[:w.end])
		w.buf = grown
	}
	before := w.end
	n, err := io.ReadAtLeast(w.src, w.buf[w.end:], len(w.buf)-w.end)
	w.end += n
	if err == io.ErrUnexpectedEOF {
		err = io.EOF
	}
	w.err = err
	return w.end > before
}

// failed returns why reading stopped, unless it was the end.
func (w *window) failed() error {
	if w.err == io.EOF {
		return nil
	}
	return w.err
}
