package handlers

import (
	"context"

	"shuke/handlers/api"
	"shuke/models/arrival"
	"shuke/models/stay"
	"shuke/views/text"
)

func (a *App) callBook(ctx context.Context, in *inquiry, r *api.StayRequest) (*api.StayAnswer, error) {
	eta := text.ParseClock(r.Body.ETA)
	id, err := a.Arrivals.Book(ctx, in.Actor, r.Booking(eta))
	if err != nil {
		return nil, err
	}
	out := &api.StayAnswer{}
	out.Body.ID = id
	return out, nil
}

func (a *App) callArrivals(ctx context.Context, in *inquiry, r *api.ArrivalsRequest) (*api.ArrivalsAnswer, error) {
	cat, err := a.Customers.Catalogue(ctx, in.staff.FieldsVersion)
	if err != nil {
		return nil, err
	}
	sheet, err := a.Arrivals.Open(ctx, in.Actor, cat, r.Day, arrival.View(r.View))
	if err != nil {
		return nil, err
	}
	return api.NewArrivals(sheet), nil
}

func (a *App) callTurn(ctx context.Context, in *inquiry, r *api.TurnRequest) (*api.Empty, error) {
	return &api.Empty{}, a.Arrivals.Turn(ctx, in.Actor, r.Stay, r.Body.Version, stay.Status(r.Body.Status))
}

// callClaim says whose a stay is that came without a customer.
func (a *App) callClaim(ctx context.Context, in *inquiry, r *api.ClaimRequest) (*api.Empty, error) {
	return &api.Empty{}, refusedAt(a.Arrivals.Claim(ctx, in.Actor, r.Stay, r.Body.Version, r.Body.Customer), func(field string) string { return "body." + field })
}

// callTick answers with nothing of the guest: whoever may tick need not be one who
// may read the sheet.
func (a *App) callTick(ctx context.Context, in *inquiry, r *api.TickRequest) (*api.Empty, error) {
	cat, err := a.Customers.Catalogue(ctx, in.staff.FieldsVersion)
	if err != nil {
		return nil, err
	}
	_, err = a.Arrivals.Tick(ctx, in.Actor, cat, r.Stay, r.Key, r.Body.Done)
	return &api.Empty{}, err
}

// callGuest answers with one guest of the sheet.
func (a *App) callGuest(ctx context.Context, in *inquiry, r *api.StayOf) (*api.GuestAnswer, error) {
	cat, err := a.Customers.Catalogue(ctx, in.staff.FieldsVersion)
	if err != nil {
		return nil, err
	}
	row, err := a.Arrivals.OpenRow(ctx, in.Actor, cat, r.Stay)
	if err != nil {
		return nil, err
	}
	return api.NewGuest(row), nil
}

func (a *App) callPrepare(ctx context.Context, in *inquiry, r *api.PrepareRequest) (*api.PrepareAnswer, error) {
	cat, err := a.Customers.Catalogue(ctx, in.staff.FieldsVersion)
	if err != nil {
		return nil, err
	}
	key, err := a.Arrivals.Prepare(ctx, in.Actor, cat, r.Stay, r.Body.Wording, r.Body.Department, text.ParseClock(r.Body.Due), r.Key)
	if err != nil {
		return nil, err
	}
	out := &api.PrepareAnswer{}
	out.Body.Key = key
	return out, nil
}

func (a *App) callDrop(ctx context.Context, in *inquiry, r *api.PreparationOf) (*api.Empty, error) {
	return &api.Empty{}, a.Arrivals.Drop(ctx, in.Actor, r.Stay, r.Key)
}
