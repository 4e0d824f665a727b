package handlers

import (
	"context"

	"shuke/handlers/api"
)

func (a *App) callNote(ctx context.Context, in *inquiry, r *api.NoteRequest) (*api.NoteAnswer, error) {
	cat, err := a.Customers.Catalogue(ctx, in.staff.FieldsVersion)
	if err != nil {
		return nil, err
	}
	done, err := a.Customers.TakeNote(ctx, in.Actor, cat, r.Domain())
	if err != nil {
		return nil, err
	}
	return api.NewNoted(done), nil
}

func (a *App) callConfirm(ctx context.Context, in *inquiry, r *api.PreferenceRequest) (*api.Empty, error) {
	cat, err := a.Customers.Catalogue(ctx, in.staff.FieldsVersion)
	if err != nil {
		return nil, err
	}
	return &api.Empty{}, a.Customers.ConfirmNote(ctx, in.Actor, cat, r.ID, r.N)
}

func (a *App) callRetire(ctx context.Context, in *inquiry, r *api.RetireRequest) (*api.Empty, error) {
	cat, err := a.Customers.Catalogue(ctx, in.staff.FieldsVersion)
	if err != nil {
		return nil, err
	}
	return &api.Empty{}, a.Customers.RetireNote(ctx, in.Actor, cat, r.ID, r.N, r.Body.Reason, r.Body.Words)
}
