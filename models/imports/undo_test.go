package imports

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/policies"
)

// peopleFile makes customers and changes some: telephones, documents, values of
// less and of more trust, children, plates, a name.
const peopleFile = `姓名,手机,邮箱,证件号,城市,公司,车牌,生日,备注
王小明,13812345678,new@example.com,E12345678,苏州,新公司,浙A12345,1985-03-12,来过
李娜,13900000001,li@example.com,A7788990,北京,,,,
王小明,13812345678,,,无锡,,,,又来了
赵六,13900000002,,,,,,,
`

func furnished(t *testing.T) (h *modelstest.House, s *shop, wang string) {
	t.Helper()
	h, s = newHouse(t)
	wang = h.AddGuest("王小明", "phone", "13812345678", "city", "上海", "employer", "老公司", "document_no", "E99999999", "child_birth", "2024-03-01")
	h.AddGuest("陈晨", "phone", "13700000000", "email", "chen@example.com")
	if _, err := h.Customers.TakeNote(context.Background(), h.Clerk(), h.Catalogue(), customer.Note{PublicID: wang, Words: "喜欢高楼层", Channel: "service"}); err != nil {
		t.Fatal(err)
	}
	h.Clock.Advance(time.Hour)
	return h, s, wang
}

func TestUndoneImportLeavesEverythingAsItWas(t *testing.T) {
	for _, mode := range []Mode{Add, Update} {
		t.Run(string(mode), func(t *testing.T) {
			h, s, wang := furnished(t)
			s.imports.batchRows = 2
			before := s.content(t)
			o := at(h, ToCustomers, "phone", file(t, peopleFile))
			o.Create, o.Mode, o.Channel = true, mode, "service"
			r := s.run(t, o)
			if r.Created != 2 || r.Joined != 2 {
				t.Fatalf("%+v\n%s", r, reasons(r))
			}
			if f, _ := h.Fact(wang, "city.0"); f.Value != "无锡" {
				t.Fatalf("the import changed nothing: %+v", f)
			}
			h.Clock.Advance(time.Hour)
			u := s.undo(t, r.ImportID)
			if u.Customers != 2 || u.Restored != 1 || u.Facts == 0 {
				t.Errorf("%+v", u)
			}
			same(t, before, s.content(t))
			if n := s.count(t, "SELECT COUNT(*) FROM import_rows WHERE import_id = ?", r.ImportID); n != 4 {
				t.Errorf("%d rows are kept", n)
			}
			if n := s.count(t, "SELECT COUNT(*) FROM imports WHERE id = ? AND undone_at <> 0 AND undo_reason = 'the wrong list'", r.ImportID); n != 1 {
				t.Error("the import does not say that it was undone")
			}
			if n := s.count(t, "SELECT COUNT(*) FROM import_before"); n != 0 {
				t.Errorf("%d things of before are still remembered", n)
			}
			again := s.run(t, o)
			if again.Already || again.Created != 2 || again.Joined != 2 || again.ImportID == r.ImportID {
				t.Errorf("imported again: %+v\n%s", again, reasons(again))
			}
		})
	}
}

// A form from before the undo must not fit the customer as it is behind it.
func TestUndoMakesFormsOfMeanwhileStale(t *testing.T) {
	h, s, wang := furnished(t)
	o := at(h, ToCustomers, "phone", file(t, "手机,城市\n13812345678,苏州\n"))
	o.Mode = Update
	r := s.run(t, o)
	meanwhile := h.Customer(wang).Version
	s.undo(t, r.ImportID)
	if now := h.Customer(wang).Version; now <= meanwhile {
		t.Errorf("version %d after %d", now, meanwhile)
	}
}

func TestUndoIsRefusedWhereLaterWorkStandsOnIt(t *testing.T) {
	ctx := context.Background()
	for _, c := range []struct {
		what, want string
		file       string
		later      func(t *testing.T, h *modelstest.House, s *shop, wang, made string)
	}{
		{"nothing later", "", peopleFile, func(*testing.T, *modelstest.House, *shop, string, string) {}},
		{"an edit of a value that it brought", "edit 1", peopleFile, func(t *testing.T, h *modelstest.House, _ *shop, wang, _ string) {
			must(t, h.Change(h.Actor(policies.Manager), wang, modelstest.Facts("city", "常州")...))
		}},
		{"an edit elsewhere", "", peopleFile, func(t *testing.T, h *modelstest.House, _ *shop, wang, _ string) {
			must(t, h.Change(h.Actor(policies.Manager), wang, modelstest.Facts("hobby", "围棋")...))
		}},
		{"a value taken out that it brought", "edit 1", peopleFile, func(t *testing.T, h *modelstest.House, _ *shop, wang, _ string) {
			must(t, h.Change(h.Actor(policies.Manager), wang, customer.Value{Field: "city", Remove: true}))
		}},
		{"an edit of a customer it made", "edit 1", peopleFile, func(t *testing.T, h *modelstest.House, _ *shop, _, made string) {
			must(t, h.Change(h.Actor(policies.Manager), made, modelstest.Facts("hobby", "围棋")...))
		}},
		{"a note on a customer it made", "note 1", peopleFile, func(t *testing.T, h *modelstest.House, _ *shop, _, made string) {
			_, err := h.Customers.TakeNote(ctx, h.Clerk(), h.Catalogue(), customer.Note{PublicID: made, Words: "要安静的房间", Channel: "service"})
			must(t, err)
		}},
		{"a note on a customer it joined", "", peopleFile, func(t *testing.T, h *modelstest.House, _ *shop, wang, _ string) {
			_, err := h.Customers.TakeNote(ctx, h.Clerk(), h.Catalogue(), customer.Note{PublicID: wang, Words: "要安静的房间", Channel: "service"})
			must(t, err)
		}},
		{"a later import of a customer it made", "import 1", peopleFile, func(t *testing.T, h *modelstest.House, s *shop, _, _ string) {
			s.run(t, at(h, ToCustomers, "phone", file(t, "手机,城市\n13900000002,天津\n")))
		}},
		{"a later import that met a customer it made and brought nothing", "import 1", peopleFile, func(t *testing.T, h *modelstest.House, s *shop, _, _ string) {
			s.run(t, at(h, ToCustomers, "phone", file(t, "手机\n13900000002\n")))
		}},
		{"a later import whose value yielded to its own", "import 1", peopleFile, func(t *testing.T, h *modelstest.House, s *shop, _, _ string) {
			s.run(t, at(h, ToCustomers, "phone", file(t, "手机,城市\n13812345678,常州\n")))
		}},
		{"a later import that was undone", "", peopleFile, func(t *testing.T, h *modelstest.House, s *shop, _, _ string) {
			r := s.run(t, at(h, ToCustomers, "phone", file(t, "手机,城市\n13900000002,天津\n")))
			s.undo(t, r.ImportID)
		}},
		{"a stay of a customer it made", "stay 1", peopleFile, func(t *testing.T, h *modelstest.House, s *shop, _, _ string) {
			s.run(t, at(h, ToStays, "", file(t, "到店日期,离店日期,客人\n2026-11-22,2026-11-24,赵六\n")))
			s.exec(t, "UPDATE stays SET customer_id = (SELECT id FROM customers WHERE name = '赵六')")
		}},
		{"a relation of a customer it made", "relation 1", peopleFile, func(t *testing.T, h *modelstest.House, s *shop, _, _ string) {
			s.exec(t, "INSERT INTO relations (customer_id, state, kind, ref, name, channel, staff_id, branch_id, recorded_at) SELECT id, 0, 1, 'ref', '某人', 'service', 1, 1, 1 FROM customers WHERE name = '赵六'")
		}},
		{"a relation to a child that it told of", "relation 1", "手机,child_birth\n13812345678,2020-01-02\n", func(t *testing.T, h *modelstest.House, s *shop, _, _ string) {
			s.exec(t, "INSERT INTO relations (customer_id, state, kind, ref, name, who, channel, staff_id, branch_id, recorded_at) SELECT id, 0, 1, 'ref', '某人', 'child.1', 'service', 1, 1, 1 FROM customers WHERE name = '王小明'")
		}},
		{"a relation to another child", "", "手机,child_birth\n13812345678,2020-01-02\n", func(t *testing.T, h *modelstest.House, s *shop, _, _ string) {
			s.exec(t, "INSERT INTO relations (customer_id, state, kind, ref, name, who, channel, staff_id, branch_id, recorded_at) SELECT id, 0, 1, 'ref', '某人', 'child.0', 'service', 1, 1, 1 FROM customers WHERE name = '王小明'")
		}},
	} {
		t.Run(c.what, func(t *testing.T) {
			h, s, wang := furnished(t)
			s.imports.batchRows = 2
			o := at(h, ToCustomers, "phone", file(t, c.file))
			o.Create, o.Channel = true, "service"
			if strings.Contains(c.file, "child_birth") {
				o.Maps, o.Create = []string{"child_birth=child_birth"}, false
			}
			r := s.run(t, o)
			if r.Refused != 0 {
				t.Fatal(reasons(r))
			}
			made := ""
			if ids := s.strings(t, "SELECT public_id FROM customers WHERE name = '赵六'"); len(ids) == 1 {
				made = ids[0]
			}
			h.Clock.Advance(time.Hour)
			c.later(t, h, s, wang, made)
			if got := obstaclesOf(t, s, r.ImportID); got != c.want {
				t.Fatalf("in the way: %q, want %q", got, c.want)
			}
			before := s.content(t)
			_, err := s.imports.Undo(ctx, modelstest.Shell(), r.ImportID, "the wrong list")
			if refused := c.want != ""; fault.Is(err, fault.Conflict) != refused {
				t.Fatal(err)
			}
			if c.want != "" {
				same(t, before, s.content(t))
			}
		})
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (s *shop) exec(t *testing.T, query string, args ...any) {
	t.Helper()
	must(t, s.Main.Read(context.Background()).Exec(query, args...).Error)
}

// Whoever is killed between two batches goes on when called again, and nobody
// goes on with the import meanwhile.
func TestUndoCutShortGoesOn(t *testing.T) {
	h, s, _ := furnished(t)
	s.imports.batchRows = 1
	before := s.content(t)
	o := at(h, ToCustomers, "phone", file(t, peopleFile))
	o.Create, o.Mode = true, Update
	r := s.run(t, o)
	ctx := context.Background()
	must(t, s.imports.beginUndo(ctx, modelstest.Shell(), r.ImportID, "the wrong list"))
	u, err := s.imports.loadUndoing(s.Main.Read(ctx), r.ImportID, "")
	must(t, err)
	for range 2 { // then it is killed
		if more, err := s.imports.undoRows(ctx, modelstest.Shell(), &u); !more || err != nil {
			t.Fatal(more, err)
		}
	}
	if _, err := s.imports.Run(ctx, o); !fault.Is(err, fault.Conflict) {
		t.Errorf("the import goes on in the middle of its undo: %v", err)
	}
	if _, err := s.imports.Preview(ctx, o, 5); !fault.Is(err, fault.Conflict) {
		t.Errorf("and is previewed: %v", err)
	}
	if u := s.undo(t, r.ImportID); u.Customers != 2 || u.Restored != 1 {
		t.Errorf("%+v", u)
	}
	same(t, before, s.content(t))
	if u := s.undo(t, r.ImportID); u.Customers != 2 {
		t.Errorf("an undo of what is undone: %+v", u)
	}
}

func TestUndoTakesBackAnImportThatWasCutShort(t *testing.T) {
	h, s, _ := furnished(t)
	s.imports.batchRows = 1
	before := s.content(t)
	o := at(h, ToCustomers, "phone", file(t, peopleFile))
	o.Create = true
	ctx, stop := context.WithCancel(context.Background())
	o.Progress = func(r Report) {
		if r.Rows == 2 {
			stop()
		}
	}
	r, err := s.imports.Run(ctx, o)
	if err == nil || r.Rows == 4 {
		t.Fatal(r.Rows, err)
	}
	s.undo(t, r.ImportID)
	same(t, before, s.content(t))
	o.Progress = nil
	if again := s.run(t, o); again.Resumed || again.Created != 2 {
		t.Errorf("%+v", again)
	}
}

// Whoever undoes an import that is at work ends it: no batch comes in behind.
func TestAnImportAtWorkEndsWhenItsUndoBegins(t *testing.T) {
	h, s, _ := furnished(t)
	s.imports.batchRows = 1
	before := s.content(t)
	o := at(h, ToCustomers, "phone", file(t, peopleFile))
	o.Create = true
	o.Progress = func(r Report) {
		if r.Rows == 2 {
			must(t, s.imports.beginUndo(context.Background(), modelstest.Shell(), r.ImportID, "the wrong list"))
		}
	}
	r, err := s.imports.Run(context.Background(), o)
	if !fault.Is(err, fault.Conflict) || r.Rows != 2 {
		t.Fatalf("%d rows, %v", r.Rows, err)
	}
	s.undo(t, r.ImportID)
	same(t, before, s.content(t))
}

func TestUndoNeedsAReasonAndWhoMay(t *testing.T) {
	h, s, _ := furnished(t)
	o := at(h, ToCustomers, "phone", file(t, peopleFile))
	o.Create = true
	r := s.run(t, o)
	ctx := context.Background()
	for _, reason := range []string{"", " ", strings.Repeat("字", 201)} {
		if _, err := s.imports.Undo(ctx, modelstest.Shell(), r.ImportID, reason); !fault.Is(err, fault.Invalid) {
			t.Errorf("%d characters: %v", len(reason), err)
		}
	}
	if _, err := s.imports.Undo(ctx, h.Actor(policies.Manager), r.ImportID, "the wrong list"); !fault.Is(err, fault.Denied) {
		t.Errorf("a manager: %v", err)
	}
	if _, err := s.imports.Undo(ctx, modelstest.Shell(), 4711, "the wrong list"); !fault.Is(err, fault.NotFound) {
		t.Errorf("no such import: %v", err)
	}
	if _, err := s.imports.Undo(ctx, h.Actor(policies.Custodian), r.ImportID, "the wrong list"); err != nil {
		t.Errorf("the custodian: %v", err)
	}
	actions := map[string]int{}
	for _, e := range s.events(t) {
		actions[e.Action]++
	}
	if actions["import.undo_begun"] != 1 || actions["import.undone"] == 0 || actions["import.undo_ended"] != 1 || actions["customers.imported"] == 0 {
		t.Errorf("recorded: %v", actions)
	}
}

// A table that is new and has customers in it is work that an undo must not
// bury, or it is not: somebody decides.
func TestEveryTableWithCustomersIsLookedAtBeforeAnUndo(t *testing.T) {
	s := openShop(t)
	var tables []string
	if s.Main.Dialect() == "mysql" {
		tables = s.strings(t, "SELECT DISTINCT table_name FROM information_schema.columns WHERE table_schema = DATABASE() AND column_name IN ('customer_id', 'other_id')")
	} else {
		tables = s.strings(t, "SELECT DISTINCT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name IN ('customer_id', 'other_id')")
	}
	if len(tables) < 10 {
		t.Fatal(tables)
	}
	known := strings.Join(notWork, " ")
	for _, st := range standing {
		known += " " + st.table
	}
	for _, table := range tables {
		if !strings.Contains(" "+known+" ", " "+table+" ") {
			t.Errorf("nobody decided whether work in table %s stands in the way of an undo", table)
		}
	}
}

func TestUndoReadsNoMoreForManyThanForFew(t *testing.T) {
	reads := func(n int) string {
		h, s := newHouse(t)
		var b strings.Builder
		b.WriteString("姓名,手机\n")
		for i := range n {
			fmt.Fprintf(&b, "王%s%s,138%08d\n", chinese(i/10), chinese(i%10), i)
		}
		o := at(h, ToCustomers, "phone", file(t, b.String()))
		o.Create = true
		r := s.run(t, o)
		return selects(t, func(ctx context.Context) error {
			_, err := s.imports.Undo(ctx, modelstest.Shell(), r.ImportID, "the wrong list")
			return err
		})
	}
	if few, many := reads(3), reads(60); few != many {
		t.Errorf("%s reads for three, %s for sixty", few, many)
	}
}
