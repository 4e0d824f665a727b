package catalogue

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func shipped(t *testing.T) map[string]Field {
	t.Helper()
	fields, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	byKey := make(map[string]Field, len(fields))
	for _, f := range fields {
		byKey[f.Key] = f
	}
	return byKey
}

func TestShippedCatalogueLoads(t *testing.T) {
	fields, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	if n := len(fields); n < 150 || n > 200 {
		t.Errorf("%d fields", n)
	}
	groups, err := ShippedGroups()
	if err != nil {
		t.Fatal(err)
	}
	of := map[string]int{}
	for _, g := range groups {
		of[g.Kind]++
	}
	if of[Individual] != 7 || of[Enterprise] != 5 {
		t.Errorf("groups %v, want seven and five", of)
	}
	for i := 1; i < len(fields); i++ {
		if fields[i].Order <= fields[i-1].Order {
			t.Errorf("%s stands before its turn", fields[i].Key)
		}
	}
}

func TestEachGroupOfEachKindHasFields(t *testing.T) {
	fields := shipped(t)
	groups, _ := ShippedGroups()
	for _, g := range groups {
		n := 0
		for _, f := range fields {
			if f.GroupFor(g.Kind) == g.Key {
				n++
			}
		}
		if n < 5 {
			t.Errorf("%s has %d fields", g.Key, n)
		}
	}
	if got := fields["birth"].GroupFor(Enterprise); got != "" {
		t.Errorf("a firm has a birthday in group %q", got)
	}
	if got := fields["phone"].GroupFor(Enterprise); got != "company_basic" {
		t.Errorf("a firm's phone stands in %q", got)
	}
}

func TestLabelsFitTheirColumn(t *testing.T) {
	for key, f := range shipped(t) {
		if n := utf8.RuneCountInString(f.Label("zh-CN")); n > 8 {
			t.Errorf("%s: %q has %d characters", key, f.Label("zh-CN"), n)
		}
		if n := utf8.RuneCountInString(f.Label("en")); n > 28 {
			t.Errorf("%s: %q has %d characters", key, f.Label("en"), n)
		}
	}
}

func TestTextsAreInTheirLanguage(t *testing.T) {
	han := func(s string) bool {
		return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	}
	for key, f := range shipped(t) {
		for what, l := range map[string]Labels{"labels": f.Labels, "benefit": f.Benefit} {
			if !han(l["zh-CN"]) || han(l["en"]) {
				t.Errorf("%s: %s %v", key, what, l)
			}
		}
		if !strings.HasSuffix(f.Benefit["zh-CN"], "。") || !strings.HasSuffix(f.Benefit["en"], ".") {
			t.Errorf("%s: the benefit is no sentence", key)
		}
		if first, _ := utf8.DecodeRuneInString(f.Label("en")); !unicode.IsUpper(first) {
			t.Errorf("%s: %q is not in sentence case", key, f.Label("en"))
		}
	}
}

func TestEachFieldHasABenefitOfItsOwn(t *testing.T) {
	seen := map[string]string{}
	for key, f := range shipped(t) {
		for _, s := range f.Benefit {
			if other, taken := seen[s]; taken {
				t.Errorf("%s and %s share %q", key, other, s)
			}
			seen[s] = key
		}
	}
}

func TestLabelsOfAGroupDiffer(t *testing.T) {
	for _, kind := range []string{Individual, Enterprise} {
		seen := map[string]string{}
		for key, f := range shipped(t) {
			if !f.For(kind) {
				continue
			}
			for _, lang := range languages {
				at := lang + f.GroupFor(kind) + f.Record() + f.Label(lang)
				if other, taken := seen[at]; taken {
					t.Errorf("%s and %s are both %q", key, other, f.Label(lang))
				}
				seen[at] = key
			}
		}
	}
}

func TestValidationNamesTheFault(t *testing.T) {
	good := shipped(t)
	group := Group{Key: "life", Kind: Individual, Records: map[string]Labels{}}
	for _, c := range []struct {
		fault string
		key   string
		spoil func(*Field)
	}{
		{"floor", "allergy_diagnosis", func(f *Field) { f.See = append(slices.Clone(f.See), "floor") }},
		{"marketing", "hobby", func(f *Field) { f.See = append(slices.Clone(f.See), "marketing") }},
		{"auditor", "hobby", func(f *Field) { f.See = []string{"auditor"} }},
		{"does not see", "motto", func(f *Field) { f.Change = []string{"front_desk"} }},
		{"purpose", "hobby", func(f *Field) { f.Purposes = nil }},
		{"benefit", "hobby", func(f *Field) { f.Benefit = Labels{"zh-CN": "好处。"} }},
		{"snake", "hobby", func(f *Field) { f.Key = "Hobby" }},
		{"options", "smoking", func(f *Field) { f.Options = nil }},
		{"band", "hobby", func(f *Field) { f.Band = BandAge }},
		{"type", "hobby", func(f *Field) { f.Type = "colour" }},
		{"record", "hobby", func(f *Field) { f.Repeat = "boat" }},
		{"occasion", "hobby", func(f *Field) { f.Glance = GlanceOccasion }},
		{"head of the card", "health", func(f *Field) { f.Glance = GlanceDo }},
		{"child", "hobby", func(f *Field) { f.ChildData = true }},
		{"sensitivity", "hobby", func(f *Field) { f.Sensitivity = "secret" }},
		{"kind", "hobby", func(f *Field) { f.Kind = Enterprise }},
		{"company_group", "hobby", func(f *Field) { f.Kind = Both }},
	} {
		f := good[c.key]
		if err := f.valid(group); err != nil {
			t.Fatalf("%s: %v before it is spoiled", c.key, err)
		}
		c.spoil(&f)
		if err := f.valid(group); err == nil || !strings.Contains(err.Error(), c.fault) {
			t.Errorf("%s spoiled: got %v, want %q", c.key, err, c.fault)
		}
	}
}

func TestDecodeRefusesWhatItDoesNotKnow(t *testing.T) {
	raw := `{"group":"life","kind":"individual","labels":{"zh-CN":"生活","en":"Life"},"fields":[{"key":"a","colour":"red"}]}`
	if _, _, err := decode([]byte(raw)); err == nil {
		t.Error("an unknown property passed")
	}
}
