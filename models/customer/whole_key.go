package customer

import (
	"context"
	"slices"

	"shuke/models/email"
	"shuke/models/phone"
	"shuke/models/plate"
)

// KeyFields are the fields by which an import can join rows to customers.
var KeyFields = []string{"email", "phone", "member_no", "document_no", "licence_no", "plate"}

// wholeKey is the look-up key of a whole value of a field.
func (s *Service) wholeKey(field, value string) (key, bool, error) {
	switch field {
	case "email":
		return key{keyEmail, email.Key(value)}, true, nil
	case "phone":
		return key{keyPhone, phone.National(dialled(value))}, true, nil
	case "member_no":
		return key{keyMember, memberKey(value)}, true, nil
	case "document_no", "licence_no":
		k, err := documentKey(s.vault, value)
		return k, true, err
	case "plate":
		keys := plate.Keys(value)
		if len(keys) == 0 {
			return key{}, false, nil
		}
		return key{keyPlate, keys[0]}, true, nil
	}
	return key{}, false, nil
}

// sharingRead bounds how many customers whose numbers end alike are compared.
const sharingRead = 50

// ByKey finds the customer whose email, member number, telephone, plate or
// document is exactly the value, in stored form, for imports that join on a
// key. Zero when nobody or more than one has it.
func (s *Service) ByKey(ctx context.Context, field, value string) (int64, error) {
	k, ok, err := s.wholeKey(field, value)
	if err != nil || !ok {
		return 0, err
	}
	ids, err := s.ids64(ctx, "SELECT customer_id FROM customer_keys WHERE kind = ? AND k = ? LIMIT ?", []any{k.kind, k.k, sharingRead})
	if err == nil && len(ids) > 0 && (field == "phone" || field == "plate") {
		ids, err = s.having(ctx, ids, field, value)
	}
	if err != nil || len(ids) != 1 {
		return 0, err
	}
	return ids[0], nil
}

// having keeps those who have the very value: the keys of telephones and plates
// are also the ends of longer ones, and leave the country out.
func (s *Service) having(ctx context.Context, ids []int64, field, value string) ([]int64, error) {
	found, err := s.byIDs(ctx, ids)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(ids, func(id int64) bool {
		if field == "plate" {
			return !slices.Contains(found[id].Plates, value)
		}
		return !slices.Contains(found[id].Phones, dialled(value))
	}), nil
}
