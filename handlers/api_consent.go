package handlers

import (
	"context"

	"shuke/handlers/api"
	"shuke/views/text"
)

func (a *App) callConsents(ctx context.Context, in *inquiry, r *api.ConsentsRequest) (*api.ConsentsAnswer, error) {
	return a.consentsNow(ctx, in, r.ID)
}

// consentsNow is what holds at this moment.
func (a *App) consentsNow(ctx context.Context, in *inquiry, id string) (*api.ConsentsAnswer, error) {
	opened, err := a.Rights.Open(ctx, in.Actor, id)
	if err != nil {
		return nil, err
	}
	return api.NewConsents(opened, string(in.print.Language())), nil
}

func (a *App) callConsent(ctx context.Context, in *inquiry, r *api.ConsentRequest) (*api.ConsentsAnswer, error) {
	if err := a.Rights.Record(ctx, in.Actor, r.Decision()); err != nil {
		return nil, &api.Rejected{Cause: err, At: r.Of}
	}
	return a.consentsNow(ctx, in, r.ID)
}

// callRestrict records a restriction that the customer asks for. A time of day or
// a branch that is none is left to the domain to refuse.
func (a *App) callRestrict(ctx context.Context, in *inquiry, r *api.RestrictRequest) (*api.ConsentsAnswer, error) {
	branches, err := a.Staff.Branches(ctx)
	if err != nil {
		return nil, err
	}
	var not int64
	for _, b := range branches {
		if b.Code == r.Body.Branch {
			not = b.ID
		}
	}
	if err := a.Rights.Restrict(ctx, in.Actor, r.Restricting(text.ParseClock(r.Body.From), text.ParseClock(r.Body.Until), not)); err != nil {
		return nil, r.Rejected(err)
	}
	return a.consentsNow(ctx, in, r.ID)
}

func (a *App) callLift(ctx context.Context, in *inquiry, r *api.LiftRequest) (*api.Empty, error) {
	return &api.Empty{}, a.Rights.LiftRestriction(ctx, in.Actor, r.ID, r.Restriction)
}

func (a *App) callRequests(ctx context.Context, in *inquiry, r *api.RequestsRequest) (*api.RequestsAnswer, error) {
	_, list, err := a.Rights.Requests(ctx, in.Actor, r.ID)
	if err != nil {
		return nil, err
	}
	return api.NewRequests(list), nil
}

func (a *App) callAsk(ctx context.Context, in *inquiry, r *api.AskRequest) (*api.RequestsAnswer, error) {
	if err := a.Rights.Take(ctx, in.Actor, r.Asking()); err != nil {
		return nil, &api.Rejected{Cause: err, At: r.Of}
	}
	return a.callRequests(ctx, in, &api.RequestsRequest{ID: r.ID})
}
