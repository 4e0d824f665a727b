package handlers

import (
	"errors"
	"net/http"

	"github.com/gorilla/sessions"

	"shuke/models/fault"
	"shuke/models/staff"
)

// sessionStore is gorilla's Store on our table: the cookie holds a secret, the
// row its hash, the person and what is to be said once. Ending the row ends the
// session, whatever cookie somebody kept.
type sessionStore struct {
	staff  *staff.Service
	secure bool
}

// Names in a session's values.
const (
	valueStaff = "staff"
	valueToken = "token"
)

// cookieName has the __Host- prefix where browsers allow it: no other host can
// then plant the cookie.
func (s *sessionStore) cookieName() string {
	if s.secure {
		return "__Host-shuke"
	}
	return "shuke"
}

func (s *sessionStore) options() *sessions.Options {
	return &sessions.Options{Path: "/", MaxAge: int(staff.SessionLife.Seconds()), Secure: s.secure, HttpOnly: true, SameSite: http.SameSiteLaxMode}
}

// Get returns the request's session, loaded once a request.
func (s *sessionStore) Get(r *http.Request, name string) (*sessions.Session, error) {
	return sessions.GetRegistry(r).Get(s, name)
}

// New loads the session of the cookie; without a valid one it is new and has no
// person. Only failures of the database are errors.
func (s *sessionStore) New(r *http.Request, name string) (*sessions.Session, error) {
	session := sessions.NewSession(s, name)
	session.Options, session.IsNew = s.options(), true
	cookie, err := r.Cookie(s.cookieName())
	if err != nil {
		return session, nil
	}
	loaded, err := s.staff.LoadSession(r.Context(), cookie.Value)
	if fault.Is(err, fault.Unauthenticated) {
		return session, nil
	}
	if err != nil {
		return session, err
	}
	session.IsNew, session.ID = false, loaded.ID
	session.Values[valueStaff] = loaded
	for _, notice := range loaded.Notices {
		session.AddFlash(notice)
	}
	return session, nil
}

// Save writes what is to be said on the next page, and the cookie when a new
// secret was put into the session. It runs before the response is written.
func (s *sessionStore) Save(r *http.Request, w http.ResponseWriter, session *sessions.Session) error {
	if token, ok := session.Values[valueToken].(string); ok {
		cookie := sessions.NewCookie(s.cookieName(), token, session.Options)
		http.SetCookie(w, cookie)
		return nil
	}
	loaded, ok := session.Values[valueStaff].(staff.Session)
	if !ok {
		return nil
	}
	var notices []string
	for _, f := range session.Flashes() {
		if key, ok := f.(string); ok {
			notices = append(notices, key)
		}
	}
	if equal(notices, loaded.Notices) {
		return nil
	}
	return s.staff.SaveNotices(r.Context(), session.ID, notices)
}

func equal(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

var errNoSession = errors.New("handlers: no session in a guarded route")

// forget removes the cookie from the browser.
func (s *sessionStore) forget(w http.ResponseWriter) {
	o := s.options()
	o.MaxAge = -1
	http.SetCookie(w, sessions.NewCookie(s.cookieName(), "", o))
}
