package handlers

import (
	"strings"
	"testing"
)

// A firm cannot be greeted; its principal can, as soon as somebody knows how.
func TestAFirmIsNotGreetedButItsPrincipalIs(t *testing.T) {
	h := newWebHouse(t)
	manager := h.session("manager")
	said := func(facts ...string) string {
		t.Helper()
		return strings.TrimSpace(h.page(manager, "/customers/"+h.AddCompany("望江软件股份有限公司", facts...)).doc(t).Find("#glance p.say, .glance p.say, p.say").Not("section[aria-labelledby=worth] p.say").Text())
	}
	if got := said(); strings.Contains(got, "望江") || got != "" {
		t.Errorf("the firm is greeted: %s", got)
	}
	if got := said("principal_address_as", "王总"); !strings.Contains(got, "王总") {
		t.Errorf("the principal is not: %q", got)
	}
}
