package handlers

import (
	"context"

	"shuke/handlers/api"
)

func (a *App) callConsents(ctx context.Context, in *inquiry, r *api.ConsentsRequest) (*api.ConsentsAnswer, error) {
	opened, err := a.Rights.Open(ctx, in.Actor, r.ID)
	if err != nil {
		return nil, err
	}
	return api.NewConsents(opened, string(in.print.Language())), nil
}

func (a *App) callConsent(ctx context.Context, in *inquiry, r *api.ConsentRequest) (*api.ConsentsAnswer, error) {
	if err := a.Rights.Record(ctx, in.Actor, r.Decision()); err != nil {
		return nil, &api.Rejected{Cause: err, At: r.Of}
	}
	opened, err := a.Rights.Open(ctx, in.Actor, r.ID)
	if err != nil {
		return nil, err
	}
	return api.NewConsents(opened, string(in.print.Language())), nil
}
