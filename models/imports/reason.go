package imports

import (
	"strings"

	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/models/tabular"
)

// Reason is the class of what is wrong with a row or a cell.
type Reason string

// The reasons. Those of tabular for rows, cells and doubts (columns_mismatch,
// hidden_row, cell_error, formula_value …) are used as they are, but for those
// that cellReason knows by the field.
const (
	NameMissing          Reason = "name_missing"
	NameInvalid          Reason = "name_invalid"
	PhoneInvalid         Reason = "phone_invalid"
	PhoneAreaCodeMissing Reason = "phone_area_code_missing"
	PhonePrecisionLost   Reason = "phone_precision_lost"
	EmailInvalid         Reason = "email_invalid"
	PlateInvalid         Reason = "plate_invalid"
	BirthInvalid         Reason = "birth_invalid"
	BirthAmbiguous       Reason = "birth_ambiguous"
	BirthIncomplete      Reason = "birth_incomplete"
	BirthFuture          Reason = "birth_future"
	BirthImplausible     Reason = "birth_implausible"
	BirthDiffers         Reason = "birth_differs" // from the one in the identity card's number
	LunarInvalid         Reason = "lunar_invalid"
	LunarUnknown         Reason = "lunar_unknown" // neither yes nor no
	DateInvalid          Reason = "date_invalid"  // of a date that is no birth
	GenderUnknown        Reason = "gender_unknown"
	IDChecksum           Reason = "id_checksum"
	IDInvalid            Reason = "id_invalid"
	IDLength             Reason = "id_length"
	IDPrecisionLost      Reason = "id_precision_lost"
	NumberRepeats        Reason = "number_repeats" // somebody has this number: a warning
	ChoiceUnknown        Reason = "choice_unknown"
	ValueInvalid         Reason = "value_invalid" // no number, amount or address of a page
	OneOnly              Reason = "one_only"      // several values where one can be
	Formula              Reason = "formula"
	ControlCharacter     Reason = "control_character"
	TooLong              Reason = "too_long"
	DuplicateInFile      Reason = "duplicate_in_file"
	KeyUnknown           Reason = "key_unknown"   // the key is empty or meets nobody
	KeyAmbiguous         Reason = "key_ambiguous" // the key meets several customers

	WordsMissing  Reason = "words_missing"  // a preference without words
	WordsNumber   Reason = "words_number"   // a number of a document or card among the words
	ConsentNeeded Reason = "consent_needed" // what is about safety is passed on: the customer must have agreed
	BranchUnknown Reason = "branch_unknown"
	// ConsentWithdrawn says that the customer does not let us keep it, or nothing
	// at all any more.
	ConsentWithdrawn Reason = "consent_withdrawn"
	DateFuture       Reason = "date_future"
	DatePast         Reason = "date_past"

	ArrivalMissing   Reason = "arrival_missing"
	DepartureMissing Reason = "departure_missing" // and no number of nights
	DepartsBefore    Reason = "departs_before"    // its arrival
	NightsDiffer     Reason = "nights_differ"     // from the days
	StayTooLong      Reason = "stay_too_long"
	DayFar           Reason = "day_far"
	GuestMissing     Reason = "guest_missing" // neither a customer nor a name
	StayOfOther      Reason = "stay_of_other" // the reservation is another customer's
)

// classes maps the keys of messages about values onto reasons, once.
var classes = map[string]Reason{
	"error.required":                NameMissing,
	"error.too_long":                TooLong,
	"error.control_character":       ControlCharacter,
	"error.choose":                  ChoiceUnknown,
	"value.name_invalid":            NameInvalid,
	"value.phone_area_code_missing": PhoneAreaCodeMissing,
	"value.phone_precision_lost":    PhonePrecisionLost,
	"value.email_invalid":           EmailInvalid,
	"value.plate_invalid":           PlateInvalid,
	"value.id_checksum":             IDChecksum,
	"value.id_invalid":              IDInvalid,
	"value.id_length":               IDLength,
	"value.id_precision_lost":       IDPrecisionLost,
	"value.document_invalid":        IDInvalid,
	"value.birth_differs":           BirthDiffers,
	"value.number_invalid":          ValueInvalid,
	"value.money_invalid":           ValueInvalid,
	"value.url_invalid":             ValueInvalid,
	"value.one_only":                OneOnly,
}

// noNumber is what a word for "none" in a telephone's place gives: nothing is
// wrong with the cell, and nothing is said in it.
const noNumber = "value.phone_empty_word"

// reasonOf is the class of a message at a field.
func reasonOf(field string, m fault.Message) Reason {
	if r, ok := classes[m.Key]; ok {
		return r
	}
	switch kind, detail, _ := strings.Cut(strings.TrimPrefix(m.Key, "value."), "_"); kind {
	case "phone":
		return PhoneInvalid
	case "date":
		return dateReason(field, detail)
	}
	return ValueInvalid
}

// cellReason is the class of what the reader found at a cell of a field.
func cellReason(f customer.Field, r tabular.Reason) Reason {
	switch {
	case r == tabular.DigitsLost && f.Type == catalogue.Document:
		return IDPrecisionLost
	case r == tabular.DigitsLost && f.Type == catalogue.Phone:
		return PhonePrecisionLost
	case r == tabular.NoSuchDay:
		return dateReason(f.Key, "invalid")
	}
	return Reason(r)
}

// dateReason is the class of a refusal of package calendar at a field.
func dateReason(field, detail string) Reason {
	switch {
	case detail == string(LunarInvalid):
		return LunarInvalid
	case field == "birth" || strings.HasSuffix(field, "_birth") && !catalogue.IsOwn(field):
		return Reason("birth_" + detail)
	}
	return DateInvalid
}
