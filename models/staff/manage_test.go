package staff_test

import (
	"testing"

	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/models/staff"
	"shuke/policies"
)

var high = []policies.Role{policies.Owner, policies.Admin, policies.Custodian, policies.Manager, policies.Auditor}

func newcomer(login string, role policies.Role) staff.Draft {
	return staff.Draft{Login: login, Name: "新人", Role: role, Branch: modelstest.Hangzhou, Employment: policies.Regular, HiredOn: "2026-11-01"}
}

// unchanged runs an act that must be refused and changes nothing, not even the
// record.
func unchanged(t *testing.T, h *modelstest.House, what string, kind fault.Kind, act func() error) {
	t.Helper()
	state := func() [4]int64 {
		return [4]int64{int64(len(h.Events())), h.Count("SELECT COUNT(*) FROM staff"), h.Count("SELECT COALESCE(SUM(version), 0) FROM staff"),
			h.Count("SELECT COUNT(*) FROM employment_changes") + h.Count("SELECT COUNT(*) FROM tokens") + h.Count("SELECT COUNT(*) FROM branches")}
	}
	before := state()
	wantKind(t, what, act(), kind)
	if after := state(); after != before {
		t.Errorf("%s: refused, yet %v became %v", what, before, after)
	}
}

func TestNobodyEditsThemselves(t *testing.T) {
	h := modelstest.NewHouse(t)
	for _, role := range []policies.Role{policies.Owner, policies.Admin} {
		d := draftOf(t, h, string(role))
		d.PayBand = "M9"
		unchanged(t, h, "edit by "+string(role), fault.Denied, func() error { return h.Staff.Edit(ctx, h.Actor(role), d) })
		unchanged(t, h, "reset by "+string(role), fault.Denied, func() error {
			_, err := h.Staff.ResetPassword(ctx, h.Actor(role), string(role))
			return err
		})
	}
}

func TestOnlyThoseWhoMayManageStaffDo(t *testing.T) {
	h := modelstest.NewHouse(t)
	for _, role := range policies.Roles {
		if role == policies.Owner || role == policies.Admin {
			continue
		}
		a := h.Actor(role)
		unchanged(t, h, "add by "+string(role), fault.Denied, func() error { _, err := h.Staff.Add(ctx, a, newcomer("new", policies.Floor)); return err })
		unchanged(t, h, "edit by "+string(role), fault.Denied, func() error { return h.Staff.Edit(ctx, a, draftOf(t, h, "floor")) })
		unchanged(t, h, "reset by "+string(role), fault.Denied, func() error { _, err := h.Staff.ResetPassword(ctx, a, "floor"); return err })
		unchanged(t, h, "sign out by "+string(role), fault.Denied, func() error { return h.Staff.EndSessions(ctx, a, "floor") })
		unchanged(t, h, "token by "+string(role), fault.Denied, func() error { _, err := h.Staff.AddToken(ctx, a, staff.NewTokenDraft("floor", "x")); return err })
		unchanged(t, h, "branch by "+string(role), fault.Denied, func() error {
			_, err := h.Staff.AddBranch(ctx, a, staff.Branch{Code: "new", NameZH: "新", NameEN: "New", TimeZone: "UTC", Region: "CN"})
			return err
		})
	}
}

func TestAdministratorCannotGiveOrTouchHighRoles(t *testing.T) {
	h := modelstest.NewHouse(t)
	admin := h.Actor(policies.Admin)
	h.AddPerson("second.admin", policies.Admin, modelstest.Shanghai)
	for _, role := range high {
		unchanged(t, h, "add "+string(role), fault.Invalid, func() error { _, err := h.Staff.Add(ctx, admin, newcomer("new", role)); return err })
		raised := draftOf(t, h, "front_desk")
		raised.Role = role
		unchanged(t, h, "raise to "+string(role), fault.Invalid, func() error { return h.Staff.Edit(ctx, admin, raised) })
		holder := string(role)
		if role == policies.Admin {
			holder = "second.admin"
		}
		lowered := draftOf(t, h, holder)
		lowered.Role = policies.Floor
		unchanged(t, h, "lower "+holder, fault.Denied, func() error { return h.Staff.Edit(ctx, admin, lowered) })
		unchanged(t, h, "reset "+holder, fault.Denied, func() error { _, err := h.Staff.ResetPassword(ctx, admin, holder); return err })
		unchanged(t, h, "token of "+holder, fault.Denied, func() error { _, err := h.Staff.AddToken(ctx, admin, staff.NewTokenDraft(holder, "x")); return err })
	}
	for _, role := range high {
		if _, err := h.Staff.Add(ctx, h.Actor(policies.Owner), newcomer("new."+string(role)[:5], role)); err != nil {
			t.Errorf("the owner gives %s: %v", role, err)
		}
	}
}

func TestCommandLineRefusesHighRolesOnceThereIsAnOwner(t *testing.T) {
	h := modelstest.NewHouse(t)
	for _, role := range high {
		unchanged(t, h, string(role), fault.Denied, func() error { _, err := h.Staff.Add(ctx, modelstest.Shell(), newcomer("new", role)); return err })
	}
	if _, err := h.Staff.Add(ctx, modelstest.Shell(), newcomer("new.clerk", policies.FrontDesk)); err != nil {
		t.Fatal(err)
	}
	a := h.ActorOf("new.clerk")
	if a.EmploymentConfirmed {
		t.Error("what the command line says of employment counts unconfirmed")
	}
	if e := h.LastEvent(); e.Action != "staff.added" || e.OSUser != "tester" || e.Via != "command" {
		t.Errorf("recorded as %+v", e)
	}
	h.Run("UPDATE staff SET role = 'manager' WHERE role = 'owner'")
	if _, err := h.Staff.Add(ctx, modelstest.Shell(), newcomer("first.owner", policies.Owner)); err != nil {
		t.Errorf("without an owner: %v", err)
	}
}

func TestConfirmationNeedsAnotherThanWhoEntered(t *testing.T) {
	h := modelstest.NewHouse(t)
	owner, admin, manager := h.Actor(policies.Owner), h.Actor(policies.Admin), h.Actor(policies.Manager)
	if _, err := h.Staff.Add(ctx, admin, newcomer("zhao.min", policies.FrontDesk)); err != nil {
		t.Fatal(err)
	}
	version := draftOf(t, h, "zhao.min").Version
	unchanged(t, h, "who entered it", fault.Denied, func() error { return h.Staff.Confirm(ctx, admin, "zhao.min", version) })
	unchanged(t, h, "a clerk", fault.Denied, func() error { return h.Staff.Confirm(ctx, h.Clerk(), "zhao.min", version) })
	unchanged(t, h, "of a form made earlier", fault.Conflict, func() error { return h.Staff.Confirm(ctx, manager, "zhao.min", version-1) })
	if err := h.Staff.Confirm(ctx, manager, "zhao.min", version); err != nil {
		t.Fatal(err)
	}
	if !h.ActorOf("zhao.min").EmploymentConfirmed {
		t.Error("not in force")
	}
	if n := h.Count("SELECT COUNT(*) FROM employment_changes WHERE confirmed_by = ? AND entered_by = ?", manager.StaffID, admin.StaffID); n != 1 {
		t.Error("who entered and who confirmed is not kept")
	}
	unchanged(t, h, "a second time", fault.Conflict, func() error { return h.Staff.Confirm(ctx, owner, "zhao.min", version+1) })
}

func TestNobodyConfirmsThemselves(t *testing.T) {
	h := modelstest.NewHouse(t)
	confirmed := h.Actor(policies.Manager) // as a request knew them that began before the edit
	d := draftOf(t, h, "manager")
	d.PayBand = "M2"
	if err := h.Staff.Edit(ctx, h.Actor(policies.Owner), d); err != nil {
		t.Fatal(err)
	}
	version := draftOf(t, h, "manager").Version
	unchanged(t, h, "oneself", fault.Denied, func() error { return h.Staff.Confirm(ctx, confirmed, "manager", version) })
	h.Run("UPDATE staff SET employment_confirmed = 1 WHERE login = 'manager'")
	h.Run("UPDATE staff SET employment_confirmed = 0 WHERE login = 'admin'")
	a := h.Actor(policies.Admin)
	unchanged(t, h, "by somebody unconfirmed", fault.Denied, func() error { return h.Staff.Confirm(ctx, a, "floor", 1) })
	h.Run("UPDATE staff SET employment_confirmed = 0 WHERE login = 'manager'")
	unchanged(t, h, "oneself, though unconfirmed", fault.Denied, func() error { return h.Staff.Confirm(ctx, h.Actor(policies.Manager), "manager", version) })
}

func TestAdministratorDoesNotConfirmHighRoles(t *testing.T) {
	h := modelstest.NewHouse(t)
	if _, err := h.Staff.Add(ctx, h.Actor(policies.Owner), newcomer("custodian.two", policies.Custodian)); err != nil {
		t.Fatal(err)
	}
	version := draftOf(t, h, "custodian.two").Version
	unchanged(t, h, "the administrator", fault.Denied, func() error { return h.Staff.Confirm(ctx, h.Actor(policies.Admin), "custodian.two", version) })
	if err := h.Staff.Confirm(ctx, h.Actor(policies.Manager), "custodian.two", version); err != nil {
		t.Error(err)
	}
}

func TestChangedEmploymentWaitsForConfirmationAndKeepsHistory(t *testing.T) {
	h := modelstest.NewHouse(t)
	d := draftOf(t, h, "custodian")
	d.NoticeOn, d.LastOn = "2026-11-20", "2026-12-31"
	before := len(h.Events())
	if err := h.Staff.Edit(ctx, h.Actor(policies.Owner), d); err != nil {
		t.Fatal(err)
	}
	a := h.Actor(policies.Custodian)
	if a.EmploymentConfirmed || !a.OnNotice() {
		t.Errorf("%+v", a)
	}
	if n := h.Count("SELECT COUNT(*) FROM employment_changes WHERE staff_id = ?", a.StaffID); n != 2 {
		t.Errorf("%d rows of employment", n)
	}
	if n := len(h.Events()) - before; n != 1 || h.LastEvent().Object != "custodian" {
		t.Errorf("%d events", n)
	}
	d = draftOf(t, h, "front_desk")
	d.Name = "新名字"
	if err := h.Staff.Edit(ctx, h.Actor(policies.Owner), d); err != nil || !h.Clerk().EmploymentConfirmed {
		t.Errorf("a new name asked for confirmation: %v", err)
	}
}

func TestStaleAccountFormChangesNothing(t *testing.T) {
	h := modelstest.NewHouse(t)
	first, second := draftOf(t, h, "floor"), draftOf(t, h, "floor")
	first.Name, second.Name = "先到", "后到"
	if err := h.Staff.Edit(ctx, h.Actor(policies.Owner), first); err != nil {
		t.Fatal(err)
	}
	unchanged(t, h, "the later form", fault.Conflict, func() error { return h.Again().Staff.Edit(ctx, h.Actor(policies.Admin), second) })
	if got := draftOf(t, h, "floor").Name; got != "先到" {
		t.Errorf("named %s", got)
	}
}

func TestBadAccountFormsNameTheirFieldAndLeaveNoEvent(t *testing.T) {
	h := modelstest.NewHouse(t)
	for name, spoil := range map[string]func(*staff.Draft){
		"login":      func(d *staff.Draft) { d.Login = "王 芳" },
		"name":       func(d *staff.Draft) { d.Name = "  " },
		"role":       func(d *staff.Draft) { d.Role = "root" },
		"employment": func(d *staff.Draft) { d.Employment = "slave" },
		"hired_on":   func(d *staff.Draft) { d.HiredOn = "2026-02-30" },
		"last_on":    func(d *staff.Draft) { d.LastOn = "2020-01-01" },
		"notice_on":  func(d *staff.Draft) { d.NoticeOn = "soon" },
		"pay_band":   func(d *staff.Draft) { d.PayBand = "=1+1" },
		"branch":     func(d *staff.Draft) { d.Branch = "atlantis" },
	} {
		d := newcomer("new.one", policies.Floor)
		spoil(&d)
		unchanged(t, h, name, fault.Invalid, func() error {
			_, err := h.Staff.Add(ctx, h.Actor(policies.Owner), d)
			if field(err, name) == "" {
				t.Errorf("nothing said at %s: %v", name, err)
			}
			return err
		})
	}
	unchanged(t, h, "a login that is taken", fault.Invalid, func() error {
		_, err := h.Staff.Add(ctx, h.Actor(policies.Owner), newcomer("Floor", policies.Floor))
		return err
	})
}

func TestEveryActOnStaffLeavesOneEventInItsTransaction(t *testing.T) {
	h := modelstest.NewHouse(t)
	owner := h.Actor(policies.Owner)
	branch := staff.Branch{Code: "beijing", NameZH: "北京", NameEN: "Beijing", TimeZone: "Asia/Shanghai", Region: "CN"}
	acts := []struct {
		action string
		act    func(*modelstest.House) error
	}{
		{"branch.added", func(h *modelstest.House) error { _, err := h.Staff.AddBranch(ctx, owner, branch); return err }},
		{"branch.changed", func(h *modelstest.House) error {
			b, err := h.Staff.Branch(ctx, modelstest.Hangzhou)
			if err != nil {
				return err
			}
			b.NameEN = "Hangzhou Lakeside"
			return h.Staff.EditBranch(ctx, owner, b)
		}},
		{"staff.added", func(h *modelstest.House) error {
			_, err := h.Staff.Add(ctx, owner, newcomer("new.one", policies.Floor))
			return err
		}},
		{"staff.changed", func(h *modelstest.House) error {
			d := draftOf(t, h, "floor")
			d.PayBand = "B1"
			return h.Staff.Edit(ctx, owner, d)
		}},
		{"staff.confirmed", func(h *modelstest.House) error {
			return h.Staff.Confirm(ctx, h.Actor(policies.Manager), "floor", draftOf(t, h, "floor").Version)
		}},
		{"staff.password_reset", func(h *modelstest.House) error { _, err := h.Staff.ResetPassword(ctx, owner, "floor"); return err }},
		{"staff.sessions_ended", func(h *modelstest.House) error { return h.Staff.EndSessions(ctx, owner, "floor") }},
		{"token.added", func(h *modelstest.House) error {
			_, err := h.Staff.AddToken(ctx, owner, staff.NewTokenDraft("floor", "till"))
			return err
		}},
	}
	for _, c := range acts {
		before := len(h.Events())
		if err := c.act(h); err != nil {
			t.Fatalf("%s: %v", c.action, err)
		}
		events := h.Events()[before:]
		if len(events) != 1 || events[0].Action != c.action || events[0].ActorID == 0 || events[0].Role == "" {
			t.Errorf("%s: %+v", c.action, events)
		}
	}
	// Without a place to record, no act leaves a trace of itself.
	h = modelstest.NewHouse(t)
	h.Run("UPDATE staff SET employment_confirmed = 0 WHERE login = 'floor'")
	h.Run("DROP TABLE audit_salts")
	h.Run("DROP TABLE audit_events")
	owner = h.Actor(policies.Owner)
	state := func() int64 {
		return h.Count("SELECT COUNT(*) FROM staff")*1000 + h.Count("SELECT COALESCE(SUM(version), 0) FROM staff") + h.Count("SELECT COUNT(*) FROM tokens") +
			10000*h.Count("SELECT COALESCE(SUM(version), 0) FROM branches")
	}
	want := state()
	for _, c := range acts {
		if err := c.act(h); err == nil {
			t.Errorf("%s: done without a record", c.action)
		}
		if got := state(); got != want {
			t.Fatalf("%s: changed something without a record", c.action)
		}
	}
}

func TestBranchFormsNameTheirField(t *testing.T) {
	h := modelstest.NewHouse(t)
	good := staff.Branch{Code: "beijing", NameZH: "北京", NameEN: "Beijing", TimeZone: "Asia/Shanghai", Region: "CN"}
	for name, spoil := range map[string]func(*staff.Branch){
		"code": func(b *staff.Branch) { b.Code = "../x" }, "name_zh": func(b *staff.Branch) { b.NameZH = "" }, "name_en": func(b *staff.Branch) { b.NameEN = " " },
		"time_zone": func(b *staff.Branch) { b.TimeZone = "Local" }, "region": func(b *staff.Branch) { b.Region = "cn" },
	} {
		b := good
		spoil(&b)
		unchanged(t, h, name, fault.Invalid, func() error {
			_, err := h.Staff.AddBranch(ctx, h.Actor(policies.Owner), b)
			if field(err, name) == "" {
				t.Errorf("nothing said at %s: %v", name, err)
			}
			return err
		})
	}
	good.Code = modelstest.Hangzhou
	unchanged(t, h, "a code that is taken", fault.Invalid, func() error { _, err := h.Staff.AddBranch(ctx, h.Actor(policies.Owner), good); return err })
}
