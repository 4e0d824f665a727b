package catalogue

import (
	"slices"
	"strings"
	"testing"
)

func shippedAsks(t *testing.T) map[string]Ask {
	t.Helper()
	asks, err := ShippedAsks()
	if err != nil {
		t.Fatal(err)
	}
	return asks
}

func TestWhatIsSensitiveIsNeverAskedAtACounter(t *testing.T) {
	asks, found := shippedAsks(t), 0
	fields, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range fields {
		if f.Sensitivity != Sensitive {
			continue
		}
		found++
		if a, said := asks[f.Key]; !said || a.Tact != Volunteer {
			t.Errorf("%s is sensitive and not marked as never asked", f.Key)
		}
		bold := Ask{Channels: []Channel{Counter, Visit}}
		if bold.Natural(Counter, f.Sensitivity) || !bold.Natural(Visit, f.Sensitivity) {
			t.Errorf("%s: the counter is no place for it", f.Key)
		}
	}
	if found == 0 {
		t.Fatal("no sensitive field in the catalogue")
	}
}

func TestQuestionsAreTalkAndNoForm(t *testing.T) {
	asked := 0
	for field, a := range shippedAsks(t) {
		if a.Tact == Volunteer {
			continue
		}
		asked++
		zh, en := a.Say["zh-CN"], a.Say["en"]
		for _, form := range []string{"请提供", "请填", "请问", "登记一下", "您的姓名", "资料", "信息"} {
			if strings.Contains(zh, form) {
				t.Errorf("%s: %q sounds like a form", field, zh)
			}
		}
		for _, form := range []string{"please provide", "please state", "please enter", "information"} {
			if strings.Contains(strings.ToLower(en), form) {
				t.Errorf("%s: %q sounds like a form", field, en)
			}
		}
		if !strings.ContainsAny(zh, "？") || !strings.ContainsAny(en, "?:") || strings.ContainsAny(zh+en, "!！") {
			t.Errorf("%s: %q, %q: a question, calmly", field, zh, en)
		}
	}
	if asked < 60 {
		t.Errorf("only %d fields are worth asking", asked)
	}
}

func TestEveryPurposeAndBothKindsHaveQuestionsAtACounter(t *testing.T) {
	asks := shippedAsks(t)
	fields, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	of := map[string]int{}
	for _, f := range fields {
		if a, ok := asks[f.Key]; !ok || !f.On || !a.Natural(Counter, f.Sensitivity) {
			continue
		}
		for _, p := range f.Purposes {
			of[p]++
		}
		if slices.Contains(f.Change, "front_desk") {
			of[f.Kind]++
		}
	}
	for _, want := range append([]string{Individual, Enterprise}, purposes...) {
		if of[want] == 0 {
			t.Errorf("nothing to ask at a counter for %s", want)
		}
	}
}

// Each rule of the data is broken in turn.
func TestAsksThatBreakARuleAreRefused(t *testing.T) {
	fields := []Field{
		{Key: "diet", Kind: Individual, Sensitivity: Personal},
		{Key: "religion", Kind: Individual, Sensitivity: Sensitive, Type: Choice, Options: []Option{{Value: "islam"}}},
		{Key: "firm", Kind: Enterprise, Sensitivity: Personal},
		{Key: "married", Kind: Individual, Sensitivity: Personal, Type: Choice, Options: []Option{{Value: "yes"}}},
	}
	const good = `{"field": "diet", "worth": 1, "channels": ["counter"], "say": {"zh-CN": "口味？", "en": "Taste?"}}`
	read := func(line string) error {
		_, err := decodeAsks([]byte(`{"asks": [`+line+`]}`), fields)
		return err
	}
	if err := read(good); err != nil {
		t.Fatal(err)
	}
	with := func(from, to string) string { return strings.Replace(good, from, to, 1) }
	for name, line := range map[string]string{
		"sensitive at a counter":      with(`"diet"`, `"religion"`),
		"unknown field":               with(`"diet"`, `"diets"`),
		"twice":                       good + "," + good,
		"tact":                        with(`"worth": 1`, `"worth": 1, "tact": 3`),
		"never asked with words":      with(`"worth": 1`, `"tact": 2`),
		"worth nothing":               with(`"worth": 1`, `"worth": 0`),
		"worth too much":              with(`"worth": 1`, `"worth": 4`),
		"no channel":                  with(`["counter"]`, `[]`),
		"unknown channel":             with(`"counter"`, `"street"`),
		"channel twice":               with(`"counter"`, `"call", "call"`),
		"one language":                with(`, "en": "Taste?"`, ``),
		"too long to say":             with(`口味？`, strings.Repeat("口", maxSay+1)),
		"area of what is no wish":     with(`"worth": 1`, `"worth": 1, "area": "bed_pillow"`),
		"unknown key":                 with(`"worth": 1`, `"worth": 1, "ask": true`),
		"after itself":                with(`"worth": 1`, `"worth": 1, "after": {"field": "diet"}`),
		"after nothing":               with(`"worth": 1`, `"worth": 1, "after": {"field": "diets"}`),
		"after what is sensitive":     with(`"worth": 1`, `"worth": 1, "after": {"field": "religion"}`),
		"after what firms have":       with(`"worth": 1`, `"worth": 1, "after": {"field": "firm"}`),
		"after a value that is never": with(`"worth": 1`, `"worth": 1, "after": {"field": "married", "values": ["no"]}`),
	} {
		if read(line) == nil {
			t.Errorf("%s: taken", name)
		}
	}
	if err := read(with(`"worth": 1`, `"worth": 1, "after": {"field": "married", "values": ["yes"]}`)); err != nil {
		t.Errorf("after a value that is: %v", err)
	}
	if err := read(with(`"diet", "worth": 1, "channels": ["counter"]`, `"religion", "worth": 1, "channels": ["visit"]`)); err != nil {
		t.Errorf("sensitive on a visit: %v", err)
	}
}
