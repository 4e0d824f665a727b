package handlers

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/models/modelstest"
)

func TestAGuessFromValuesIsMarkedOnTheMappingPage(t *testing.T) {
	t.Parallel()
	h := newWebHouse(t)
	custodian := h.session("custodian")
	page := h.uploaded(custodian, dirty)
	rows := h.page(custodian, page).doc(t).Find(".imports__columns tbody tr")
	if got := rows.Eq(1).Find(".tag").Text(); !strings.Contains(got, "按内容猜的") {
		t.Errorf("the guess is not marked: %s", strings.Join(strings.Fields(rows.Eq(1).Text()), " "))
	}
	if rows.Eq(0).Find(".tag").Length() != 0 {
		t.Errorf("what its heading says is marked too: %s", rows.Eq(0).Find(".tag").Text())
	}
}

func TestTheChoicesOfAColumnNameEachFieldAndGroupOnce(t *testing.T) {
	t.Parallel()
	h := newWebHouse(t)
	for i, kind := range []string{catalogue.Individual, catalogue.Enterprise, catalogue.Both} {
		for _, name := range []string{"球会", "茶"} {
			h.AddOwn(modelstest.OwnDraft(fmt.Sprint(name, i), fmt.Sprint("Own ", name, i), func(d *customer.OwnDraft) { d.Kind = kind }))
		}
	}
	custodian := h.session("custodian")
	page := h.uploaded(custodian, dirty)
	list := h.page(custodian, page).doc(t).Find(`select[name="map.1"]`)
	for what, label := range map[string]func(*goquery.Selection) string{
		"optgroup": func(e *goquery.Selection) string { return e.AttrOr("label", "") },
		"option":   func(e *goquery.Selection) string { return e.AttrOr("value", "") },
	} {
		met := map[string]bool{}
		list.Find(what).Each(func(_ int, e *goquery.Selection) {
			if at := label(e); met[at] {
				t.Errorf("%s %q is there twice", what, at)
			}
			met[label(e)] = true
		})
	}
	if n := list.Find(`option[value^="own_"]`).Length(); n != 6 {
		t.Errorf("%d of 6 own fields can be chosen", n)
	}
}

func TestAFieldThatIsTooLongIsToldAtItsColumn(t *testing.T) {
	t.Parallel()
	h := newWebHouse(t)
	custodian := h.session("custodian")
	page := h.uploaded(custodian, dirty)
	g := h.pressed(custodian, page, "mapping", "map.2", strings.Repeat("f", 200))
	d := g.doc(t)
	if g.Code != http.StatusUnprocessableEntity || d.Find(`[id="f-map.2-error"]`).Length() != 1 || d.Find(`[name="map.2"][aria-invalid]`).Length() != 1 || d.Find(`.problems a[href="#f-map.2"]`).Length() != 1 {
		t.Errorf("%d %s", g.Code, d.Find(".problems").Text())
	}
}
