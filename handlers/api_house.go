package handlers

import (
	"context"

	"shuke/handlers/api"
	"shuke/models/membership"
)

func (a *App) callFields(ctx context.Context, in *inquiry, _ *api.HouseRequest) (*api.FieldsAnswer, error) {
	cat, err := a.Customers.Catalogue(ctx, in.staff.FieldsVersion)
	if err != nil {
		return nil, err
	}
	return api.NewFields(cat, in.Actor.Role, string(in.print.Language())), nil
}

func (a *App) callAreas(ctx context.Context, in *inquiry, _ *api.HouseRequest) (*api.AreasAnswer, error) {
	cat, err := a.Customers.Catalogue(ctx, in.staff.FieldsVersion)
	if err != nil {
		return nil, err
	}
	return api.NewAreas(cat, string(in.print.Language())), nil
}

func (a *App) callClubs(ctx context.Context, in *inquiry, _ *api.HouseRequest) (*api.ClubsAnswer, error) {
	clubs, err := a.Members.Clubs(ctx, in.staff.FieldsVersion)
	if err != nil {
		return nil, err
	}
	events := map[int64][]membership.Event{}
	for _, c := range clubs.List {
		if events[c.ID], err = a.Members.Events(ctx, in.Actor, c.ID); err != nil {
			return nil, err
		}
	}
	return api.NewClubs(clubs, events, string(in.print.Language())), nil
}
