package purpose_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/modelstest"
	"shuke/models/purpose"
	"shuke/models/uses"
	"shuke/policies"
)

func refresh(t *testing.T, h *modelstest.House) {
	t.Helper()
	if err := h.Purposes.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
}

// counted are the numbers of the finished count for a field: known and fresh.
func counted(h *modelstest.House, kind customer.Kind, branch int64, field string) [2]int64 {
	h.T.Helper()
	const from = " FROM field_counts f JOIN purpose_counts c ON c.id = f.count_id WHERE c.finished_at > 0 AND f.kind = ? AND f.branch_id = ? AND f.field = ?"
	return [2]int64{h.Count("SELECT COALESCE(SUM(f.known), 0)"+from, kind, branch, field), h.Count("SELECT COALESCE(SUM(f.fresh), 0)"+from, kind, branch, field)}
}

func customers(h *modelstest.House, kind customer.Kind, branch int64) int64 {
	h.T.Helper()
	return h.Count("SELECT COALESCE(SUM(n.customers), 0) FROM customer_counts n JOIN purpose_counts c ON c.id = n.count_id WHERE c.finished_at > 0 AND n.kind = ? AND n.branch_id = ?", kind, branch)
}

// people fills a house: in Shanghai twelve guests, all with a city, every third
// with a diet; in Hangzhou five, and one firm.
func people(h *modelstest.House) {
	h.T.Helper()
	for i := range 12 {
		facts := []string{"city", "上海", "phone.0", "1390000" + four(i), "phone.1", "1380000" + four(i)}
		if i%3 == 0 {
			facts = append(facts, "diet.0", "少盐", "diet.1", "少辣", "smoking", "never")
		}
		h.AddGuest("客人"+string(rune('甲'+i)), facts...)
	}
	away := h.AddPerson("manager-hangzhou", policies.Manager, modelstest.Hangzhou)
	for i := range 5 {
		h.AddGuestBy(away, "杭客"+string(rune('甲'+i)), "children", "-", "document_kind", "passport", "document_no", "E7755443"+string(rune('0'+i)))
	}
	h.AddCompany("望江软件", "city", "杭州", "contact_name", "小李")
}

func four(i int) string { return string([]byte{'1', '0', '0' + byte(i/10), '0' + byte(i%10)}) }

func TestACountKnowsHowManyAndHowFresh(t *testing.T) {
	h := modelstest.NewHouse(t)
	people(h)
	shanghai, hangzhou := h.Clerk().BranchID, h.ActorOf("manager-hangzhou").BranchID
	old := h.AddGuest("老客", "diet", "少油")
	h.Clock.Advance(400 * day) // a diet keeps for a year, a city for three
	if err := h.Change(h.Actor(policies.Manager), old, modelstest.Facts("diet", "少油", "diet.1", "不吃辣")...); err != nil {
		t.Fatal(err)
	}
	refresh(t, h)
	for _, c := range []struct {
		kind   customer.Kind
		branch int64
		field  string
		want   [2]int64
	}{
		{customer.Individual, 0, "city", [2]int64{12, 12}},
		{customer.Individual, shanghai, "city", [2]int64{12, 12}},
		{customer.Individual, hangzhou, "city", [2]int64{0, 0}},
		{customer.Enterprise, 0, "city", [2]int64{1, 1}},
		{customer.Individual, 0, "phone", [2]int64{12, 12}},      // of two numbers a customer is one
		{customer.Individual, 0, "diet", [2]int64{5, 1}},         // the newest of several decides
		{customer.Individual, shanghai, "diet", [2]int64{5, 1}},  // and in the branch
		{customer.Individual, 0, "children", [2]int64{5, 5}},     // none is known
		{customer.Individual, 0, "document_no", [2]int64{5, 5}},  // sealed, and counted all the same
		{customer.Individual, hangzhou, "name", [2]int64{5, 5}},  // does not age
		{customer.Enterprise, 0, "contact_name", [2]int64{1, 0}}, // keeps for a year
	} {
		if got := counted(h, c.kind, c.branch, c.field); got != c.want {
			t.Errorf("%s of %s at %d: known, fresh %v, not %v", c.field, c.kind, c.branch, got, c.want)
		}
	}
	for _, c := range []struct {
		kind   customer.Kind
		branch int64
		want   int64
	}{{customer.Individual, 0, 18}, {customer.Individual, shanghai, 13}, {customer.Individual, hangzhou, 5}, {customer.Enterprise, 0, 1}, {customer.Enterprise, shanghai, 1}} {
		if got := customers(h, c.kind, c.branch); got != c.want {
			t.Errorf("%d customers of %s at %d, not %d", got, c.kind, c.branch, c.want)
		}
	}
	if err := h.Change(h.Actor(policies.Manager), old, customer.Value{Field: "diet", Remove: true}, customer.Value{Field: "diet", Item: 1, Remove: true}); err != nil {
		t.Fatal(err)
	}
	refresh(t, h)
	if got := counted(h, customer.Individual, 0, "diet"); got != [2]int64{4, 0} {
		t.Errorf("after one was taken away: %v", got)
	}
	if n := h.Count("SELECT COUNT(*) FROM purpose_counts"); n != 1 {
		t.Errorf("%d counts are kept", n)
	}
	if n := h.Count("SELECT COUNT(DISTINCT count_id) FROM field_counts"); n != 1 {
		t.Errorf("sums of %d counts are kept", n)
	}
}

func TestAWishCountsForTheFieldsOfItsAreaAndIsFreshWhenConfirmed(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("周美月")
	done, err := h.Customers.TakeNote(ctx, h.Clerk(), h.Catalogue(), customer.Note{PublicID: id, Words: "早餐鸡蛋要嫩一点", Area: "breakfast_food", Act: catalogue.ActDo, Channel: "service"})
	if err != nil {
		t.Fatal(err)
	}
	h.Clock.Advance(1000 * day)
	for _, want := range [][2]int64{{1, 0}, {1, 1}} {
		refresh(t, h)
		for _, field := range []string{"care_instruction", "diet", "food_likes"} {
			if got := counted(h, customer.Individual, 0, field); got != want {
				t.Errorf("%s: known, fresh %v, not %v", field, got, want)
			}
		}
		if got := counted(h, customer.Individual, 0, "drink_likes"); got != [2]int64{} {
			t.Errorf("of drinks nothing was said: %v", got)
		}
		if err := h.Customers.ConfirmNote(ctx, h.Clerk(), h.Catalogue(), id, done.N); err != nil {
			t.Fatal(err)
		}
	}
}

// result is every sum of the finished count.
func result(h *modelstest.House) map[string][2]int64 {
	h.T.Helper()
	out := map[string][2]int64{}
	for _, f := range h.Catalogue().All() {
		for _, kind := range []customer.Kind{customer.Individual, customer.Enterprise} {
			for branch := range int64(4) {
				if n := counted(h, kind, branch, f.Key); n[0] > 0 {
					out[strings.Join([]string{f.Key, kind.String(), string(rune('0' + branch))}, " ")] = n
				}
			}
		}
	}
	return out
}

func TestACountThatIsCutShortGoesOnWhereItWas(t *testing.T) {
	h := modelstest.NewHouse(t)
	people(h)
	refresh(t, h)
	want := result(h)
	if len(want) < 20 {
		t.Fatalf("only %d sums", len(want))
	}
	h.Clock.Advance(time.Hour)
	h.Purposes.Slowly(2, 5)
	c, err := h.Purposes.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if over, err := h.Purposes.Step(ctx, &c); err != nil || over {
			t.Fatal(over, err)
		}
	}
	if got := result(h); !cmp.Equal(got, want) {
		t.Errorf("a count that is not finished shows: %s", cmp.Diff(want, got))
	}
	done := h.Count("SELECT last_id FROM purpose_counts WHERE finished_at = 0")
	if done == 0 || done == h.Count("SELECT MAX(id) FROM customers") {
		t.Fatalf("counted up to %d: nothing was cut short", done)
	}
	other := h.Again() // the process was killed
	other.Purposes.Slowly(3, 4)
	refresh(t, other)
	if got := result(h); !cmp.Equal(got, want) {
		t.Errorf("taken up again: %s", cmp.Diff(want, got))
	}
	if n := h.Count("SELECT COUNT(*) FROM purpose_counts"); n != 1 {
		t.Errorf("%d counts are kept", n)
	}
}

func TestTwoCountsInTurnCountNobodyTwice(t *testing.T) {
	h := modelstest.NewHouse(t)
	people(h)
	refresh(t, h)
	want := result(h)
	h.Clock.Advance(time.Hour)
	other := h.Again()
	one, err := h.Purposes.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	two, err := other.Purposes.Begin(ctx)
	if err != nil || one != two {
		t.Fatalf("two counts: %+v, %+v, %v", one, two, err)
	}
	h.Purposes.Slowly(2, 3)
	other.Purposes.Slowly(2, 3)
	steps := 0
	for oneOver, twoOver := false, false; !oneOver || !twoOver; steps++ {
		if oneOver, err = h.Purposes.Step(ctx, &one); err != nil {
			t.Fatal(err)
		}
		if twoOver, err = other.Purposes.Step(ctx, &two); err != nil {
			t.Fatal(err)
		}
	}
	if steps < 3 {
		t.Errorf("over after %d steps", steps)
	}
	if got := result(h); !cmp.Equal(got, want) {
		t.Error(cmp.Diff(want, got))
	}
}

func TestTwoCountsAtOnceCountNobodyTwice(t *testing.T) {
	h := modelstest.NewHouse(t)
	people(h)
	refresh(t, h)
	want := result(h)
	instances := []*modelstest.House{h, h.Again(), h.Again()}
	for range 3 {
		h.Clock.Advance(time.Hour)
		var all sync.WaitGroup
		for _, i := range instances {
			i.Purposes.Slowly(1, 1)
			all.Go(func() {
				if err := i.Purposes.Refresh(ctx); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if got := result(h); !cmp.Equal(got, want) {
			t.Fatal(cmp.Diff(want, got))
		}
		if n := h.Count("SELECT COUNT(*) FROM purpose_counts WHERE finished_at = 0"); n != 0 {
			t.Fatalf("%d counts are not finished", n)
		}
	}
}

func TestACountOfYesterdayIsBegunAnew(t *testing.T) {
	h := modelstest.NewHouse(t)
	people(h)
	h.Purposes.Slowly(2, 5)
	old, err := h.Purposes.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Purposes.Step(ctx, &old); err != nil {
		t.Fatal(err)
	}
	h.Clock.Advance(13 * time.Hour)
	refresh(t, h)
	want := result(h)
	if want["city individual 0"] != [2]int64{12, 12} {
		t.Errorf("city: %v", want["city individual 0"])
	}
	if at := h.Count("SELECT started_at FROM purpose_counts WHERE finished_at > 0"); at != db.Millis(h.Clock.Now()) {
		t.Errorf("the numbers are of %v", db.Time(at))
	}
	// Whoever was still at the old one finds that it is not wanted any more.
	if over, err := h.Purposes.Step(ctx, &old); err != nil || !over {
		t.Errorf("the old count: over %v, %v", over, err)
	}
	if got := result(h); !cmp.Equal(got, want) {
		t.Error(cmp.Diff(want, got))
	}
}

func TestAnEmptyHouseCanBeCounted(t *testing.T) {
	h := modelstest.NewHouse(t)
	refresh(t, h)
	if n := h.Count("SELECT COUNT(*) FROM purpose_counts WHERE finished_at > 0"); n != 1 {
		t.Errorf("%d finished counts", n)
	}
}

func TestUsesOfNinetyDaysAreCountedAndOldOnesGo(t *testing.T) {
	h := modelstest.NewHouse(t)
	use := func(daysAgo int, times int64) {
		h.Run("INSERT INTO field_uses (day, field, used_as, times) VALUES (?, 'diet', 'head', ?)", uses.Day(h.Clock.Now().AddDate(0, 0, -daysAgo)), times)
	}
	use(0, 1)
	use(89, 10)
	use(90, 100)
	use(399, 1000)
	use(401, 10000)
	h.Purposes.Used("diet", uses.Head) // not written yet
	refresh(t, h)
	if n := h.Count("SELECT times FROM use_counts WHERE field = 'diet' AND used_as = 'head'"); n != 12 {
		t.Errorf("%d times in ninety days", n)
	}
	if n := h.Count("SELECT COALESCE(SUM(times), 0) FROM field_uses"); n != 1112 {
		t.Errorf("%d uses are kept", n)
	}
}

// plan tells how a statement is done: on SQLite the lines of its plan, on MariaDB
// way and key of its one table.
func plan(t *testing.T, h *modelstest.House, query string, args ...any) string {
	t.Helper()
	explain := "EXPLAIN "
	if h.Main.Dialect() == db.SQLite {
		explain = "EXPLAIN QUERY PLAN "
	}
	var lines []map[string]any
	if err := h.Main.Read(ctx).Raw(explain+query, args...).Scan(&lines).Error; err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(lines)
}

// At a million customers a statement that reads more than its page never ends.
func TestACountReadsRangesOfThePrimaryKeyInItsOrder(t *testing.T) {
	h := modelstest.NewHouse(t)
	var people, facts, wishes []any
	for id := range 2000 {
		people = append(people, id+1, fmt.Sprintf("K-%010d", id), 1, "甲", 1, 1, 1, 1, 1)
		wishes = append(wishes, id+1, 1, "other", "do", 1)
		facts = append(facts, id+1, 0, 1, "city", "service", 3, 1, 1, 1, id+1, 1, 1, "city", "service", 3, 1, 1, 1)
	}
	err := h.Main.InTx(ctx, func(tx *db.Tx) error {
		if err := tx.InsertAll("INSERT INTO customers (id, public_id, kind, name, branch_id, version, created_at, created_by, updated_at) VALUES ", 9, people); err != nil {
			return err
		}
		if err := tx.InsertAll("INSERT INTO preferences (customer_id, n, area, act, strength) VALUES ", 5, wishes); err != nil {
			return err
		}
		return tx.InsertAll("INSERT INTO facts (customer_id, state, n, field, channel, trust, staff_id, branch_id, recorded_at) VALUES ", 9, facts)
	})
	if err != nil {
		t.Fatal(err)
	}
	range_, sorted := "SEARCH", "TEMP B-TREE"
	if h.Main.Dialect() == db.MySQL {
		h.Run("ANALYZE TABLE customers, facts, preferences")
		range_, sorted = "type:range", "filesort"
	}
	for _, got := range []string{plan(t, h, purpose.PageSQL, 500, 2000, 100), plan(t, h, purpose.FactsSQL, 500, 600), plan(t, h, purpose.WishesSQL, 500, 600)} {
		if !strings.Contains(got, range_) || !strings.Contains(got, "PRIMARY") || strings.Contains(got, sorted) || strings.Contains(got, "SCAN") || strings.Contains(got, "type:ALL") {
			t.Error(got)
		}
	}
}
