package api

import (
	"errors"
	"maps"
	"net/http"
	"slices"

	"shuke/models/fault"
)

// Problem is the one form of a refusal: a problem document of RFC 9457. It
// never repeats what was sent.
type Problem struct {
	Type      string   `json:"type" doc:"about:blank: the status says the kind, code says which."`
	Title     string   `json:"title" doc:"Phrase of the status."`
	Status    int      `json:"status" doc:"HTTP status."`
	Code      string   `json:"code" doc:"Lasting name of the problem, for programs." example:"error.invalid"`
	Detail    string   `json:"detail" doc:"A sentence for people, in the language of Accept-Language (zh-CN or en)."`
	RequestID string   `json:"request_id,omitempty" doc:"Reference by which an administrator finds the request in the log."`
	Errors    []Detail `json:"errors,omitempty" doc:"What is wrong where."`
}

// Detail is one thing wrong with a request.
type Detail struct {
	Location string `json:"location" doc:"Place in the request." example:"body.phones[0]"`
	Field    string `json:"field,omitempty" doc:"Place in the customer: field of the catalogue and number." example:"phone.0"`
	Code     string `json:"code" doc:"Lasting name of the problem, for programs." example:"error.required"`
	Message  string `json:"message" doc:"A sentence for people."`
}

// ContentTypeProblem is the media type of problem documents.
const ContentTypeProblem = "application/problem+json"

// Error is the code: a problem in a log says no more.
func (p *Problem) Error() string { return "api: " + p.Code }

// GetStatus gives huma the status to answer with.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType gives huma the media type to answer with.
func (p *Problem) ContentType(string) string { return ContentTypeProblem }

// Rejected is a refused request whose slots are named after the customer; At
// says where in the request they were.
type Rejected struct {
	Cause error
	At    func(slot string) string
}

// Error is the cause's.
func (r *Rejected) Error() string { return r.Cause.Error() }

// Unwrap gives the cause.
func (r *Rejected) Unwrap() error { return r.Cause }

// codes are the names of problems that concern the request itself.
var codes = map[int]string{
	http.StatusBadRequest: "api.malformed", http.StatusUnauthorized: "api.token_needed", http.StatusForbidden: "error.denied",
	http.StatusNotFound: "error.not_found", http.StatusMethodNotAllowed: "api.method", http.StatusRequestTimeout: "api.timeout",
	http.StatusConflict: "error.conflict", http.StatusGone: "error.gone", http.StatusRequestEntityTooLarge: "api.too_large",
	http.StatusUnsupportedMediaType: "api.media_type", http.StatusMisdirectedRequest: "api.misdirected",
	http.StatusUnprocessableEntity: "error.invalid", http.StatusTooManyRequests: "error.too_many",
	http.StatusInternalServerError: "error.internal", http.StatusServiceUnavailable: "error.unavailable",
}

func codeOf(status int) string {
	switch code, known := codes[status]; {
	case known:
		return code
	case status < 500:
		return codes[http.StatusBadRequest]
	}
	return codes[http.StatusInternalServerError]
}

// NewProblem explains an error that is answered with the status. Of an internal
// error only the reference leaves the house.
func NewProblem(r Reader, status int, err error) *Problem {
	p := blank(r, status)
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind == fault.Internal {
		return p
	}
	p.Code = f.Text.Key
	p.Detail = r.say(f.Text, p.Detail)
	at := func(slot string) string { return "body." + slot }
	var rejected *Rejected
	if errors.As(err, &rejected) {
		at = rejected.At
	}
	for _, slot := range slices.Sorted(maps.Keys(f.Fields)) {
		m := f.Fields[slot]
		p.Errors = append(p.Errors, Detail{Location: at(slot), Field: slot, Code: m.Key, Message: r.say(m, p.Detail)})
	}
	return p
}

func blank(r Reader, status int) *Problem {
	code := codeOf(status)
	return &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Code: code,
		Detail: r.say(fault.Message{Key: code}, http.StatusText(status)), RequestID: r.RequestID}
}

func (r Reader) say(m fault.Message, otherwise string) string {
	if r.Print == nil || !r.Print.Has(m.Key) {
		return otherwise
	}
	return r.Print.T(m.Key, m.Args)
}
