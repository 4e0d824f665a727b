package handlers

import (
	"fmt"
	"net/url"
	"strings"

	"shuke/models/membership"
	"shuke/policies"
)

// clubExample is the club of the examples, with two levels and an event.
type clubExample struct {
	id, low, high, event int64
}

func (e *examples) newClub() clubExample {
	e.T.Helper()
	return addClub(e.webHouse)
}

// addClub makes a club with two levels and an event of last week.
func addClub(h *webHouse) clubExample {
	h.T.Helper()
	ctx, a := h.T.Context(), h.Actor(policies.Manager)
	var out clubExample
	for _, make := range []func() (err error){
		func() (err error) {
			out.id, err = h.Members.SaveClub(ctx, a, membership.Club{NameZH: "熟客会", NameEN: "Regulars", Prefix: "Q", Digits: 6, CheckDigit: true, Joining: membership.OnRequest, On: true}, "")
			return err
		},
		func() (err error) {
			out.low, err = h.Members.SaveTier(ctx, a, membership.Tier{ClubID: out.id, Rank: 1, NameZH: "青竹会员", NameEN: "Bamboo", Tone: "plain", BenefitsZH: []string{"延迟退房到下午一点"}, BenefitsEN: []string{"Check-out until one"}}, "")
			return err
		},
		func() (err error) {
			out.high, err = h.Members.SaveTier(ctx, a, membership.Tier{ClubID: out.id, Rank: 2, NameZH: "金桂会员", NameEN: "Osmanthus", Tone: "brass", Months: 12, Nights: 5, Any: true, GraceMonths: 3, BenefitsZH: []string{"欢迎水果"}, BenefitsEN: []string{"Fruit in the room"}}, "")
			return err
		},
		func() (err error) {
			out.event, err = h.Members.SaveEvent(ctx, a, membership.Event{ClubID: out.id, NameZH: "秋茶会", NameEN: "Autumn tea", HeldOn: "2026-11-15", Place: "湖边茶室", BranchID: a.BranchID}, "")
			return err
		},
	} {
		if err := make(); err != nil {
			h.T.Fatal(err)
		}
	}
	return out
}

func (c clubExample) path(pattern string) string {
	return strings.NewReplacer(":club", fmt.Sprint(c.id), ":event", fmt.Sprint(c.event), ":part", "tiers", ":item", fmt.Sprint(c.high)).Replace(pattern)
}

// member makes the guest of the examples a member, or one no more, as the act needs.
func (e *examples) member(is bool) string {
	e.T.Helper()
	if e.Count("SELECT COUNT(*) FROM members") == 0 {
		if _, err := e.Members.Join(e.T.Context(), e.Clerk(), membership.Joining{PublicID: e.guest, ClubID: e.club.id}); err != nil {
			e.T.Fatal(err)
		}
	}
	state := 1
	if is {
		state = 0
	}
	e.Run("UPDATE members SET state = ?, hand_tier_id = 0, tier_id = rule_tier_id", state)
	return fmt.Sprint(e.Count("SELECT version FROM members"))
}

func (e *examples) clubForm(r route) (url.Values, bool) {
	v := func(pairs ...string) (url.Values, bool) {
		out := url.Values{}
		for i := 0; i+1 < len(pairs); i += 2 {
			out.Add(pairs[i], pairs[i+1])
		}
		return out, true
	}
	version := func(table string, id int64) string {
		return fmt.Sprint(e.Count("SELECT version FROM "+table+" WHERE id = ?", id))
	}
	club := fmt.Sprint(e.club.id)
	switch {
	case r.path == "/clubs":
		return v("name_zh", "会"+chinese(e.n), "name_en", "Club", "prefix", letters(e.n), "digits", "5", "joining", "request", "position", "9", "on", "on")
	case r.path == "/clubs/standing":
		return v("months", "24", "channels", "service", "version", version("standing_rules", 1))
	case r.path == "/clubs/:club":
		return v("name_zh", "熟客会", "name_en", "Regulars", "prefix", "Q", "digits", "6", "check_digit", "on", "joining", "request", "position", "0", "on", "on", "version", version("clubs", e.club.id))
	case r.path == "/clubs/:club/:part":
		e.Run("DELETE FROM club_tiers WHERE rank_no = 3")
		return v("name_zh", "新级"+chinese(e.n), "name_en", "New", "rank", "3", "tone", "ok", "months", "12", "nights", "9", "stays", "0", "spend", "", "any", "any", "grace", "0")
	case r.path == "/clubs/:club/:part/:item":
		return v("name_zh", "金桂会员", "name_en", "Osmanthus", "rank", "2", "tone", "brass", "months", "12", "nights", "5", "stays", "0", "spend", "", "any", "any", "grace", "3", "version", version("club_tiers", e.club.high))
	case strings.HasSuffix(r.path, "/events/:event"):
		e.member(true)
		return v("json", `{"came":true}`)
	case strings.HasPrefix(r.path, "/api/") && strings.Contains(r.path, ":club"):
		return v("json", `{"version":`+e.member(true)+`,"reason":"客人要求"}`)
	case strings.HasPrefix(r.path, "/api/"):
		e.member(false)
		return v("json", `{"club":`+club+`}`)
	case strings.HasSuffix(r.path, "/join"):
		e.member(false)
		return v("club", club)
	case strings.HasSuffix(r.path, "/tier"):
		return v("version", e.member(true), "tier", fmt.Sprint(e.club.high), "reason", "总经理赠送")
	case strings.HasSuffix(r.path, "/attended"):
		e.member(true)
		return v("event", fmt.Sprint(e.club.event), "came", "yes")
	}
	return v("version", e.member(true), "reason", "客人要求")
}
