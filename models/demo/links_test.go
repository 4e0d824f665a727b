package demo_test

import (
	"strings"
	"testing"

	"shuke/models/relation"
)

// The guests whom everybody looks for first know each other, in both directions,
// and whom a fact tells of is the one the link leads to.
func theFixedGuestsKnowEachOther(t *testing.T, h house) {
	names := h.lines(t, "SELECT c.name, o.name FROM relations r JOIN customers c ON c.id = r.customer_id JOIN customers o ON o.id = r.other_id WHERE r.kind = 44 ORDER BY r.who DESC")
	if len(names) != 2 || !strings.HasPrefix(names[0], "张慕言|周明远") || !strings.HasPrefix(names[1], "周明远|张慕言") {
		t.Errorf("%v", names)
	}
	if got := h.count(t, "relations r JOIN facts f ON f.customer_id = r.customer_id AND f.state = 0 AND CONCAT(f.field, '.', f.item) = r.who"); got != "3" {
		t.Errorf("%s of 3 links grow out of a fact", got)
	}
	service := relation.NewService(h.DB, h.Vault, h.Log, nil, nil, h.Clock, h.Customers)
	if _, err := service.Due(t.Context(), service.Today()); err != nil {
		t.Fatal(err)
	}
	if got := h.count(t, "stages s JOIN facts f ON f.customer_id = s.customer_id AND f.field = 'child_birth' WHERE s.customer_id = 1"); got == "0" {
		t.Error("the child of the first guest has no stages")
	}
}
