package consent_test

import (
	"strings"
	"testing"
	"time"

	"shuke/models/consent"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/models/modelstest"
)

func TestEachWishDoesWhatItSays(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.Customer(h.AddGuest("王小明")).ID
	if s := of(t, h, id); s.NotAt(2) || s.HidesHousehold() || s.HidesFrom("李雷") || s.Quiet(h.Clock.Now()) {
		t.Fatal("a wish that nobody spoke")
	}
	restrict(t, h, id, consent.Restriction{Kind: consent.NotBranch, NotAt: 2})
	restrict(t, h, id, consent.Restriction{Kind: consent.NotPerson, Person: " 李雷 ", Relation: "前夫"})
	restrict(t, h, id, consent.Restriction{Kind: consent.NoHousehold})
	appendAll(t, h, said(h, id, consent.Photo, "", true))
	photo := restrict(t, h, id, consent.Restriction{Kind: consent.NoPhoto})
	s := of(t, h, id)
	if !s.NotAt(2) || s.NotAt(1) || !s.HidesHousehold() || !s.HidesFrom("李雷") || s.HidesFrom("李") || s.Allows(consent.Photo, "") || s.Restrictions[1].How != consent.Spoken || s.Restrictions[1].Relation != "前夫" {
		t.Errorf("%+v", s.Restrictions)
	}
	if err := h.Main.InTx(ctx, func(tx *db.Tx) error { return consent.Lift(tx, id, photo, 1, h.Clock.Now()) }); err != nil {
		t.Fatal(err)
	}
	if s := of(t, h, id); !s.Allows(consent.Photo, "") || len(s.Restrictions) != 3 {
		t.Error("a wish that ended still holds")
	}
	if n := h.Count("SELECT COUNT(*) FROM restrictions"); n != 4 {
		t.Errorf("%d wishes are on record", n)
	}
	if err := h.Main.InTx(ctx, func(tx *db.Tx) error { return consent.Lift(tx, id, photo, 1, h.Clock.Now()) }); !fault.Is(err, fault.Conflict) {
		t.Errorf("ended twice: %v", err)
	}
}

func TestQuietHoursMayPassMidnight(t *testing.T) {
	at := func(hour, minute int) time.Time { return time.Date(2026, 11, 22, hour, minute, 0, 0, time.UTC) }
	night := consent.States{Restrictions: []consent.Restriction{{Kind: consent.NotHours, From: 22 * 60, To: 8 * 60}}}
	noon := consent.States{Restrictions: []consent.Restriction{{Kind: consent.NotHours, From: 12 * 60, To: 14 * 60}}}
	for _, c := range []struct {
		s    consent.States
		t    time.Time
		want bool
	}{{night, at(21, 59), false}, {night, at(22, 0), true}, {night, at(3, 0), true}, {night, at(7, 59), true}, {night, at(8, 0), false},
		{noon, at(11, 59), false}, {noon, at(12, 0), true}, {noon, at(13, 59), true}, {noon, at(14, 0), false}} {
		if c.s.Quiet(c.t) != c.want {
			t.Errorf("%v at %s: %v", c.s.Restrictions[0], c.t.Format("15:04"), !c.want)
		}
	}
}

func TestAWishKeepsOnlyWhatItsKindNeeds(t *testing.T) {
	r := consent.Restriction{Kind: consent.NoPhoto, How: consent.Spoken, Person: "李雷", Relation: "x", NotAt: 2, From: 1, To: 2}
	if err := r.Check(); err != nil || r.Person != "" || r.Relation != "" || r.NotAt != 0 || r.From != 0 || r.To != 0 {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestWishesThatSayNothingAreRefused(t *testing.T) {
	for field, r := range map[string]consent.Restriction{
		"kind":   {Kind: "everything"},
		"person": {Kind: consent.NotPerson, Person: " "},
		"not_at": {Kind: consent.NotBranch},
		"from":   {Kind: consent.NotHours, From: 600, To: 600},
		"note":   {Kind: consent.OtherRestriction, Note: "a\x00b"},
	} {
		r.How = consent.Spoken
		if f, ok := r.Check().(*fault.Error); !ok || f.Fields[field].Key == "" {
			t.Errorf("%s is taken: %v", field, r.Check())
		}
	}
	long := consent.Restriction{Kind: consent.OtherRestriction, How: consent.Spoken, Note: strings.Repeat("长", 501)}
	if f, ok := long.Check().(*fault.Error); !ok || f.Fields["note"].Key != "error.too_long" {
		t.Errorf("%v", long.Check())
	}
}

// Whoever serves a guest keeps to what they asked; which other branch they avoid,
// and why somebody is not to be told, is not theirs to know.
func TestThoseWhoServeAreToldWhatTheyKeepTo(t *testing.T) {
	s := consent.States{Restrictions: []consent.Restriction{
		{Kind: consent.NotPerson, Person: "李雷", Relation: "前夫", Note: "在打官司"}, {Kind: consent.NotBranch, NotAt: 1}, {Kind: consent.NotBranch, NotAt: 2, Note: "前夫在那里上班"},
		{Kind: consent.NotHours, From: 60, To: 90, Note: "睡得轻"}, {Kind: consent.NoPhoto, Note: "房间也不拍"}, {Kind: consent.NoHousehold}, {Kind: consent.OtherRestriction, Note: "别提得奖"},
	}}
	var got []string
	for _, r := range s.Serving(2) {
		got = append(got, string(r.Kind)+" "+r.Note)
	}
	if want := "person |branch |hours 睡得轻|photo 房间也不拍|household |other 别提得奖"; strings.Join(got, "|") != want {
		t.Errorf("%s", strings.Join(got, "|"))
	}
	if s.Restrictions[0].Note == "" {
		t.Error("the states themselves lost something")
	}
}
