package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"

	"shuke/models/fault"
)

// install replaces huma's way of making errors, which lies in variables of its
// package: its own documents repeat what was typed. Lists are never null and
// names have one spelling.
var install = sync.OnceFunc(func() {
	huma.NewErrorWithContext = func(ctx huma.Context, status int, message string, errs ...error) huma.StatusError {
		base := context.Background()
		if ctx != nil {
			base = ctx.Context()
		}
		return unread(readerOf(base), status, errs)
	}
	huma.NewError = func(status int, message string, errs ...error) huma.StatusError {
		return unread(Reader{}, status, errs)
	}
	huma.ValidateStrictCasing, huma.DefaultArrayNullable = true, false
})

// Config is huma's, without the pages it would serve from foreign addresses,
// and with our reading of JSON.
func Config() huma.Config {
	install()
	format := huma.Format{Marshal: huma.DefaultJSONFormat.Marshal, Unmarshal: unmarshal}
	c := huma.DefaultConfig("Shuke", "1")
	c.Info.Description = "Customers, by programs that act with a person's rights. Guarded verbs (reveal, bulk, staff) are not here: no token carries them. " +
		"x-scope is the scope a call needs; 429 says in Retry-After how many seconds to wait."
	c.DocsPath, c.SchemasPath, c.OpenAPIPath, c.CreateHooks = "", "", "", nil
	c.Formats = map[string]huma.Format{"application/json": format, "json": format}
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"token": {Type: "http", Scheme: "bearer", Description: "A token of shuke token add, or of the page of its person. It has scopes and expires."}}
	return c
}

// unread explains a request that huma could not read. Nothing of its own
// sentences is kept: they quote the request and know one language.
func unread(r Reader, status int, errs []error) *Problem {
	if status >= 500 { // the only failure huma meets itself is a body that breaks off
		status = http.StatusBadRequest
	}
	p := blank(r, status)
	if status != http.StatusUnprocessableEntity {
		return p
	}
	for _, err := range errs {
		var d *huma.ErrorDetail
		if !errors.As(err, &d) {
			d = &huma.ErrorDetail{Location: "body"}
		}
		p.Errors = append(p.Errors, r.detail(d))
	}
	return p
}

func (r Reader) detail(d *huma.ErrorDetail) Detail {
	out := Detail{Location: place(d.Location), Code: "api.form"}
	var missing string
	switch _, err := fmt.Sscanf(d.Message, validation.MsgExpectedRequiredProperty, &missing); {
	case err == nil:
		out.Location, out.Code = out.Location+"."+missing, "error.required"
	case d.Message == validation.MsgUnexpectedProperty:
		out.Code = "api.unexpected"
	case strings.HasPrefix(d.Message, strings.SplitN(validation.MsgExpectedOneOf, "%", 2)[0]):
		out.Code = "error.choose"
	}
	out.Message = r.say(fault.Message{Key: out.Code}, r.say(fault.Message{Key: "api.form"}, d.Message))
	return out
}

// A name of the protocol: what else stands as a key in a request may be about a
// person and is not repeated.
var protocolName = regexp.MustCompile(`^[A-Za-z]+(-[A-Za-z]+)*$|^[a-z]+(_[a-z]+)*$`)

const longestName = 40

func isName(key string) bool { return len(key) <= longestName && protocolName.MatchString(key) }

// place cuts a location off before the first part that is no name of ours.
func place(location string) string {
	parts := strings.Split(location, ".")
	for i, part := range parts {
		name, _, _ := strings.Cut(part, "[")
		if !isName(name) {
			return strings.Join(parts[:max(i, 1)], ".")
		}
	}
	return location
}
