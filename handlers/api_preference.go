package handlers

import (
	"context"

	"shuke/handlers/api"
	"shuke/models/arrival"
	"shuke/models/customer"
	"shuke/models/stay"
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

// callFacts changes what is known of a customer.
func (a *App) callFacts(ctx context.Context, in *inquiry, r *api.FactsRequest) (*api.Empty, error) {
	cat, err := a.Customers.Catalogue(ctx, in.staff.FieldsVersion)
	if err != nil {
		return nil, err
	}
	who, _, err := a.Customers.Admit(ctx, in.Actor, r.ID)
	if err != nil {
		return nil, err
	}
	values, places, err := r.Values(cat, who.Kind)
	if err != nil {
		return nil, &api.Rejected{Cause: err, At: places.Of}
	}
	edit := customer.Edit{PublicID: r.ID, Values: values, Channel: customer.Channel(r.Body.Channel), Version: r.Body.Version, Once: r.Key}
	if edit.Version == 0 {
		edit.Version = who.Version
	}
	if err := a.Customers.Edit(ctx, in.Actor, cat, edit); err != nil {
		return nil, &api.Rejected{Cause: err, At: places.Of}
	}
	return &api.Empty{}, nil
}

func (a *App) callBook(ctx context.Context, in *inquiry, r *api.StayRequest) (*api.StayAnswer, error) {
	eta := minutesOf(r.Body.ETA)
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
