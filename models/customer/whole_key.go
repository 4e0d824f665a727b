package customer

import (
	"shuke/models/catalogue"
	"shuke/models/email"
	"shuke/models/phone"
	"shuke/models/plate"
)

// KeyFields are the shipped fields by which an import can join rows to customers.
var KeyFields = []string{"email", "phone", "member_no", "document_no", "licence_no", "plate"}

// wholeKey is the look-up key of a whole value of a field.
func (s *Service) wholeKey(field, value string) (key, bool, error) {
	if catalogue.IsOwn(field) {
		k, err := ownKey(s.vault, field, value)
		return k, true, err
	}
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
