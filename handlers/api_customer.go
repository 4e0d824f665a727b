package handlers

import (
	"context"

	"shuke/handlers/api"
	"shuke/models/calendar"
	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/models/purpose"
)

func (a *App) callSearch(ctx context.Context, in *inquiry, r *api.SearchRequest) (*api.SearchAnswer, error) {
	cat, err := a.Customers.Catalogue(ctx, in.staff.FieldsVersion)
	if err != nil {
		return nil, err
	}
	found, err := a.Customers.LookUp(ctx, in.Actor, cat, r.Body.Query)
	if err != nil {
		return nil, err
	}
	return api.NewFound(found), nil
}

func (a *App) callCreate(ctx context.Context, in *inquiry, r *api.CreateRequest) (*api.CreateAnswer, error) {
	cat, err := a.Customers.Catalogue(ctx, in.staff.FieldsVersion)
	if err != nil {
		return nil, err
	}
	draft, places, err := r.Draft(cat)
	if err != nil {
		return nil, &api.Rejected{Cause: err, At: places.Of}
	}
	id, err := a.Customers.Create(ctx, in.Actor, cat, draft)
	if err != nil {
		return nil, &api.Rejected{Cause: err, At: places.Of}
	}
	return api.NewCreated(id, "/api/v1/customers/"+id), nil
}

func (a *App) callCard(ctx context.Context, in *inquiry, r *api.CardRequest) (*api.CardAnswer, error) {
	cat, err := a.Customers.Catalogue(ctx, in.staff.FieldsVersion)
	if err != nil {
		return nil, err
	}
	opened, err := a.Cards.Open(ctx, in.Actor, cat, r.ID)
	if err != nil {
		return nil, err
	}
	show := func(f customer.Field, fact customer.Fact) (value, words string) {
		return openValue(f, fact), valueText(in.print, f, fact, in.Actor)
	}
	say, _ := sayVM(in.print, opened)
	return api.NewCard(opened, a.groups, api.Words{Lang: string(in.print.Language()), Phone: firstPhone(opened), Say: say, Show: show}), nil
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

// callAsked notes what became of a question of the card.
func (a *App) callAsked(ctx context.Context, in *inquiry, r *api.AskedRequest) (*api.Empty, error) {
	cat, err := a.Customers.Catalogue(ctx, in.staff.FieldsVersion)
	if err != nil {
		return nil, err
	}
	outcome, err := purpose.ParseOutcome(r.Body.Outcome)
	if err != nil {
		return nil, err
	}
	_, _, err = a.Purposes.Tell(ctx, in.Actor, cat, purpose.Told{PublicID: r.ID, Field: r.Field, Outcome: outcome, Once: r.Key})
	return &api.Empty{}, err
}

// openValue writes a value for programs, and no more of it than valueText
// shows: of a birthday the month.
func openValue(f customer.Field, fact customer.Fact) string {
	switch {
	case fact.None:
		return ""
	case f.Birthday():
		d, err := calendar.ParseDate(fact.Value)
		if err != nil || d.Month == 0 {
			return ""
		}
		return calendar.Date{Month: d.Month, Lunar: d.Lunar, Leap: d.Leap}.String()
	case f.Type == catalogue.Money:
		return editable(nil, f, fact.Value)
	}
	return fact.Value
}
