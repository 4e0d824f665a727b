package customer_test

import (
	"testing"

	"shuke/models/modelstest"
)

// A field that is off neither shows in a look-up nor finds anybody, though what
// was once entered is kept.
func TestFieldThatIsOffNeitherShowsNorFinds(t *testing.T) {
	h := modelstest.NewHouse(t)
	h.AddGuest("王小明", "employer", "西湖茶业", "city", "杭州", "tier", "金卡", "email", "ming@example.cn", "plate", "浙A12345", "member_no", "VIP0042", "address_as", "王总")
	finds := []string{"西湖茶业", "ming@example.cn", "浙A12345", "VIP0042"}
	for _, query := range append(finds, "王小明") {
		r, names := lookUp(t, h, h.Clerk(), query)
		if len(names) != 1 || text(r.Hits[0].Employer) != "西湖茶业" || r.Hits[0].City != "杭州" || r.Hits[0].Tier != "金卡" || r.Hits[0].Address != "王总" {
			t.Fatalf("%q: %+v", query, r.Hits)
		}
	}
	for _, field := range []string{"employer", "city", "tier", "email", "plate", "member_no", "address_as"} {
		h.SwitchField(field, false)
	}
	for _, query := range finds {
		if r, names := lookUp(t, h, h.Clerk(), query); len(names) != 0 {
			t.Errorf("%q finds by a field that is off: %+v", query, r.Hits)
		}
	}
	r, names := lookUp(t, h, h.Clerk(), "王小明")
	if len(names) != 1 || len(r.Hits[0].Employer) != 0 || r.Hits[0].City != "" || r.Hits[0].Tier != "" || r.Hits[0].Address != "" {
		t.Errorf("a field that is off shows: %+v", r.Hits)
	}
}
