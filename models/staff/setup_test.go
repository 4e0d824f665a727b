package staff_test

import (
	"sync"
	"testing"
	"time"

	"shuke/models/audit"
	"shuke/models/clock"
	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/models/staff"
	"shuke/policies"

	"github.com/jonboulle/clockwork"
)

// empty is a migrated house with nobody in it, twice opened.
func empty(t *testing.T) (one, two *staff.Service, d modelstest.Databases, c *clockwork.FakeClock) {
	t.Helper()
	d = modelstest.Open(t)
	c = clockwork.NewFakeClockAt(modelstest.Opening)
	guard, err := policies.NewGuard()
	if err != nil {
		t.Fatal(err)
	}
	service := func() *staff.Service { return staff.NewService(d.Main, audit.NewLog(clock.Of(c)), guard, clock.Of(c)) }
	return service(), service(), d, c
}

func owner(login string) staff.Setup {
	return staff.Setup{Branch: staff.Branch{Code: "first", NameZH: "总店", NameEN: "First", TimeZone: "Asia/Shanghai", Region: "CN"},
		Login: login, Name: "老板", Password: "river stone lantern", HiredOn: "2010-01-01", Address: "127.0.0.1"}
}

func count(t *testing.T, d modelstest.Databases, query string) (n int) {
	t.Helper()
	if err := d.Main.Read(ctx).Raw(query).Row().Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestSetUpLinkOpensOnce(t *testing.T) {
	one, two, d, _ := empty(t)
	link, err := one.SetupLink(ctx)
	if err != nil || link == "" {
		t.Fatalf("%q, %v", link, err)
	}
	if count(t, d, "SELECT COUNT(*) FROM setup_links WHERE id = '"+link+"'") != 0 {
		t.Error("the secret itself lies in the database")
	}
	for _, wrong := range []string{"", "x", link + "x"} {
		wantKind(t, wrong, one.CheckSetup(ctx, wrong), fault.NotFound)
	}
	bad := owner("boss")
	bad.Password, bad.Branch.Region = "short", "china"
	_, err = one.SetUp(ctx, link, bad)
	if field(err, "password") == "" || field(err, "branch_region") == "" {
		t.Errorf("a bad form: %v", err)
	}
	if count(t, d, "SELECT COUNT(*) FROM audit_events") != 0 {
		t.Error("a bad form is recorded")
	}
	session, err := two.SetUp(ctx, link, owner("Boss"))
	if err != nil {
		t.Fatal(err)
	}
	loaded, err := one.LoadSession(ctx, session)
	if err != nil || loaded.Actor.Role != policies.Owner || loaded.Actor.Login != "boss" || !loaded.Actor.EmploymentConfirmed || loaded.Actor.PasswordTemporary {
		t.Errorf("%+v, %v", loaded.Actor, err)
	}
	if count(t, d, "SELECT COUNT(*) FROM audit_events WHERE action = 'house.set_up'") != 1 {
		t.Error("not recorded")
	}
	wantKind(t, "the link again", one.CheckSetup(ctx, link), fault.NotFound)
	_, err = one.SetUp(ctx, link, owner("second"))
	wantKind(t, "set up again", err, fault.NotFound)
	if link, err = two.SetupLink(ctx); link != "" || err != nil {
		t.Errorf("another link: %q, %v", link, err)
	}
}

func TestSetUpLinkDiesWithTimeAndByANewOne(t *testing.T) {
	one, two, _, c := empty(t)
	first, _ := one.SetupLink(ctx)
	second, _ := two.SetupLink(ctx)
	wantKind(t, "the earlier link", one.CheckSetup(ctx, first), fault.NotFound)
	if err := one.CheckSetup(ctx, second); err != nil {
		t.Error(err)
	}
	c.Advance(24*time.Hour + time.Second)
	_, err := one.SetUp(ctx, second, owner("boss"))
	wantKind(t, "after a day", err, fault.NotFound)
}

func TestSetUpLinkIsDeadOnceSomebodyHasAnAccount(t *testing.T) {
	one, two, _, _ := empty(t)
	link, _ := one.SetupLink(ctx)
	if _, err := two.AddBranch(ctx, modelstest.Shell(), owner("").Branch); err != nil {
		t.Fatal(err)
	}
	d := staff.Draft{Login: "boss", Name: "老板", Role: policies.Owner, Branch: "first", Employment: policies.Regular, HiredOn: "2010-01-01"}
	if _, err := two.Add(ctx, modelstest.Shell(), d); err != nil {
		t.Fatal(err)
	}
	_, err := one.SetUp(ctx, link, owner("intruder"))
	wantKind(t, "the link", err, fault.NotFound)
}

func TestOfTwoWhoSetUpAtOnceOneWins(t *testing.T) {
	one, two, d, _ := empty(t)
	link, err := one.SetupLink(ctx)
	if err != nil {
		t.Fatal(err)
	}
	errs := make([]error, 8)
	var wg sync.WaitGroup
	for i := range errs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			s := one
			if i%2 == 1 {
				s = two
			}
			_, errs[i] = s.SetUp(ctx, link, owner([]string{"boss", "rival", "third", "fourth", "fifth", "sixth", "seventh", "eighth"}[i]))
		}()
	}
	wg.Wait()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
		} else {
			wantKind(t, "the loser", err, fault.NotFound)
		}
	}
	if people := count(t, d, "SELECT COUNT(*) FROM staff"); won != 1 || people != 1 || count(t, d, "SELECT COUNT(*) FROM branches") != 1 {
		t.Errorf("%d won, %d people", won, people)
	}
}
