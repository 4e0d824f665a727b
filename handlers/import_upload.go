package handlers

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"shuke/models/fault"
	"shuke/models/intake"
)

// Limits of a request that carries files. They are read as a stream, piece by
// piece, and never lie in memory whole.
const (
	// uploadLimit is beyond the largest file, so that one that is too large is
	// read to its end and answered in words, not by a connection that breaks.
	uploadLimit = 2 * intake.MostBytes
	scansLimit  = (intake.MostScans + 1) * (intake.MostScanBytes + 1<<20)
	// uploadPause is how long a sender may say nothing before it is given up.
	uploadPause = 30 * time.Second
	mostPart    = 64 << 10 // of a field that is no file
)

// uploadMost tells the forms that carry files, and what each may send.
func uploadMost(r *http.Request) (int64, bool) {
	if r.Method != http.MethodPost || !strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		return 0, false
	}
	rest, under := strings.CutPrefix(r.URL.Path, "/imports/")
	id, scans := strings.CutSuffix(rest, "/scans")
	switch {
	case r.URL.Path == "/imports":
		return uploadLimit, true
	case under && scans && id != "" && !strings.Contains(id, "/"):
		return scansLimit, true
	}
	return 0, false
}

// patient gives a long request and its answer as long as they take, while
// something comes: the limits of the listener are for short ones.
type patient struct {
	from    io.Reader
	control *http.ResponseController
}

func newPatient(c echo.Context, from io.Reader) *patient {
	return &patient{from, http.NewResponseController(c.Response().Writer)}
}

func (p *patient) more() error {
	until := time.Now().Add(uploadPause)
	err := errors.Join(p.control.SetReadDeadline(until), p.control.SetWriteDeadline(until.Add(uploadPause)))
	if errors.Is(err, http.ErrNotSupported) {
		return nil
	}
	return err
}

func (p *patient) Read(b []byte) (int, error) {
	if err := p.more(); err != nil {
		return 0, err
	}
	return p.from.Read(b)
}

// readParts goes through a form with files in the order in which it comes. file
// gets each file that has a name; the rest is returned as a form. When something
// fails the body is read to its end all the same: a browser that still sends
// would never see the answer.
func readParts(c echo.Context, file func(part *multipart.Part) error) (form, error) {
	r := c.Request()
	r.Body = io.NopCloser(newPatient(c, r.Body))
	reader, err := r.MultipartReader()
	if err != nil {
		return form{}, badForm(err)
	}
	f := form{map[string][]string{}}
	var failed error
	for n := 0; failed == nil; n++ {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			return f, nil
		}
		switch {
		case err != nil:
			failed = cutShort(err)
		case n > maxFields:
			failed = fault.New(fault.Invalid, "error.form")
		case part.FileName() != "":
			failed = file(part)
		default:
			failed = readField(f, part)
		}
	}
	_, _ = io.Copy(io.Discard, r.Body)
	return f, failed
}

func readField(f form, part *multipart.Part) error {
	name := part.FormName()
	text, err := io.ReadAll(io.LimitReader(part, mostPart+1))
	switch {
	case err != nil:
		return cutShort(err)
	case len(text) > mostPart:
		return fault.New(fault.Invalid, "error.form")
	case name != "":
		f.values[name] = append(f.values[name], string(text))
	}
	return nil
}

// cutShort is what is told of a form that ended before its end.
func cutShort(err error) error {
	if statusOf(err) == http.StatusRequestEntityTooLarge {
		return err
	}
	return fault.Wrap(err, fault.Invalid, "import.cut")
}
