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
)

// stream tells a browser of changes at the person's branch, as server-sent
// events: what to mark or read anew, never a customer's data. A browser keeps
// one for all its pages. It ends at the next beat after the session has.
func (a *App) stream(c echo.Context) error {
	in := inquiryOf(c)
	w := c.Response()
	// The limits of the listener are for answers that end.
	control := http.NewResponseController(w.Writer)
	if err := errors.Join(control.SetWriteDeadline(time.Time{}), control.SetReadDeadline(time.Time{})); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	l := a.Hub.Listen(in.Actor.BranchID)
	defer a.Hub.Leave(l)
	h := w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("X-Accel-Buffering", "no")
	w.WriteHeader(http.StatusOK)
	if _, err := fmt.Fprintf(w, "retry: %d\n\n", streamRetry); err != nil {
		return nil
	}
	if err := control.Flush(); err != nil {
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
			if _, err := fmt.Fprintf(w, "id: %d\nevent: %s\ndata: %s\n\n", change.Seq, change.Topic, change.Body); err != nil {
				return nil
			}
		case <-beat.C:
			if !a.stillThere(c) {
				return nil
			}
			if _, err := fmt.Fprint(w, ": \n\n"); err != nil {
				return nil
			}
		}
		if err := control.Flush(); err != nil {
			return nil
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
