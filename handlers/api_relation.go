package handlers

import (
	"context"

	"shuke/handlers/api"
	"shuke/models/relation"
)

func (a *App) callRelations(ctx context.Context, in *inquiry, r *api.RelationsRequest) (*api.RelationsAnswer, error) {
	cat, err := a.Customers.Catalogue(ctx, in.staff.FieldsVersion)
	if err != nil {
		return nil, err
	}
	people, err := a.Relations.List(ctx, in.Actor, cat, r.ID)
	if err != nil {
		return nil, err
	}
	return api.NewRelations(people), nil
}

func (a *App) callRelate(ctx context.Context, in *inquiry, r *api.RelateRequest) (*api.RelateAnswer, error) {
	cat, err := a.Customers.Catalogue(ctx, in.staff.FieldsVersion)
	if err != nil {
		return nil, err
	}
	ref, err := a.Relations.Add(ctx, in.Actor, cat, r.Draft())
	if err != nil {
		return nil, r.Rejected(err)
	}
	out := &api.RelateAnswer{}
	out.Body.Ref = ref
	return out, nil
}

func (a *App) callUnrelate(ctx context.Context, in *inquiry, r *api.UnrelateRequest) (*api.Empty, error) {
	return &api.Empty{}, a.Relations.End(ctx, in.Actor, relation.Ending{PublicID: r.ID, Ref: r.Ref, Why: r.Body.Why, Once: r.Key})
}
