package imports

import (
	"context"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"shuke/models/clock"
	"shuke/models/uses"
)

func TestRowsJoinedByAKeyUseItsField(t *testing.T) {
	s := openShop(t)
	counter := uses.NewCounter(s.Main, clock.Of(clockwork.NewFakeClockAt(time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC))))
	s.customers.CountUses(counter)
	o := options(file(t, "姓名,邮箱,城市\n王伟,a@example.com,上海\n李四,b@example.com,杭州\n"))
	o.Key, o.Create = "email", true
	s.run(t, o)
	o = options(file(t, "姓名,邮箱,城市\n王伟,a@example.com,苏州\n李四,b@example.com,杭州\n张三,c@example.com,广州\n"))
	o.Key, o.Create = "email", true
	if r := s.run(t, o); r.Joined != 2 {
		t.Fatalf("%+v", r)
	}
	if err := counter.Flush(context.Background()); err != nil {
		t.Fatal(err)
	}
	if n := s.count(t, "SELECT COALESCE(SUM(times), 0) FROM field_uses WHERE field = 'email' AND used_as = 'import'"); n != 2 {
		t.Errorf("%d rows joined by email", n)
	}
}
