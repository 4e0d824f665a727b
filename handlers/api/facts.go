package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"shuke/models/customer"
	"shuke/models/fault"
)

// FactsRequest changes what is known of a customer.
type FactsRequest struct {
	ID   string `path:"id" maxLength:"40" example:"K-4T7Q2M9XAB"`
	Key  string `header:"Idempotency-Key" maxLength:"64" doc:"Chosen by the sender: the same request under it has its effect once."`
	Body struct {
		Facts   Facts   `json:"facts"`
		Channel Channel `json:"channel"`
		Version int64   `json:"version,omitempty" minimum:"0" doc:"Of the customer as the card told it; with it nothing that others changed meanwhile is overwritten."`
	}
}

// Facts are values by field of the catalogue, kept as they were written: a long
// number must not pass through a float.
type Facts map[string]json.RawMessage

// Schema describes the three forms of a fact.
func (Facts) Schema(huma.Registry) *huma.Schema {
	value := &huma.Schema{OneOf: []*huma.Schema{
		{Type: huma.TypeString}, {Type: huma.TypeNumber},
		{Type: huma.TypeObject, Description: "The answer is none, which is not unknown.", Properties: map[string]*huma.Schema{"none": {Type: huma.TypeBoolean, Enum: []any{true}}},
			Required: []string{"none"}, AdditionalProperties: false},
	}}
	record := &huma.Schema{Type: huma.TypeObject, Description: "Fields of one record.", AdditionalProperties: value}
	s := &huma.Schema{Type: huma.TypeObject,
		Description:          `By field of the catalogue: a value, a list of values, or by record (child, job, document …) a list of records.`,
		Examples:             []any{map[string]any{"birth": "1985-03-12", "email": []any{"a@example.com"}, "child": []any{map[string]any{"child_name": "小满"}}, "work_phone": map[string]any{"none": true}}},
		AdditionalProperties: &huma.Schema{AnyOf: []*huma.Schema{value, {Type: huma.TypeArray, Items: &huma.Schema{AnyOf: []*huma.Schema{value, record}}}}}}
	s.PrecomputeMessages()
	return s
}

// reading collects values and where they stood.
type reading struct {
	cat      *customer.Catalogue
	kind     customer.Kind
	values   []customer.Value
	at       Places
	problems fault.Fields
}

// add puts a value into its slot; a slot that is taken was said twice, by name
// or phones and by facts.
func (b *reading) add(field string, item int, at string, v customer.Value) {
	v.Field, v.Item = field, item
	if slices.ContainsFunc(b.values, func(o customer.Value) bool { return o.Field == field && o.Item == item }) {
		b.wrong(v.Slot()+"+", at, "api.twice")
		return
	}
	b.at[v.Slot()] = at
	b.values = append(b.values, v)
}

func (b *reading) wrong(slot, at, key string) {
	b.problems.Add(slot, key, nil)
	b.at[slot] = at
}

// facts reads in the order of keys: the same facts in another order are the
// same request.
func (b *reading) facts(facts Facts) {
	records := records(b.cat, b.kind)
	for _, key := range slices.Sorted(maps.Keys(facts)) {
		at := "body.facts." + key
		switch list, isList := listOf(facts[key]); {
		case !isName(key): // perhaps a person's name, and no field in any case
			b.wrong("facts", "body.facts", "error.unknown_field")
		case records[key] && isList:
			for i, raw := range list {
				b.record(i, fmt.Sprintf("%s[%d]", at, i), raw)
			}
		case records[key]:
			b.wrong(key, at, "api.records")
		case isList:
			for i, raw := range list {
				b.value(key, i, fmt.Sprintf("%s[%d]", at, i), raw)
			}
		default:
			b.value(key, 0, at, facts[key])
		}
	}
}

func (b *reading) record(item int, at string, raw json.RawMessage) {
	var fields Facts
	if json.Unmarshal(raw, &fields) != nil {
		b.wrong(at, at, "api.records")
		return
	}
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		if !isName(key) {
			b.wrong(at, at, "error.unknown_field")
			continue
		}
		b.value(key, item, at+"."+key, fields[key])
	}
}

// value reads a text, a number as written, or none. A null could mean unknown
// or none and is refused.
func (b *reading) value(field string, item int, at string, raw json.RawMessage) {
	raw = bytes.TrimSpace(raw)
	var text string
	var none struct {
		None bool `json:"none"`
	}
	switch c := raw[0]; {
	case c == '"' && json.Unmarshal(raw, &text) == nil:
		b.add(field, item, at, customer.Value{Text: text})
	case c == '-' || (c >= '0' && c <= '9'):
		b.add(field, item, at, customer.Value{Text: string(raw)})
	case c == '{' && json.Unmarshal(raw, &none) == nil && none.None:
		b.add(field, item, at, customer.Value{None: true})
	default:
		b.wrong(customer.Value{Field: field, Item: item}.Slot(), at, "api.form")
	}
}

func listOf(raw json.RawMessage) ([]json.RawMessage, bool) {
	var list []json.RawMessage
	if len(raw) == 0 || raw[0] != '[' || json.Unmarshal(raw, &list) != nil {
		return nil, false
	}
	return list, true
}
