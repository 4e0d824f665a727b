package demodata_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/nyaruka/phonenumbers"

	"shuke/models/demodata"
)

func TestTelephonesAreInUse(t *testing.T) {
	bad := map[string]int{}
	for _, c := range everybody(t, demodata.New(1), sample) {
		for _, f := range c.Facts {
			if !strings.HasSuffix(f.Field, "phone") || f.None {
				continue
			}
			n, err := phonenumbers.Parse(f.Value, "")
			if err != nil || !phonenumbers.IsValidNumber(n) || phonenumbers.Format(n, phonenumbers.E164) != f.Value {
				bad[f.Value[:min(6, len(f.Value))]]++
			}
		}
	}
	for prefix, n := range bad {
		t.Errorf("%s… %d times", prefix, n)
	}
}

// The weights are written out as in the standard, not as the generator works.
func TestIdentityCardsHaveTheirCheckDigit(t *testing.T) {
	weights := [...]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	checked := 0
	for i, c := range everybody(t, demodata.New(1), sample) {
		if value(c, "document_kind") != "id_card" {
			continue
		}
		no := value(c, "document_no")
		if len(no) != 18 {
			t.Fatalf("customer %d: %d signs", i, len(no))
		}
		sum := 0
		for k, w := range weights {
			sum += int(no[k]-'0') * w
		}
		if no[17] != "10X98765432"[sum%11] {
			t.Errorf("customer %d: check digit", i)
		}
		if b := value(c, "birth"); b != "" && strings.ReplaceAll(b, "-", "") != no[6:14] {
			t.Errorf("customer %d: born %s on the card %s", i, b, no[6:14])
		}
		if s := value(c, "sex"); s != "" && (s == "male") != (no[16]%2 == 1) {
			t.Errorf("customer %d: %s", i, s)
		}
		checked++
	}
	if checked < sample/10 {
		t.Errorf("only %d cards", checked)
	}
}

func TestLicencesHaveTheirCheckCharacters(t *testing.T) {
	const signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	weights := [...]int{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28}
	for i, c := range everybody(t, demodata.New(1), sample) {
		no := value(c, "licence_no")
		if no == "" {
			continue
		}
		sum := 0
		for k, w := range weights {
			sum += strings.IndexByte(signs, no[k]) * w
		}
		if want := signs[(31-sum%31)%31]; len(no) != 18 || no[17] != want {
			t.Errorf("customer %d: %s, want %c at the end", i, no, want)
		}
	}
}

func TestPlatesAndMailLookRight(t *testing.T) {
	plate := regexp.MustCompile(`^\p{Han}[A-Z]([A-HJ-NP-Z]\d{4}|[DF][A-HJ-NP-Z]\d{4})$`)
	mail := regexp.MustCompile(`^[a-z0-9.]+@(mail\.)?example\.(com|cn|net)$`)
	for i, c := range everybody(t, demodata.New(1), sample) {
		for _, f := range c.Facts {
			if f.Field == "plate" && !f.None && !plate.MatchString(f.Value) || f.Field == "email" && !mail.MatchString(f.Value) {
				t.Fatalf("customer %d: %q", i, f.Value)
			}
		}
	}
}
