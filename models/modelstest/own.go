package modelstest

import (
	"context"

	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/policies"
)

// OwnDraft is a field of the house's own that may be made, changed by each of
// the functions: a text about people, in group life.
func OwnDraft(zh, en string, changes ...func(*customer.OwnDraft)) customer.OwnDraft {
	d := customer.OwnDraft{
		NameZH: zh, NameEN: en, Kind: catalogue.Individual, Group: "life", CompanyGroup: "company_dealing", Type: string(catalogue.Text), Sensitivity: string(catalogue.Personal),
		Purposes: []string{"tailor"}, BenefitZH: "到店前就按喜好备好，不用再说一遍。", BenefitEN: "It is ready before you come, without asking again.",
		See: []string{"front_desk", "sales", "service", "manager", "custodian", "owner"}, Change: []string{"front_desk", "manager", "custodian"},
	}
	for _, change := range changes {
		change(&d)
	}
	return d
}

// AddOwn makes a field of the house's own as a custodian does and returns its key.
func (h *House) AddOwn(d customer.OwnDraft) string {
	h.T.Helper()
	key, err := h.Customers.AddOwnField(context.Background(), h.Actor(policies.Custodian), d, "")
	h.must(err)
	return key
}

// EditOwn changes a field of the house's own from what it is now.
func (h *House) EditOwn(key string, change func(*customer.OwnDraft)) error {
	h.T.Helper()
	f, known := h.Catalogue().Field(key)
	if !known {
		h.T.Fatalf("no field %s", key)
	}
	d := customer.DraftOf(f.Field)
	change(&d)
	return h.Customers.EditOwnField(context.Background(), h.Actor(policies.Custodian), key, d, f.Edition)
}
