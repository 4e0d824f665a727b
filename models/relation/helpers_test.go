package relation_test

import (
	"context"
	"testing"

	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/models/relation"
	"shuke/policies"
)

var ctx = context.Background()

// house is a House with two guests who know each other.
type house struct {
	*modelstest.House
	wang, li string
}

func newHouse(t *testing.T) house {
	t.Helper()
	h := modelstest.NewHouse(t)
	return house{h, h.AddGuest("王小明", "phone", "13812345678", "address_as", "王总"), h.AddGuest("李梅", "phone", "13912345678", "address_as", "李老师", "taboo", "不提前任")}
}

// link links two customers as the manager does.
func (h house) link(a, b string, kind relation.Kind) string {
	h.T.Helper()
	ref, err := h.Relations.Add(ctx, h.Actor(policies.Manager), h.Catalogue(), relation.Draft{PublicID: a, With: b, Kind: kind, Channel: "service"})
	if err != nil {
		h.T.Fatal(err)
	}
	return ref
}

func (h house) add(d relation.Draft) error {
	h.T.Helper()
	return h.addBy(h.Actor(policies.Manager), d)
}

func (h house) addBy(a policies.Actor, d relation.Draft) error {
	h.T.Helper()
	if d.Channel == "" {
		d.Channel = "service"
	}
	_, err := h.Relations.Add(ctx, a, h.Catalogue(), d)
	return err
}

// around are the people on somebody's card.
func (h house) around(id string) relation.Around {
	h.T.Helper()
	out, err := relation.Of(ctx, h.Main, h.Guard, h.Actor(policies.Manager), h.Customer(id).ID)
	if err != nil {
		h.T.Fatal(err)
	}
	return out
}

// names are whom a card names, with what they are.
func (h house) names(id string) []string {
	h.T.Helper()
	var out []string
	for _, l := range h.around(id).Links {
		name := l.Name
		if l.Other != nil {
			name = l.Other.Name
		}
		out = append(out, l.Kind.String()+" "+name)
	}
	return out
}

func (h house) inner(id string) int64 { return h.Customer(id).ID }

// at is the message at a field of a refused form.
func at(err error, field string) string {
	var f *fault.Error
	if e, ok := err.(*fault.Error); ok {
		f = e
	} else {
		return ""
	}
	return f.Fields[field].Key
}

func value(field, text string) customer.Value { return customer.Value{Field: field, Text: text} }
