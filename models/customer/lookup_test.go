package customer_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/policies"
)

// crowd adds n customers whose facts are numbered, in one batch.
func crowd(t *testing.T, h *modelstest.House, n int, facts func(i int) []string) {
	t.Helper()
	b := h.Customers.NewBatch(h.Catalogue(), "CN", today)
	for i := range n {
		checked, problems := b.Check(customer.Individual, modelstest.Facts(facts(i)...), true)
		if len(problems) > 0 {
			t.Fatalf("%v: %v", facts(i), problems)
		}
		b.Add(customer.Individual, checked, customer.Provenance{Channel: "list", StaffID: 1, BranchID: 1, At: h.Clock.Now()})
	}
	if err := b.Write(ctx, nothing); err != nil {
		t.Fatal(err)
	}
}

func open(t *testing.T, h *modelstest.House, a policies.Actor, id string) {
	t.Helper()
	if _, err := h.Cards.Open(ctx, a, h.Catalogue(), id); err != nil {
		t.Fatal(err)
	}
}

func idOf(t *testing.T, h *modelstest.House, name string) string {
	t.Helper()
	var id string
	if err := h.Main.Read(ctx).Raw("SELECT public_id FROM customers WHERE name = ?", name).Row().Scan(&id); err != nil {
		t.Fatal(err)
	}
	return id
}

func TestQueriesThatSayNothingFindNothing(t *testing.T) {
	h := modelstest.NewHouse(t)
	h.AddGuest("王小明", "phone", "13812345678", "email", "w_a%b@example.com", "member_no", "A1")
	h.AddGuest("Wanda A", "phone", "+1 212 555 0100")
	before := len(h.Events())
	for _, query := range []string{"", " ", "　", "w", "W ", "a", "%", "*", "_", "%%%%", "****", "____", "?", "w%", "%w", "w*", "*w*", ".*", "'", "' OR 1=1 --", "+", "-", "()", "5", "56", "567", "5 6", "56 78", "567 678",
		"w 5", "@", "@example.com", "\x00", "\u200b", "🙂", strings.Repeat("%", 1000)} {
		r, names := lookUp(t, h, h.Clerk(), query)
		if len(names) != 0 {
			t.Errorf("%q finds %v", query, names)
		}
		if len(strings.Trim(query, " 　%*_.'?+-()@\x00\u200b")) < 2 && !r.Empty {
			t.Errorf("%q is not taken for an empty query", query)
		}
	}
	for _, e := range h.Events()[before:] {
		if e.Action != "customer.looked_up" {
			t.Errorf("recorded %+v", e)
		}
	}
}

func TestFewDigitsCountOnlyBesideAnotherTerm(t *testing.T) {
	h := modelstest.NewHouse(t)
	h.AddGuest("王小明", "phone", "13812345678")
	h.AddGuest("王小红", "phone", "13800000000")
	for query, want := range map[string]string{
		"78": "[]", "678": "[]", "5678": "[王小明]", "1381": "[王小明]", "2345": "[王小明]", "wang 78": "[王小明]", "78 王": "[王小明]", "678 wxm": "[王小明]", "王78": "[]", "王5678": "[王小明]", "wang 8": "[王小明 王小红]",
	} {
		if _, names := lookUp(t, h, h.Clerk(), query); fmt.Sprint(slices.Sorted(slices.Values(names))) != want {
			t.Errorf("%q finds %v, want %s", query, names, want)
		}
	}
}

func TestAtMostEightAreShownAndEachIsCounted(t *testing.T) {
	h := modelstest.NewHouse(t)
	crowd(t, h, 30, func(i int) []string {
		return []string{"name", fmt.Sprintf("张伟%c", '一'+rune(i)), "phone", fmt.Sprintf("138000012%02d", i)}
	})
	for _, query := range []string{"张伟", "zhang", "zw", "0000", "zhang 00", "wei zhang", "张 伟"} {
		before := h.Count("SELECT COALESCE(SUM(times), 0) FROM disclosures")
		_, names := lookUp(t, h, h.Clerk(), query)
		if len(names) != 8 || len(slices.Compact(slices.Sorted(slices.Values(names)))) != 8 {
			t.Errorf("%q shows %v", query, names)
		}
		if n := h.Count("SELECT COALESCE(SUM(times), 0) FROM disclosures") - before; n != int64(len(names)) {
			t.Errorf("%q: %d counted", query, n)
		}
		if e := h.LastEvent(); e.Action != "customer.looked_up" || strings.Contains(fmt.Sprintf("%+v", e), query) && query != "0000" {
			t.Errorf("%q is recorded as %+v", query, e)
		}
	}
}

func TestLookUpIsForThoseWhoMay(t *testing.T) {
	h := modelstest.NewHouse(t)
	h.AddGuest("王小明")
	for _, role := range []policies.Role{policies.Floor, policies.Marketing, policies.Admin, policies.Auditor} {
		r, err := h.Customers.LookUp(ctx, h.Actor(role), h.Catalogue(), "王小明")
		wantKind(t, string(role), err, fault.Denied)
		if len(r.Hits) != 0 {
			t.Errorf("%s sees %v", role, r.Hits)
		}
	}
	h.Run("DROP TABLE audit_events")
	if r, err := h.Customers.LookUp(ctx, h.Clerk(), h.Catalogue(), "王小明"); len(r.Hits) != 0 || !fault.Is(err, fault.Unavailable) {
		t.Errorf("shown without a record: %v, %v", r.Hits, err)
	}
}

func TestLatelyAtMyBranchComesFirst(t *testing.T) {
	h := modelstest.NewHouse(t)
	away := h.AddPerson("away", policies.FrontDesk, modelstest.Hangzhou)
	for _, size := range []int{3, 20, 300} {
		t.Run(fmt.Sprint(size, " of the name"), func(t *testing.T) {
			surname := map[int]string{3: "赵", 20: "钱", 300: "孙"}[size]
			letters := map[int]string{3: "zhao", 20: "qian", 300: "sun"}[size]
			crowd(t, h, size, func(i int) []string { return []string{"name", surname + string('一'+rune(i)) + "明"} })
			last := idOf(t, h, surname+string('一'+rune(size-1))+"明")
			open(t, h, h.Clerk(), last)
			for _, query := range []string{surname, letters} {
				r, _ := lookUp(t, h, h.Clerk(), query)
				if len(r.Hits) == 0 || r.Hits[0].PublicID != last || !r.Hits[0].Recent {
					t.Errorf("%s: who was here a moment ago is not first: %v", query, r.Hits)
				}
				if len(r.Hits) > 1 && r.Hits[1].Recent {
					t.Errorf("%s: one who was not here is said to have been", query)
				}
				r, _ = lookUp(t, h, away, query)
				if slices.ContainsFunc(r.Hits, func(hit customer.Hit) bool { return hit.Recent }) {
					t.Errorf("%s: the other branch is told he was there", query)
				}
				if want := size > 100; r.Narrow != want {
					t.Errorf("%s: asks for more is %v", query, r.Narrow)
				}
			}
			h.Clock.Advance(customer.RecentFor + time.Minute)
			r, _ := lookUp(t, h, h.Clerk(), surname)
			if slices.ContainsFunc(r.Hits, func(hit customer.Hit) bool { return hit.Recent }) {
				t.Error("a month later he still counts as lately here")
			}
		})
	}
}

func TestAddedHereCountsAsLatelyHere(t *testing.T) {
	h := modelstest.NewHouse(t)
	crowd(t, h, 5, func(i int) []string { return []string{"name", "周" + string('一'+rune(i)) + "平"} })
	id := h.AddGuestBy(h.Clerk(), "周卓平")
	if r, _ := lookUp(t, h, h.Clerk(), "zhou"); len(r.Hits) != 6 || r.Hits[0].PublicID != id || !r.Hits[0].Recent {
		t.Errorf("%v", r.Hits)
	}
}

func TestTwoTermsNarrowEachOther(t *testing.T) {
	h := modelstest.NewHouse(t)
	h.AddGuest("王小明", "phone", "13812345678")
	h.AddGuest("王小红", "phone", "13812340000")
	h.AddGuest("李小明", "phone", "13999995678")
	for query, want := range map[string]string{
		"wang 5678": "[王小明]", "5678 wang": "[王小明]", "小明 王": "[王小明]", "li 5678": "[李小明]", "王 1381": "[王小明 王小红]", "wang xiao": "[王小明 王小红]", "wang xiaoming 5678": "[王小明]", "王　５６７８": "[王小明]",
	} {
		r, names := lookUp(t, h, h.Clerk(), query)
		if fmt.Sprint(slices.Sorted(slices.Values(names))) != want || r.Group != customer.AllTerms {
			t.Errorf("%q finds %v", query, names)
		}
	}
	r, names := lookUp(t, h, h.Clerk(), "李 1381")
	if r.Group != customer.OneTermEach || len(names) != 3 {
		t.Fatalf("nobody has both: %v as %v", names, r.Group)
	}
	for _, hit := range r.Hits {
		if isLi := strings.HasPrefix(text(hit.Name), "李"); isLi != (hit.Term == 0) {
			t.Errorf("%s stands under term %d", text(hit.Name), hit.Term)
		}
	}
}

func TestTwoCommonTermsStillFindTheirPerson(t *testing.T) {
	h := modelstest.NewHouse(t)
	given := []rune("安白丹冬恩方刚海吉凯乐美南平琴仁山天伟希雅泽")
	crowd(t, h, 2400, func(i int) []string {
		return []string{"name", fmt.Sprintf("王%c%c", given[i%len(given)], given[i/len(given)%len(given)]), "phone", fmt.Sprintf("138%08d", i)}
	})
	h.AddGuest("王子睿", "phone", "13999990088")
	h.Run("DELETE FROM recents")
	for _, query := range []string{"wang zirui", "王 子睿", "wang zi", "wang rui", "王 0088", "wang 88 zi"} {
		r, names := lookUp(t, h, h.Clerk(), query)
		if r.Group != customer.AllTerms || !slices.Contains(names, "王子睿") {
			t.Errorf("%q finds %v", query, names)
		}
	}
	if r, names := lookUp(t, h, h.Clerk(), "wang 88"); r.Group != customer.AllTerms || len(names) != 8 {
		t.Errorf("wang 88 finds %v", names)
	}
}

func TestNothingIsShownThatNoTermExplains(t *testing.T) {
	h := modelstest.NewHouse(t)
	h.AddGuest("王小明", "phone", "13812345678")
	inner := h.Customer(idOf(t, h, "王小明")).ID
	for kind, k := range map[int]string{1: "zhangsan", 2: "张三", 3: "99998888", 4: "other@example.com", 5: "B99999", 6: "vip777", 8: "acme", 9: "某公司"} {
		h.Run("INSERT INTO customer_keys (kind, k, customer_id) VALUES (?, ?, ?)", kind, k, inner)
	}
	for _, query := range []string{"zhangsan", "张三", "99998888", "9999", "other@example.com", "B99999", "vip777", "acme", "某公司", "wang 99998888", "王 vip777"} {
		if r, names := lookUp(t, h, h.Clerk(), query); len(names) != 0 && r.Group == customer.AllTerms {
			t.Errorf("%q shows %v because of %v", query, names, r.Hits[0].Because)
		}
	}
}

func TestEditsMoveTheLookUpKeys(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明", "phone", "13812345678", "phone.1", "13700001111", "email", "old@example.com", "plate", "沪A12345", "member_no", "VIP0042", "employer", "越临精密", "document_kind", "other", "document_no", "OLD778899", "alias", "大王")
	finds := func(query string) bool {
		t.Helper()
		r, _ := lookUp(t, h, h.Clerk(), query)
		return len(r.Hits) == 1 && r.Hits[0].PublicID == id
	}
	old := []string{"王小明", "xiaoming", "12345678", "5678", "old@example.com", "沪A12345", "vip0042", "越临", "OLD778899", "大王"}
	for _, query := range append(old, "1111") {
		if !finds(query) {
			t.Errorf("%q does not find before the edit", query)
		}
	}
	values := modelstest.Facts("name", "林晓", "phone", "13999990000", "email", "new@example.com", "plate", "浙B99999", "member_no", "VIP0077", "employer", "长河", "document_no", "NEW112233", "alias", "晓晓")
	if err := h.Change(h.Actor(policies.Manager), id, values...); err != nil {
		t.Fatalf("%v %v", err, slots(err))
	}
	for _, query := range []string{"林晓", "linxiao", "99990000", "new@example.com", "浙B99999", "vip0077", "长河", "NEW112233", "晓晓", "1111"} {
		if !finds(query) {
			t.Errorf("%q does not find after the edit", query)
		}
	}
	for _, query := range old {
		if finds(query) {
			t.Errorf("%q still finds after the edit", query)
		}
	}
	if err := h.Change(h.Clerk(), id, modelstest.Facts("former_name", "王小明")...); err != nil {
		t.Fatal(err)
	}
	r, _ := lookUp(t, h, h.Clerk(), "wxm")
	if len(r.Hits) != 1 || text(r.Hits[0].Other) != "王小明" || marked(r.Hits[0].Name) != "" {
		t.Errorf("the former name: %+v", r.Hits)
	}
	if err := h.Change(h.Clerk(), id, customer.Value{Field: "phone", Item: 1, Remove: true}, customer.Value{Field: "document_no", Remove: true}); err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{"1111", "NEW112233"} {
		if finds(query) {
			t.Errorf("%q still finds after its removal", query)
		}
	}
	if n := h.Count("SELECT COUNT(*) FROM customer_keys WHERE kind = 7"); n != 0 {
		t.Errorf("%d document keys are left", n)
	}
}

func TestHitsCarryCuesOnlyAndTheTelephoneMasked(t *testing.T) {
	h := modelstest.NewHouse(t)
	h.AddGuest("王小明", "phone", "13812345678", "home_address", "上海市某路一号", "email", "ming@example.com", "diet", "素食", "city", "上海")
	for query, mark := range map[string]string{"王小明": "", "5678": "5678", "12345678": "5678", "1381": "138", "3456": "", "13812345678": "5678"} {
		r, _ := lookUp(t, h, h.Clerk(), query)
		if len(r.Hits) != 1 {
			t.Errorf("%q: %d hits", query, len(r.Hits))
			continue
		}
		hit := r.Hits[0]
		if text(hit.Phone) != "138****5678" || marked(hit.Phone) != mark {
			t.Errorf("%q shows %s, marked %q", query, text(hit.Phone), marked(hit.Phone))
		}
		if all := fmt.Sprintf("%+v", hit); strings.Contains(all, "某路") || strings.Contains(all, "素食") || strings.Contains(all, "ming@") || strings.Contains(all, "1234567") {
			t.Errorf("%q shows %s", query, all)
		}
	}
}
