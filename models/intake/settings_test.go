package intake_test

import (
	"fmt"
	"strings"
	"testing"

	"shuke/models/fault"
	"shuke/models/intake"
	"shuke/models/tabular"
)

func TestWhatIsSaidOfColumnsHasItsBounds(t *testing.T) {
	d := newDesk(t)
	id := d.hand("姓名,手机\n王伟,13810020030\n")
	many := func(n int, field string) (out []string) {
		for i := range n {
			out = append(out, fmt.Sprintf("%d=%s", i+1, field))
		}
		return out
	}
	for _, c := range []struct {
		what, field, want string
		change            func(*intake.Settings)
	}{
		{"a key", "key", "error.too_long", func(s *intake.Settings) { s.Key = strings.Repeat("k", 65) }},
		{"a field of a column", "map.2", "error.too_long", func(s *intake.Settings) { s.Maps = []string{"2=" + strings.Repeat("f", 130)} }},
		{"the name of a column", "map", "error.too_long", func(s *intake.Settings) { s.Maps = []string{strings.Repeat("列", 201) + "=phone"} }},
		{"no field", "map", "import.maps_form", func(s *intake.Settings) { s.Maps = []string{strings.Repeat("2", 100)} }},
		{"more columns than a file can have", "map", "import.maps_many", func(s *intake.Settings) { s.Maps = many(tabular.MaxColumns+1, "-") }},
		{"too much altogether", "map", "import.maps_long", func(s *intake.Settings) { s.Maps = many(tabular.MaxColumns, strings.Repeat("f", 64)) }},
	} {
		set := d.settings()
		c.change(&set)
		wants(t, d.Remap(ctx, d.me, id, d.now(id).Version, set), fault.Invalid, c.field, c.want)
		draft, err := d.Receive(ctx, d.me, "又一份.csv", strings.NewReader("姓名\n王伟\n"))
		must(t, err)
		_, err = d.Begin(ctx, d.me, draft, set, "")
		wants(t, err, fault.Invalid, c.field, c.want)
	}
	set := d.settings()
	set.Maps = append(many(tabular.MaxColumns, "-")[2:], "1=name", "2=phone")
	must(t, d.Remap(ctx, d.me, id, d.now(id).Version, set))
}

// A heading is as long as its sender likes, and longer still as it is kept.
func TestWhatIsRememberedOfASourceHasItsBounds(t *testing.T) {
	d := newDesk(t)
	var headings, cells, maps []string
	for i := range 20 {
		headings, cells = append(headings, fmt.Sprintf("格%02d%s", i, strings.Repeat("&", 1000))), append(cells, "x")
		maps = append(maps, fmt.Sprintf("%d=-", i+1))
	}
	id := d.hand("姓名,"+strings.Join(headings, ",")+"\n王伟,"+strings.Join(cells, ",")+"\n", func(s *intake.Settings) { s.Maps = append(maps[1:], "1=name", "21=-") })
	must(t, d.Start(ctx, d.me, id, d.now(id).Version))
	if n := d.Count("SELECT LENGTH(maps) FROM intake_maps"); n == 0 || n > 65_535 {
		t.Errorf("%d bytes are kept", n)
	}
}
