package imports

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"shuke/models/db"
)

// selects counts the statements that read, of whatever an act sends.
func selects(t *testing.T, act func(context.Context) error) string {
	t.Helper()
	ctx, trace := db.WithTrace(context.Background())
	must(t, act(ctx))
	n := 0
	for _, s := range trace.Statements() {
		if strings.HasPrefix(strings.TrimSpace(s.SQL), "SELECT") {
			n++
		}
	}
	return fmt.Sprint(n)
}

func TestImportsReadNoMoreForManyRowsThanForFew(t *testing.T) {
	line := map[Target]string{
		ToCustomers:   "138%08d,苏州\n",
		ToPreferences: "138%08d,喜欢高楼层\n",
		ToStays:       "138%08d,2026-11-22,2026-11-24,R%[1]d\n",
	}
	head := map[Target]string{ToCustomers: "手机,城市\n", ToPreferences: "手机,偏好\n", ToStays: "手机,到店日期,离店日期,预订号\n"}
	for _, target := range Targets {
		reads := func(n int) string {
			h, s := newHouse(t)
			var known, rows strings.Builder
			known.WriteString("姓名,手机\n")
			rows.WriteString(head[target])
			for i := range n {
				fmt.Fprintf(&known, "王%s%s,138%08d\n", chinese(i/10), chinese(i%10), i)
				fmt.Fprintf(&rows, line[target], i)
			}
			s.run(t, at(h, ToCustomers, "", file(t, known.String())))
			o := at(h, target, "phone", file(t, rows.String()))
			if target == ToCustomers {
				o.Mode = Update
			}
			return selects(t, func(ctx context.Context) error {
				r, err := s.imports.Run(ctx, o)
				if r.Joined+r.Created != int64(n) {
					t.Errorf("%s: %+v\n%s", target, r, reasons(r))
				}
				return err
			})
		}
		if few, many := reads(3), reads(60); few != many {
			t.Errorf("%s: %s reads for three rows, %s for sixty", target, few, many)
		}
	}
}
