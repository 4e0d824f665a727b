package handlers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
	"github.com/labstack/echo/v4"

	"shuke/handlers/api"
	"shuke/policies"
)

// call is what the table's line lacks for a description of the call: its name,
// its summary, the statuses it can answer with, and how to register it.
type call struct {
	huma.Operation
	register func(huma.API, huma.Operation)
}

// describe what the calls do, for programs and those who write them.
var (
	searchCall = huma.Operation{OperationID: "searchCustomers", Summary: "Find customers by what is at hand", DefaultStatus: http.StatusOK, Tags: []string{"customers"}}
	createCall = huma.Operation{OperationID: "createCustomer", Summary: "Add a customer", DefaultStatus: http.StatusCreated, Tags: []string{"customers"},
		Errors: []int{http.StatusConflict}}
	cardCall = huma.Operation{OperationID: "readCard", Summary: "Open a customer's card", DefaultStatus: http.StatusOK, Tags: []string{"customers"},
		Errors: []int{http.StatusNotFound}}
	relationsCall = huma.Operation{OperationID: "readRelations", Summary: "Read the people around a customer", DefaultStatus: http.StatusOK, Tags: []string{"people"},
		Errors: []int{http.StatusNotFound}}
	joinCall = huma.Operation{OperationID: "joinClub", Summary: "Make a customer a member of a club", DefaultStatus: http.StatusCreated, Tags: []string{"membership"},
		Errors: []int{http.StatusNotFound, http.StatusConflict}}
	relateCall = huma.Operation{OperationID: "addRelation", Summary: "Write down somebody around a customer", DefaultStatus: http.StatusCreated, Tags: []string{"people"},
		Errors: []int{http.StatusNotFound, http.StatusConflict}}
)

// calls of preferences, stays and arrivals.
var (
	noteCall = huma.Operation{OperationID: "noteWish", Summary: "Write down what a guest said", DefaultStatus: http.StatusCreated, Tags: []string{"preferences"},
		Errors: []int{http.StatusNotFound, http.StatusConflict}}
	confirmCall = huma.Operation{OperationID: "confirmWish", Summary: "Say that a wish still holds", DefaultStatus: http.StatusNoContent, Tags: []string{"preferences"},
		Errors: []int{http.StatusNotFound, http.StatusConflict}}
	retireCall = huma.Operation{OperationID: "retireWish", Summary: "End a wish that no longer holds", DefaultStatus: http.StatusNoContent, Tags: []string{"preferences"},
		Errors: []int{http.StatusNotFound, http.StatusConflict}}
	factsCall = huma.Operation{OperationID: "changeFacts", Summary: "Change what is known of a customer", DefaultStatus: http.StatusNoContent, Tags: []string{"customers"},
		Errors: []int{http.StatusNotFound, http.StatusConflict}}
	bookCall     = huma.Operation{OperationID: "bookStay", Summary: "Add or change a stay", DefaultStatus: http.StatusCreated, Tags: []string{"stays"}, Errors: []int{http.StatusNotFound, http.StatusConflict}}
	turnCall     = huma.Operation{OperationID: "turnStay", Summary: "Check in, check out, cancel", DefaultStatus: http.StatusNoContent, Tags: []string{"stays"}, Errors: []int{http.StatusNotFound, http.StatusConflict}}
	arrivalsCall = huma.Operation{OperationID: "readArrivals", Summary: "Who arrives and what is made ready", DefaultStatus: http.StatusOK, Tags: []string{"stays"}, Errors: []int{http.StatusNotFound}}
	tickCall     = huma.Operation{OperationID: "tickPreparation", Summary: "Say that something is ready", DefaultStatus: http.StatusOK, Tags: []string{"stays"}, Errors: []int{http.StatusNotFound, http.StatusConflict}}
	consentsCall = huma.Operation{OperationID: "readConsents", Summary: "What a customer agreed to and wishes", DefaultStatus: http.StatusOK, Tags: []string{"consents"},
		Errors: []int{http.StatusNotFound}}
	consentCall = huma.Operation{OperationID: "recordConsent", Summary: "Record what a customer agrees to or withdraws", DefaultStatus: http.StatusCreated, Tags: []string{"consents"},
		Errors: []int{http.StatusNotFound, http.StatusConflict}}
)

// calls of the house's own lists, and of what a customer wants of their data.
var (
	fieldsCall   = huma.Operation{OperationID: "readFields", Summary: "What may be known of a customer", DefaultStatus: http.StatusOK, Tags: []string{"house"}}
	areasCall    = huma.Operation{OperationID: "readAreas", Summary: "What wishes are about, and who makes them ready", DefaultStatus: http.StatusOK, Tags: []string{"house"}}
	clubsCall    = huma.Operation{OperationID: "readClubs", Summary: "Clubs, their levels and events", DefaultStatus: http.StatusOK, Tags: []string{"house"}}
	restrictCall = huma.Operation{OperationID: "addRestriction", Summary: "Record a restriction that a customer asks for", DefaultStatus: http.StatusCreated, Tags: []string{"consents"},
		Errors: []int{http.StatusNotFound, http.StatusConflict}}
	liftCall = huma.Operation{OperationID: "liftRestriction", Summary: "End a restriction", DefaultStatus: http.StatusNoContent, Tags: []string{"consents"},
		Errors: []int{http.StatusNotFound}}
	requestsCall = huma.Operation{OperationID: "readRequests", Summary: "What a customer asked to be corrected or erased", DefaultStatus: http.StatusOK, Tags: []string{"consents"},
		Errors: []int{http.StatusNotFound}}
	askCall = huma.Operation{OperationID: "takeRequest", Summary: "Take down that something be corrected or erased", DefaultStatus: http.StatusCreated, Tags: []string{"consents"},
		Errors: []int{http.StatusNotFound, http.StatusConflict}}
	askedCall = huma.Operation{OperationID: "tellAsked", Summary: "Say what became of a question", DefaultStatus: http.StatusNoContent, Tags: []string{"customers"},
		Errors: []int{http.StatusNotFound, http.StatusConflict}}
	unrelateCall = huma.Operation{OperationID: "endRelation", Summary: "End a relation", DefaultStatus: http.StatusNoContent, Tags: []string{"people"},
		Errors: []int{http.StatusNotFound, http.StatusConflict}}
	leaveCall = huma.Operation{OperationID: "leaveClub", Summary: "End a membership", DefaultStatus: http.StatusNoContent, Tags: []string{"membership"},
		Errors: []int{http.StatusNotFound, http.StatusConflict}}
	numberCall = huma.Operation{OperationID: "changeNumber", Summary: "Give a member another number", DefaultStatus: http.StatusNoContent, Tags: []string{"membership"},
		Errors: []int{http.StatusNotFound, http.StatusConflict}}
	attendCall = huma.Operation{OperationID: "attendEvent", Summary: "Say that a customer came to an event", DefaultStatus: http.StatusNoContent, Tags: []string{"membership"},
		Errors: []int{http.StatusNotFound}}
	guestCall = huma.Operation{OperationID: "readGuest", Summary: "One guest of the sheet", DefaultStatus: http.StatusOK, Tags: []string{"stays"},
		Errors: []int{http.StatusNotFound}}
	claimCall = huma.Operation{OperationID: "claimStay", Summary: "Say whose a stay is", DefaultStatus: http.StatusNoContent, Tags: []string{"stays"},
		Errors: []int{http.StatusNotFound, http.StatusConflict}}
	prepareCall = huma.Operation{OperationID: "addPreparation", Summary: "Add something to make ready", DefaultStatus: http.StatusCreated, Tags: []string{"stays"},
		Errors: []int{http.StatusNotFound, http.StatusConflict}}
	dropCall = huma.Operation{OperationID: "dropPreparation", Summary: "Take back what was added", DefaultStatus: http.StatusNoContent, Tags: []string{"stays"},
		Errors: []int{http.StatusNotFound}}
)

// answer makes a line of the table a call of the JSON API. The line brings
// method, path, permission and limit; there is no other way to register one.
func answer[I, O any](r route, op huma.Operation, do func(context.Context, *inquiry, *I) (*O, error)) route {
	r.call = &call{Operation: op, register: func(into huma.API, op huma.Operation) {
		huma.Register(into, op, func(ctx context.Context, request *I) (*O, error) {
			c, ok := ctx.Value(callKey{}).(echo.Context)
			if !ok {
				return nil, errNoSession
			}
			in := inquiryOf(c)
			out, err := do(ctx, in, request)
			if err != nil {
				return nil, in.app.problem(c, err)
			}
			return out, nil
		})
	}}
	return r
}

type callKey struct{}

// bindCalls gives each call of the table its handler and returns the OpenAPI
// description of them all. huma registers with a router of its own that no
// request reaches: what stands in no line of the table cannot be called.
func bindCalls(routes []route) ([]byte, error) {
	aside := echo.New()
	book := humaecho.New(aside, api.Config())
	for i := range routes {
		r := &routes[i]
		if r.call == nil {
			continue
		}
		if r.public || policies.ScopeOf(r.permission) == "" {
			return nil, fmt.Errorf("handlers: %s %s is a call without a permission that a scope carries", r.method, r.path)
		}
		r.call.register(book, r.operation())
		found := aside.NewContext(nil, nil)
		aside.Router().Find(r.method, r.path, found)
		r.handle = withCall(found.Handler())
	}
	return json.Marshal(book.OpenAPI())
}

// operation completes the description from the table's line.
func (r *route) operation() huma.Operation {
	op := r.call.Operation
	parts := strings.Split(r.path, "/")
	for i, part := range parts {
		if name, is := strings.CutPrefix(part, ":"); is {
			parts[i] = "{" + name + "}"
		}
	}
	op.Method, op.Path, op.MaxBodyBytes = r.method, strings.Join(parts, "/"), bodyLimit
	op.Errors = append([]int{http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests, http.StatusServiceUnavailable}, op.Errors...)
	if r.method != get {
		op.Errors = append(op.Errors, http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType)
	}
	op.Security = []map[string][]string{{"token": {}}}
	op.Extensions = map[string]any{"x-permission": r.permission.String(), "x-scope": string(policies.ScopeOf(r.permission)), "x-surface": r.surface.String(), "x-limit": r.limit}
	return op
}

// withCall hands the request on with what an operation and its problems need.
func withCall(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		in := inquiryOf(c)
		if in == nil {
			return errNoSession
		}
		ctx := api.With(context.WithValue(c.Request().Context(), callKey{}, c), in.app.reader(c))
		c.SetRequest(c.Request().WithContext(ctx))
		return next(c)
	}
}

// describe answers with the description of the JSON API. It holds no data and
// needs no token.
func (a *App) describe(c echo.Context) error {
	if len(a.openAPI) == 0 {
		return errors.New("handlers: the API has no description")
	}
	return c.Blob(http.StatusOK, "application/openapi+json", a.openAPI)
}
