package handlers

import (
	"strings"
	"testing"
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
