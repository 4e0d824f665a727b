package consent_test

import (
	"testing"

	"shuke/models/consent"
	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/policies"
)

func TestEveryPurposeHasItsTextInBothLanguagesFromTheStart(t *testing.T) {
	h := modelstest.NewHouse(t)
	texts, err := h.Library.Latest(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range consent.Wordings() {
		if w := texts[name]; w.Version != 1 || w.In("zh-CN") == "" || w.In("en") == "" || w.In("en") == w.In("zh-CN") {
			t.Errorf("%s: %+v", name, w)
		}
	}
}

func TestAWordingIsNeverOverwritten(t *testing.T) {
	h := modelstest.NewHouse(t)
	owner := h.Actor(policies.Owner)
	draft := consent.Draft{Of: "marketing", ZH: "我们只用短信告诉您新菜单。", EN: "We tell you of new menus by text.", Version: 1}
	if err := h.Library.Change(ctx, owner, draft); err != nil {
		t.Fatal(err)
	}
	if e := h.LastEvent(); e.Action != "wording.changed" || e.Object != "marketing" || e.ActorID != owner.StaffID {
		t.Errorf("recorded as %+v", e.Event)
	}
	versions, err := h.Library.Versions(ctx, "marketing")
	if err != nil || len(versions) != 2 || versions[0].ZH != draft.ZH || versions[0].By != owner.StaffID || versions[1].By != 0 || versions[1].ZH == draft.ZH {
		t.Fatalf("%+v, %v", versions, err)
	}
	if err := h.Library.Change(ctx, owner, draft); !fault.Is(err, fault.Conflict) {
		t.Errorf("a stale form was taken: %v", err)
	}
	before := len(h.Events())
	draft.Version = 2
	if err := h.Library.Change(ctx, owner, draft); err != nil || len(h.Events()) != before {
		t.Errorf("an unchanged text made a version: %v", err)
	}
	// What the house wrote stays when the program starts again.
	if err := h.Library.Install(ctx); err != nil {
		t.Fatal(err)
	}
	if texts, _ := h.Library.Latest(ctx); texts["marketing"].ZH != draft.ZH || texts["service"].Version != 1 {
		t.Errorf("%+v", texts["marketing"])
	}
}

func TestAShippedTextIsRenewedAsAFurtherVersionWhileTheHouseHasNone(t *testing.T) {
	h := modelstest.NewHouse(t)
	h.Run("UPDATE wordings SET zh = '从前的文字，从前的文字' WHERE wording = 'photo'")
	if err := h.Library.Install(ctx); err != nil {
		t.Fatal(err)
	}
	versions, err := h.Library.Versions(ctx, "photo")
	if err != nil || len(versions) != 2 || versions[0].By != 0 || versions[1].ZH != "从前的文字，从前的文字" {
		t.Errorf("%+v, %v", versions, err)
	}
}

func TestOnlyConfirmedCustodiansAndOwnersChangeWordings(t *testing.T) {
	h := modelstest.NewHouse(t)
	draft := consent.Draft{Of: "photo", ZH: "在店里不拍照，谁也不拍。", EN: "Nobody is pictured here.", Version: 1}
	for _, role := range policies.Roles {
		a := h.Actor(role)
		if role == policies.Owner || role == policies.Custodian {
			a.EmploymentConfirmed = false
		}
		if err := h.Library.Change(ctx, a, draft); !fault.Is(err, fault.Denied) {
			t.Errorf("%s: %v", role, err)
		}
	}
	owner := h.Actor(policies.Owner)
	for field, d := range map[string]consent.Draft{"zh": {Of: "photo", ZH: "短", EN: draft.EN, Version: 1}, "en": {Of: "photo", ZH: draft.ZH, EN: " ", Version: 1}} {
		if f, ok := h.Library.Change(ctx, owner, d).(*fault.Error); !ok || f.Fields[field].Key == "" {
			t.Errorf("%s was taken", field)
		}
	}
	if err := h.Library.Change(ctx, owner, consent.Draft{Of: "anything", ZH: draft.ZH, EN: draft.EN}); !fault.Is(err, fault.NotFound) {
		t.Errorf("%v", err)
	}
}
