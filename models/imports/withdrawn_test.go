package imports

import (
	"strings"
	"testing"
	"time"

	"shuke/models/calendar"
	"shuke/models/consent"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/models/rights"
	"shuke/policies"
)

// decides records what a customer decides about a purpose, spoken.
func decides(t *testing.T, h *modelstest.House, publicID string, p consent.Purpose, given bool) {
	t.Helper()
	d := rights.Decision{PublicID: publicID, Purpose: p, Given: given, Who: consent.Self, How: consent.Spoken}
	must(t, h.Rights.Record(t.Context(), h.Clerk(), d))
}

func TestAPreferenceWhoseConsentWasWithdrawnIsRefusedWithItsReason(t *testing.T) {
	h, s := newHouse(t)
	no, unsafe := h.AddGuest("王小明", "member_no", "M1"), h.AddGuest("李娜", "member_no", "M2")
	decides(t, h, no, consent.Service, false)
	decides(t, h, unsafe, consent.Safety, false)
	o := at(h, ToPreferences, "member_no", file(t, "会员号,偏好,同意方式\nM1,靠窗,\nM1,对花生过敏,书面\nM2,对花生过敏,书面\nM2,靠窗,\n"))
	o.KeepGood = true
	p := s.preview(t, o, 10)
	r := s.run(t, o)
	want := "2 words consent_withdrawn true\n4 words consent_withdrawn true"
	for _, got := range []Report{p.Report, r} {
		if got.Joined != 2 || got.Refused != 2 || reasons(got) != want || got.Problems[0].Column != "偏好" {
			t.Errorf("%+v, want %s", got, want)
		}
	}
	if p.Rows[0].Outcome != Refused || len(p.Rows[0].Changes) != 0 {
		t.Errorf("%+v", p.Rows[0])
	}
	if n := s.count(t, "SELECT COUNT(*) FROM facts WHERE field IN ('care_instruction', 'allergy_instruction')"); n != 2 {
		t.Errorf("%d are kept", n)
	}
}

func TestAPreferenceOfWhoAskedToBeForgottenIsRefused(t *testing.T) {
	h, s := newHouse(t)
	id := h.AddGuest("王小明", "member_no", "M1")
	must(t, h.Rights.AskErasure(t.Context(), h.Actor(policies.Custodian), rights.Leave{PublicID: id, How: consent.Written, Who: consent.Self, Proof: "信 1"}))
	r := s.run(t, at(h, ToPreferences, "member_no", file(t, "会员号,偏好\nM1,靠窗\n")))
	if got := reasons(r); got != "2 words consent_withdrawn true" || r.Joined != 0 {
		t.Errorf("%q %+v", got, r)
	}
}

// What is withdrawn between the decision and the writing is not counted as
// taken either: the import stops and can go on.
func TestAConsentWithdrawnWhileRowsAreWrittenStopsTheImport(t *testing.T) {
	h, _ := newHouse(t)
	id := h.AddGuest("王小明", "member_no", "M1")
	cat := h.Catalogue()
	b := h.Customers.NewBatch(cat, "CN", calendar.Today(h.Clock.Now(), time.UTC))
	said, problems := b.CheckNote(customer.Individual, customer.Note{Words: "靠窗", Channel: "list"}, nil)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	b.JoinKnown(h.Customer(id).ID, said, customer.Provenance{Channel: "list", At: h.Clock.Now()})
	decides(t, h, id, consent.Service, false)
	if err := b.Write(t.Context(), func(*db.Tx, []int64) error { return nil }); !fault.Is(err, fault.Conflict) {
		t.Errorf("%v", err)
	}
}

// Of a row of facts the rest is taken, and each cell that is left out is named.
func TestFactsWhoseConsentWasWithdrawnAreNamedAndTheRestIsTaken(t *testing.T) {
	h, s := newHouse(t)
	no, gone := h.AddGuest("王小明", "member_no", "M1"), h.AddGuest("李娜", "member_no", "M2")
	h.AddGuest("赵六", "member_no", "M3")
	decides(t, h, no, consent.Service, false)
	must(t, h.Rights.AskErasure(t.Context(), h.Actor(policies.Custodian), rights.Leave{PublicID: gone, How: consent.Written, Who: consent.Self, Proof: "信 1"}))
	o := at(h, ToCustomers, "member_no", file(t, "会员号,爱好,城市,邮箱\nM1,围棋,杭州,a@example.com\nM2,钓鱼,杭州,b@example.com\nM3,登山,杭州,c@example.com\n"))
	p := s.preview(t, o, 10)
	r := s.run(t, o)
	for _, got := range []Report{p.Report, r} {
		if got.Joined != 2 || got.Refused != 1 || got.Warned != 1 {
			t.Errorf("%+v\n%s", got, reasons(got))
		}
		for _, want := range []string{"2 hobby consent_withdrawn false", "3 member_no consent_withdrawn true"} {
			if !strings.Contains(reasons(got), want) {
				t.Errorf("%s is missing of\n%s", want, reasons(got))
			}
		}
	}
	if _, kept := h.Fact(no, "hobby.0"); kept {
		t.Error("the hobby is kept")
	}
	if _, kept := h.Fact(no, "email.0"); !kept {
		t.Error("the rest is not")
	}
}
