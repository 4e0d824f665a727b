package handlers

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"shuke/models/staff"
	"shuke/policies"
)

const (
	// streamBeat is how often a stream shows that it lives, and looks whether its
	// person may still have it.
	streamBeat = 15 * time.Second
	// streamRetry is how soon a browser comes back when a stream was cut, in ms.
	streamRetry = 2000
	// streamWrite is how long a browser may take to read what it is sent. One that
	// sleeps with its lid closed would hold its place for ever.
	streamWrite = 20 * time.Second
)

// stream tells a browser of changes at the person's branch, as server-sent
// events: what to mark or read anew, never a customer's data. A browser keeps
// one for all its pages. It ends at the next beat after the session has.
func (a *App) stream(c echo.Context) error {
	in := inquiryOf(c)
	w := c.Response()
	// The limits of the listener are for answers that end: here each write has its own.
	control := http.NewResponseController(w.Writer)
	if err := errors.Join(control.SetWriteDeadline(time.Time{}), control.SetReadDeadline(time.Time{})); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	until := func(at time.Time) bool {
		err := control.SetWriteDeadline(at)
		return err == nil || errors.Is(err, http.ErrNotSupported)
	}
	send := func(format string, args ...any) bool {
		if !until(time.Now().Add(streamWrite)) {
			return false
		}
		_, err := fmt.Fprintf(w, format, args...)
		// Over HTTP/2 a limit that passes ends the stream, idle or not.
		return err == nil && control.Flush() == nil && until(time.Time{})
	}
	l := a.Hub.Listen(in.Actor.BranchID)
	defer a.Hub.Leave(l)
	h := w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("X-Accel-Buffering", "no")
	w.WriteHeader(http.StatusOK)
	if !send("retry: %d\n\n", streamRetry) {
		return nil
	}
	beat := time.NewTicker(streamBeat)
	defer beat.Stop()
	for {
		select {
		case <-c.Request().Context().Done():
			return nil
		case <-a.stopping:
			return nil
		case change, more := <-l.C:
			if !more { // it lagged behind: the browser comes back and loads anew
				return nil
			}
			if !send("id: %d\nevent: %s\ndata: %s\n\n", change.Seq, change.Topic, change.Body) {
				return nil
			}
		case <-beat.C:
			if !a.stillThere(c) {
				return nil
			}
			if !send(": \n\n") {
				return nil
			}
		}
	}
}

// stillThere asks again, of the database, what the gate asked when the stream
// began, and whether the person is still at the branch of which it tells. It is no
// sign of life: a page left open ends with its session.
func (a *App) stillThere(c echo.Context) bool {
	session, err := a.store.New(c.Request(), "shuke")
	if err != nil {
		return false
	}
	loaded, ok := session.Values[valueStaff].(staff.Session)
	return ok && loaded.Actor.BranchID == inquiryOf(c).Actor.BranchID && a.Guard.Can(loaded.Actor, policies.ArrivalRead)
}
