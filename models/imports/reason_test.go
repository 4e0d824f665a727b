package imports

import (
	"encoding/json"
	"os"
	"testing"

	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/models/document"
	"shuke/models/fault"
	"shuke/models/phone"
	"shuke/models/tabular"
)

var every = []Reason{NameMissing, NameInvalid, PhoneInvalid, PhoneAreaCodeMissing, PhonePrecisionLost, EmailInvalid, PlateInvalid, BirthInvalid,
	BirthAmbiguous, BirthIncomplete, BirthFuture, BirthImplausible, BirthDiffers, LunarInvalid, LunarUnknown, DateInvalid, GenderUnknown, IDChecksum,
	IDInvalid, IDLength, IDPrecisionLost, NumberRepeats, ChoiceUnknown, ValueInvalid, OneOnly, Formula, ControlCharacter, TooLong, DuplicateInFile,
	KeyUnknown, KeyAmbiguous}

func TestEveryMessageAboutAValueHasItsClass(t *testing.T) {
	for _, c := range []struct {
		field, key string
		want       Reason
	}{
		{"phone", "value.phone_" + string(phone.TooShort), PhoneInvalid},
		{"phone", "value.phone_" + string(phone.TooLong), PhoneInvalid},
		{"phone", "value.phone_" + string(phone.Invalid), PhoneInvalid},
		{"phone", "value.phone_" + string(phone.NotDigits), PhoneInvalid},
		{"phone", "value.phone_" + string(phone.Masked), PhoneInvalid},
		{"phone", "value.phone_" + string(phone.ShortCode), PhoneInvalid},
		{"phone", "value.phone_" + string(phone.Ambiguous), PhoneInvalid},
		{"phone", "value.phone_" + string(phone.PrecisionLost), PhonePrecisionLost},
		{"phone", "value.phone_" + string(phone.AreaCodeMissing), PhoneAreaCodeMissing},
		{"document_no", "value." + string(document.Checksum), IDChecksum},
		{"document_no", "value." + string(document.Invalid), IDInvalid},
		{"document_no", "value." + string(document.Length), IDLength},
		{"document_no", "value." + string(document.PrecisionLost), IDPrecisionLost},
		{"birth", "value.date_invalid", BirthInvalid},
		{"birth", "value.date_ambiguous", BirthAmbiguous},
		{"birth", "value.date_incomplete", BirthIncomplete},
		{"birth", "value.date_future", BirthFuture},
		{"birth", "value.date_implausible", BirthImplausible},
		{"birth", "value.date_lunar_invalid", LunarInvalid},
		{"spouse_birth", "value.date_future", BirthFuture},
		{"joined_on", "value.date_future", DateInvalid},
		{"name", "value.name_invalid", NameInvalid},
		{"note", "error.too_long", TooLong},
		{"trade", "error.choose", ChoiceUnknown},
	} {
		if got := reasonOf(c.field, fault.Message{Key: c.key}); got != c.want {
			t.Errorf("%s at %s: %s", c.key, c.field, got)
		}
	}
}

func TestWhatASpreadsheetLostIsNamedByTheField(t *testing.T) {
	field := func(key string, of catalogue.Type) customer.Field {
		return customer.Field{Field: catalogue.Field{Key: key, Type: of}}
	}
	for _, c := range []struct {
		field customer.Field
		found tabular.Reason
		want  Reason
	}{
		{field("phone", catalogue.Phone), tabular.DigitsLost, PhonePrecisionLost},
		{field("document_no", catalogue.Document), tabular.DigitsLost, IDPrecisionLost},
		{field("note", catalogue.LongText), tabular.DigitsLost, Reason(tabular.DigitsLost)},
		{field("birth", catalogue.Date), tabular.NoSuchDay, BirthInvalid},
		{field("joined_on", catalogue.Date), tabular.NoSuchDay, DateInvalid},
		{field("phone", catalogue.Phone), tabular.CellError, Reason(tabular.CellError)},
		{field("name", catalogue.Name), tabular.FormulaEmpty, Formula},
	} {
		if got := cellReason(c.field, c.found); got != c.want {
			t.Errorf("%s at %s: %s", c.found, c.field.Key, got)
		}
	}
}

func TestEveryReasonHasItsTexts(t *testing.T) {
	reasons := append([]Reason{Reason(tabular.ColumnsMismatch), Reason(tabular.EncodingDamaged), Reason(tabular.QuoteUnterminated), Reason(tabular.CellError), Reason(tabular.DigitsLost),
		Reason(tabular.HiddenRow), Reason(tabular.CardIncomplete), Reason(tabular.CardKind), Reason(tabular.EncodingUnknown), Reason(tabular.FormulaValue),
		Reason(tabular.YearHidden), Reason(tabular.StrayLine)}, every...)
	files := []tabular.Reason{tabular.EncodingUnknown, tabular.BinaryContent, tabular.EmptyFile, tabular.NoRows, tabular.NoHeader, tabular.WrongType,
		tabular.FileDamaged, tabular.TooLong, tabular.NotWorkbook, tabular.LockedOrOld, tabular.Entities, tabular.TooHeavy, tabular.BeyondSheet,
		tabular.NoSuchSheet, tabular.Crashed, tabular.DelimiterBad}
	options := []tabular.Reason{tabular.MapSyntax, tabular.MapColumn, tabular.MapAmbiguous, tabular.MapTwice, tabular.MapField}
	for _, language := range []string{"zh-CN", "en"} {
		content, err := os.ReadFile("../../views/text/messages/" + language + "/import.json")
		if err != nil {
			t.Fatal(err)
		}
		var texts map[string]any
		if err := json.Unmarshal(content, &texts); err != nil {
			t.Fatal(err)
		}
		need := func(key string) {
			if texts[key] == nil || texts[key] == "" {
				t.Errorf("%s has no %s", language, key)
			}
		}
		for _, r := range reasons {
			need("import.reason." + string(r))
		}
		for _, r := range files {
			need("import.file." + string(r))
		}
		for _, r := range options {
			need("import.option." + string(r))
		}
	}
}
