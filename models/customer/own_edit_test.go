package customer_test

import (
	"strings"
	"testing"

	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/policies"
)

type changing = func(*customer.OwnDraft)

// What a change does to stored values decides whether it may be made once there
// are any.
func TestWhatMayChangeOnceValuesAreStored(t *testing.T) {
	set := func(change changing) changing { return change }
	answers := set(func(d *customer.OwnDraft) {
		d.Type, d.Options = "choice", "soft | 软 | Soft\nhard | 硬 | Hard\nspare | 备用 | Spare"
	})
	for _, c := range []struct {
		rule        string
		from, to    changing
		value       string
		wrong       string // box=key while values are stored, "" when it may be
		wrongUnused bool   // and while none is
	}{
		{"texts, purposes, sight and age", nil, func(d *customer.OwnDraft) {
			d.NameZH, d.NameEN, d.HelpZH, d.HelpEN, d.BenefitZH, d.BenefitEN = "球会", "Golf society", "写全名。", "The full name.", "开球时间替您先订好了。", "Tee times are booked ahead for you."
			d.Purposes, d.See, d.Change, d.HalfLife, d.Group, d.Glance = []string{"keep", "market"}, []string{"floor", "manager"}, []string{"manager"}, "90", "social", "do"
		}, "观澜湖", "", false},
		{"longer", nil, func(d *customer.OwnDraft) { d.Length = "200" }, "观澜湖", "", false},
		{"shorter", nil, func(d *customer.OwnDraft) { d.Length = "20" }, "观澜湖", "length=own.length_fixed", false},
		{"text to long text", nil, func(d *customer.OwnDraft) { d.Type = "long_text" }, "观澜湖", "", false},
		{"text to number", nil, func(d *customer.OwnDraft) { d.Type = "number" }, "观澜湖", "type=own.type_fixed", false},
		{"telephone to text", func(d *customer.OwnDraft) { d.Type = "phone" }, func(d *customer.OwnDraft) { d.Type = "text" }, "13812345678", "type=own.type_fixed", false},
		{"people to both", nil, func(d *customer.OwnDraft) { d.Kind, d.CompanyGroup = "both", "company_dealing" }, "观澜湖", "", false},
		{"people to firms", nil, func(d *customer.OwnDraft) { d.Kind, d.CompanyGroup = "enterprise", "company_dealing" }, "观澜湖", "kind=own.kind_fixed", false},
		{"one to several", nil, func(d *customer.OwnDraft) { d.Several = true }, "观澜湖", "", false},
		{"several to one", func(d *customer.OwnDraft) { d.Several = true }, func(d *customer.OwnDraft) { d.Several = false }, "观澜湖", "several=own.several_fixed", false},
		{"none is an answer", nil, func(d *customer.OwnDraft) { d.NoneAllowed = true }, "观澜湖", "", false},
		{"none is no answer any more", func(d *customer.OwnDraft) { d.NoneAllowed = true }, func(d *customer.OwnDraft) { d.NoneAllowed = false }, "-", "none=own.none_fixed", false},
		{"more protected", nil, func(d *customer.OwnDraft) { d.Sensitivity = "sensitive" }, "观澜湖", "", false},
		{"less protected", func(d *customer.OwnDraft) { d.Sensitivity = "sensitive" }, func(d *customer.OwnDraft) { d.Sensitivity = "personal" }, "观澜湖", "sensitivity=own.sensitivity_lower", false},
		{"personal to the house's own", nil, func(d *customer.OwnDraft) { d.Sensitivity = "open" }, "观澜湖", "sensitivity=own.sensitivity_lower", false},
		{"a unit", func(d *customer.OwnDraft) { d.Type = "number" }, func(d *customer.OwnDraft) { d.UnitZH, d.UnitEN = "杆", "strokes" }, "72", "", false},
		{"another unit", func(d *customer.OwnDraft) { d.Type, d.UnitZH, d.UnitEN = "number", "米", "m" }, func(d *customer.OwnDraft) { d.UnitZH, d.UnitEN = "码", "yd" }, "72", "unit_zh=own.unit_fixed", false},
		{"a number with a unit to text", func(d *customer.OwnDraft) { d.Type, d.UnitZH, d.UnitEN = "number", "米", "m" }, func(d *customer.OwnDraft) { d.Type = "text" }, "72", "unit_zh=own.unit_fixed", false},
		{"another band", func(d *customer.OwnDraft) { d.Type, d.Band = "date", "age" }, func(d *customer.OwnDraft) { d.Band = "year" }, "1985-03-12", "band=own.band_fixed", false},
		{"no band", func(d *customer.OwnDraft) { d.Type, d.Band = "date", "age" }, func(d *customer.OwnDraft) { d.Band = "" }, "1985-03-12", "", false},
		{"one more answer", answers, func(d *customer.OwnDraft) { d.Options += "\nmedium | 中 | Medium" }, "soft", "", false},
		{"an answer by another name", answers, func(d *customer.OwnDraft) {
			d.Options = strings.Replace(d.Options, "软 | Soft", "柔软 | Very soft", 1)
		}, "soft", "", false},
		{"without an answer that was given", answers, func(d *customer.OwnDraft) { d.Options = strings.Replace(d.Options, "soft | 软 | Soft\n", "", 1) }, "soft", "options=own.option_used", false},
		{"without an answer that nobody gave", answers, func(d *customer.OwnDraft) { d.Options = strings.Replace(d.Options, "\nspare | 备用 | Spare", "", 1) }, "soft", "", false},
		{"an answer retired", answers, func(d *customer.OwnDraft) { d.Options = "- " + d.Options }, "soft", "", false},
		{"sealed, without any answer", func(d *customer.OwnDraft) { answers(d); d.Sensitivity = "sensitive" },
			func(d *customer.OwnDraft) { d.Options = strings.Replace(d.Options, "\nspare | 备用 | Spare", "", 1) }, "soft", "options=own.option_used", false},
		{"what no field may be", nil, func(d *customer.OwnDraft) { d.Purposes = nil }, "观澜湖", "purposes=field.purpose_needed", true},
	} {
		t.Run(c.rule, func(t *testing.T) {
			h := modelstest.NewHouse(t)
			if c.from == nil {
				c.from = func(*customer.OwnDraft) {}
			}
			used, unused := h.AddOwn(golf(c.from)), h.AddOwn(modelstest.OwnDraft("雪茄", "Cigar", c.from))
			h.AddGuest("王小明", used, c.value)
			for key, refused := range map[string]bool{used: c.wrong != "", unused: c.wrongUnused} {
				before, _ := h.Catalogue().Field(key)
				events := len(h.Events())
				change := c.to
				if key == unused { // its names are its own
					change = func(d *customer.OwnDraft) {
						zh, en := d.NameZH, d.NameEN
						c.to(d)
						d.NameZH, d.NameEN = zh, en
					}
				}
				err := h.EditOwn(key, change)
				after, _ := h.Catalogue().Field(key)
				if !refused {
					if err != nil || after.Edition != before.Edition+1 {
						t.Errorf("%s: %v, edition %d after %d", key, err, after.Edition, before.Edition)
					}
					continue
				}
				box, want, _ := strings.Cut(c.wrong, "=")
				if got := slots(err); got[box] != want {
					t.Errorf("%s: %v, want %s", key, got, c.wrong)
				}
				if after.Edition != before.Edition || len(h.Events()) != events {
					t.Errorf("%s: a refused change left something", key)
				}
			}
		})
	}
}

func TestAChangeIsRecordedWithWhatItChanged(t *testing.T) {
	h := modelstest.NewHouse(t)
	key := h.AddOwn(golf())
	if err := h.EditOwn(key, func(d *customer.OwnDraft) {
		d.HalfLife, d.See, d.Change = "90", []string{"manager"}, []string{"manager"}
	}); err != nil {
		t.Fatal(err)
	}
	e := h.LastEvent()
	if e.Action != "field.changed" || e.Object != key || len(e.Details) != 3 || detail(e, "half_life") != " → 90" ||
		detail(e, "change") != "front_desk,manager,custodian → manager" || !strings.HasSuffix(detail(e, "see"), " → manager") {
		t.Errorf("%+v", e.Event)
	}
	events, edition := len(h.Events()), editionOf(h, key)
	if err := h.EditOwn(key, func(*customer.OwnDraft) {}); err != nil || len(h.Events()) != events || editionOf(h, key) != edition {
		t.Errorf("nothing changed, and yet: %v, %d events", err, len(h.Events())-events)
	}
	if err := h.Customers.DeleteOwnField(ctx, h.Actor(policies.Owner), key, edition); err != nil {
		t.Fatal(err)
	}
	if e := h.LastEvent(); e.Action != "field.deleted" || e.Object != key || detail(e, "label_en") != "Golf club" {
		t.Errorf("%+v", e.Event)
	}
}

func editionOf(h *modelstest.House, key string) int64 {
	f, _ := h.Catalogue().Field(key)
	return f.Edition
}

func TestAStaleFormChangesNothing(t *testing.T) {
	h := modelstest.NewHouse(t)
	key := h.AddOwn(golf())
	f, _ := h.Catalogue().Field(key)
	mine := customer.DraftOf(f.Field)
	if err := h.EditOwn(key, func(d *customer.OwnDraft) { d.HalfLife = "30" }); err != nil {
		t.Fatal(err)
	}
	mine.HalfLife = "60"
	untouched(t, h, "stale", func() {
		for what, err := range map[string]error{"edit": h.Customers.EditOwnField(ctx, h.Actor(policies.Owner), key, mine, f.Edition), "delete": h.Customers.DeleteOwnField(ctx, h.Actor(policies.Owner), key, f.Edition)} {
			wantKind(t, what, err, fault.Conflict)
		}
	})
	if now, _ := h.Catalogue().Field(key); now.HalfLifeDays != 30 {
		t.Errorf("%d days", now.HalfLifeDays)
	}
	// Switching and editing guard the same row.
	if err := h.Customers.SwitchField(ctx, h.Actor(policies.Owner), customer.Switch{Key: key, Reason: "no longer asked", Edition: f.Edition}); !fault.Is(err, fault.Conflict) {
		t.Errorf("a stale switch: %v", err)
	}
}

func TestWhatHasValuesIsSwitchedOffAndNeverDeleted(t *testing.T) {
	h := modelstest.NewHouse(t)
	key, unused := h.AddOwn(golf()), h.AddOwn(modelstest.OwnDraft("雪茄", "Cigar"))
	id := h.AddGuest("王小明", key, "观澜湖")
	if err := h.Change(h.Actor(policies.Manager), id, customer.Value{Field: key, Remove: true}); err != nil {
		t.Fatal(err)
	}
	untouched(t, h, "delete", func() {
		wantKind(t, "a field that had a value once", h.Customers.DeleteOwnField(ctx, h.Actor(policies.Owner), key, editionOf(h, key)), fault.Conflict)
		wantKind(t, "a shipped field", h.Customers.DeleteOwnField(ctx, h.Actor(policies.Owner), "hobby", editionOf(h, "hobby")), fault.NotFound)
		wantKind(t, "a shipped field's form", h.Customers.EditOwnField(ctx, h.Actor(policies.Owner), "hobby", golf(), editionOf(h, "hobby")), fault.NotFound)
	})
	if used, err := h.Customers.OwnFieldUsed(ctx, unused); used || err != nil {
		t.Error(used, err)
	}
	if err := h.Customers.DeleteOwnField(ctx, h.Actor(policies.Owner), unused, editionOf(h, unused)); err != nil {
		t.Error(err)
	}
	if _, known := h.Catalogue().Field(unused); known {
		t.Error("a deleted field is still there")
	}
	h.AddGuest("李四", key, "佘山")
	h.SwitchField(key, false)
	if err := h.Change(h.Actor(policies.Manager), id, modelstest.Facts(key, "佘山")...); slots(err)[key+".0"] != "error.unknown_field" {
		t.Errorf("a field that is off takes a value: %v", err)
	}
	h.SwitchField(key, true)
	if n := h.Count("SELECT COUNT(*) FROM facts WHERE field = ?", key); n != 2 {
		t.Errorf("%d values after off and on", n)
	}
}

func TestARetiredAnswerStaysAndIsGivenToNobodyElse(t *testing.T) {
	h := modelstest.NewHouse(t)
	key := h.AddOwn(golf(func(d *customer.OwnDraft) { d.Type, d.Options = "choice", "soft | 软 | Soft\nhard | 硬 | Hard" }))
	id, other := h.AddGuest("王小明", key, "soft"), h.AddGuest("李四", key, "硬")
	if err := h.EditOwn(key, func(d *customer.OwnDraft) { d.Options = "- " + d.Options }); err != nil {
		t.Fatal(err)
	}
	a := h.Actor(policies.Manager)
	if err := h.Change(a, id, modelstest.Facts(key, "soft", "hobby", "围棋")...); err != nil {
		t.Errorf("the form sends what stands: %v", err)
	}
	if fact, _ := h.Fact(id, key+".0"); fact.Value != "soft" || fact.N != 2 {
		t.Errorf("%+v", fact)
	}
	for _, text := range []string{"soft", "软", "Soft"} {
		if err := h.Change(a, other, modelstest.Facts(key, text)...); slots(err)[key+".0"] != "error.choose" {
			t.Errorf("%s: %v", text, err)
		}
		if _, err := create(h, a, draft("name", "赵六", key, text)); slots(err)[key+".0"] != "error.choose" {
			t.Errorf("%s: %v", text, err)
		}
	}
	if f, _ := h.Catalogue().Field(key); f.OptionLabel("soft", "zh-CN") != "软" {
		t.Error("the answer has lost its words")
	}
}
