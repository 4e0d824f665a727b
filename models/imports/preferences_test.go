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

// wishesOf lists what a customer wants, as an import left it.
func wishesOf(t *testing.T, h *modelstest.House, publicID string) string {
	t.Helper()
	c := h.Customer(publicID)
	facts, err := h.Customers.Wishes(context.Background(), []int64{c.ID})
	must(t, err)
	var out []string
	for _, f := range facts[c.ID] {
		p := f.Preference
		words := p.Words
		if p.WordsSealed != nil {
			words = "sealed"
		}
		out = append(out, fmt.Sprintf("%s|%s|%s|%s|%d|%s|%v|%s|%s|%s", f.Field, f.Value, p.Area, p.Act, p.Strength, words, p.Branches, p.UntilOn, p.Consent, f.RecordedAt.Format(time.DateOnly)))
	}
	return strings.Join(out, "\n")
}

func TestPreferencesAreReadAsNotesTypedAtTheCard(t *testing.T) {
	for _, words := range []string{"喜欢高楼层", "每次都要两个软枕头", "不要靠电梯的房间", "no feather pillows please", "早餐要豆浆"} {
		h, s := newHouse(t)
		typed, imported := h.AddGuest("王小明", "phone", "13812345678"), h.AddGuest("李娜", "phone", "13900000001")
		if _, err := h.Customers.TakeNote(context.Background(), h.Clerk(), h.Catalogue(), customer.Note{PublicID: typed, Words: words, Channel: "list"}); err != nil {
			t.Fatal(err)
		}
		r := s.run(t, at(h, ToPreferences, "phone", file(t, "手机,偏好\n13900000001,"+words+"\n")))
		if r.Joined != 1 {
			t.Fatalf("%+v\n%s", r, reasons(r))
		}
		if a, b := wishesOf(t, h, typed), wishesOf(t, h, imported); a != b || a == "" {
			t.Errorf("%s\ntyped    %s\nimported %s", words, a, b)
		}
	}
}

func TestEveryColumnOfAPreferenceIsTaken(t *testing.T) {
	for _, headings := range []string{"会员号,客人偏好,类别,做或不做,程度,说的日期,有效期至,门店,同意方式", "Member No,Wishes,Area,Act,Strength,Said on,Valid until,Hotel,Consent"} {
		h, s := newHouse(t)
		id := h.AddGuest("王小明", "member_no", "M1")
		hangzhou := s.count(t, "SELECT id FROM branches WHERE code = 'hangzhou'")
		r := s.run(t, at(h, ToPreferences, "member_no", file(t, headings+"\nM1,靠窗,房间,不要,必须,2026-10-01,2027-01-31,hangzhou,口头\n")))
		if r.Joined != 1 || len(r.Unmapped) != 0 {
			t.Fatalf("%+v\n%s", r, reasons(r))
		}
		got := wishesOf(t, h, id)
		for _, want := range []string{"|room|never|3|", fmt.Sprintf("[%d]|2027-01-31|spoken|2026-10-01", hangzhou)} {
			if !strings.Contains(got, want) {
				t.Errorf("%s is not in %s", want, got)
			}
		}
	}
}

func TestPreferencesThatCannotBeTakenAreNamed(t *testing.T) {
	h, s := newHouse(t)
	h.AddGuest("王小明", "member_no", "M1")
	h.AddGuest("李娜", "member_no", "M2")
	h.AddGuest("李雷", "member_no", "M2")
	for _, c := range []struct{ what, row, want string }{
		{"an allergy to which nobody agreed", "M1,对花生过敏,,,,,,,", "2 consent consent_needed true"},
		{"an allergy", "M1,对花生过敏,,,,,,,书面", ""},
		{"no words", "M1,,,,,,,,", "2 words words_missing true"},
		{"the number of a card", "M1,卡号 6222021234567890123,,,,,,,", "2 words words_number true"},
		{"nobody has the key", "M9,靠窗,,,,,,,", "2 member_no key_unknown true"},
		{"no key", ",靠窗,,,,,,,", "2 member_no key_unknown true"},
		{"several have the key", "M2,靠窗,,,,,,,", "2 member_no key_ambiguous true"},
		{"no such area", "M1,靠窗,天气,,,,,,", "2 area choice_unknown true"},
		{"neither do nor never", "M1,靠窗,,也许,,,,,", "2 act choice_unknown true"},
		{"no such strength", "M1,靠窗,,,9,,,,", "2 strength choice_unknown true"},
		{"a day ahead", "M1,靠窗,,,,2026-12-01,,,", "2 said_on date_future true"},
		{"no day", "M1,靠窗,,,,昨天,,,", "2 said_on date_invalid true"},
		{"over", "M1,靠窗,,,,,2026-11-01,,", "2 until date_past true"},
		{"no such branch", "M1,靠窗,,,,,,北京,", "2 branch branch_unknown true"},
		{"no way of agreeing", "M1,靠窗,,,,,,,大概", "2 consent choice_unknown true"},
		{"too long", "M1," + strings.Repeat("很", 301) + ",,,,,,,", "2 words too_long true"},
	} {
		r := s.run(t, at(h, ToPreferences, "member_no", file(t, "会员号,客人偏好,类别,做或不做,程度,说的日期,有效期至,门店,同意方式\n"+c.row+"\n")))
		if got := reasons(r); got != c.want {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
	}
	if n := s.count(t, "SELECT COUNT(*) FROM customers"); n != 3 {
		t.Errorf("%d customers: an import of preferences made some", n)
	}
	r := s.run(t, at(h, ToPreferences, "member_no", file(t, "会员号,喜好\nM1,对虾过敏\n")))
	if got := reasons(r); got != "2 consent consent_needed true" {
		t.Errorf("without a column for it: %q", got)
	}
}

func TestOfAPreferenceWithABadCellTheRestIsTaken(t *testing.T) {
	h, s := newHouse(t)
	id := h.AddGuest("王小明", "member_no", "M1")
	o := at(h, ToPreferences, "member_no", file(t, "会员号,偏好,程度,门店\nM1,靠窗,9,\nM1,要加床,,北京\n"))
	o.KeepGood = true
	r := s.run(t, o)
	if got := reasons(r); got != "2 strength choice_unknown false\n3 branch branch_unknown true" || r.Joined != 1 {
		t.Errorf("%q\n%s", got, wishesOf(t, h, id))
	}
}

func TestWordsThatNameAnIllnessAreSealed(t *testing.T) {
	h, s := newHouse(t)
	id := h.AddGuest("王小明", "member_no", "M1")
	words := "他得了糖尿病，早餐要无糖" + sentinel
	r := s.run(t, at(h, ToPreferences, "member_no", file(t, "会员号,偏好,同意\nM1,"+words+",口头\n")))
	if r.Joined != 1 {
		t.Fatal(reasons(r))
	}
	if !strings.Contains(wishesOf(t, h, id), "|sealed|") {
		t.Errorf("%s", wishesOf(t, h, id))
	}
	n := s.count(t, "SELECT n FROM preferences")
	got, err := h.Customers.RevealWords(context.Background(), h.Actor(policies.Manager), h.Catalogue(), id, int64(n), customer.RevealReasons[0])
	if err != nil || got != words {
		t.Errorf("%q, %v", got, err)
	}
}

func TestAPreferenceSaidAgainIsConfirmedAndItsUndoTakesThatBack(t *testing.T) {
	h, s := newHouse(t)
	id := h.AddGuest("王小明", "member_no", "M1", "care_instruction", "早餐要豆浆")
	must(t, err2(h.Customers.TakeNote(context.Background(), h.Clerk(), h.Catalogue(), customer.Note{PublicID: id, Words: "靠窗", Channel: "service"})))
	legacy := s.count(t, "SELECT COUNT(*) FROM preferences")
	h.Clock.Advance(48 * time.Hour)
	before := s.content(t)
	r := s.run(t, at(h, ToPreferences, "member_no", file(t, "会员号,偏好\nM1,靠窗\nM1,靠窗\nM1,要加床\n")))
	if r.Joined != 3 || s.count(t, "SELECT COUNT(*) FROM preferences") != legacy+1 {
		t.Fatalf("%+v\n%s", r, wishesOf(t, h, id))
	}
	if n := s.count(t, "SELECT COUNT(*) FROM preferences WHERE confirmed_at <> 0"); n != 1 {
		t.Errorf("%d are confirmed", n)
	}
	h.Clock.Advance(time.Hour)
	if got := obstaclesOf(t, s, r.ImportID); got != "" {
		t.Fatal(got)
	}
	s.undo(t, r.ImportID)
	same(t, before, s.content(t))
}

func TestAPreferenceConfirmedLaterStandsInTheWay(t *testing.T) {
	h, s := newHouse(t)
	id := h.AddGuest("王小明", "member_no", "M1")
	r := s.run(t, at(h, ToPreferences, "member_no", file(t, "会员号,偏好\nM1,靠窗\n")))
	n := s.count(t, "SELECT n FROM preferences")
	h.Clock.Advance(time.Hour)
	must(t, h.Customers.ConfirmNote(context.Background(), h.Clerk(), h.Catalogue(), id, int64(n)))
	if got := obstaclesOf(t, s, r.ImportID); got != "note 1" {
		t.Errorf("confirmed: %q", got)
	}
	must(t, h.Customers.RetireNote(context.Background(), h.Clerk(), h.Catalogue(), id, int64(n), "changed", ""))
	if got := obstaclesOf(t, s, r.ImportID); !strings.Contains(got, "note") {
		t.Errorf("retired: %q", got)
	}
}

func TestPreferencesNeedAKeyAndWords(t *testing.T) {
	h, s := newHouse(t)
	for _, c := range []struct {
		what, text string
		change     func(*Options)
		want       string
	}{
		{"no key", "会员号,偏好\nM1,靠窗\n", func(o *Options) { o.Key = "" }, "key"},
		{"a key that no column holds", "手机,偏好\n1,靠窗\n", func(*Options) {}, "key"},
		{"no words", "会员号,城市\nM1,苏州\n", func(*Options) {}, "map"},
		{"making customers", "会员号,偏好\nM1,靠窗\n", func(o *Options) { o.Create = true }, "create"},
		{"a column of customers", "会员号,偏好,城市\nM1,靠窗,苏州\n", func(o *Options) { o.Maps = []string{"城市=employer"} }, "map"},
	} {
		o := at(h, ToPreferences, "member_no", file(t, c.text))
		c.change(&o)
		if _, err := s.imports.Run(context.Background(), o); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.what, err)
		}
	}
}

func err2[T any](_ T, err error) error { return err }
