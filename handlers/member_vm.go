package handlers

import (
	"fmt"
	"strconv"
	"strings"

	"shuke/models/membership"
	"shuke/models/standing"
	"shuke/policies"
	"shuke/views/memberview"
	"shuke/views/text"
	"shuke/views/ui"
)

func membershipHref(id string) string { return "/customers/" + id + "/membership" }

func memberHref(id string, club int64, act string) string {
	return fmt.Sprintf("%s/%d/%s", membershipHref(id), club, act)
}

// level shows the level of an identity: as its club has it, and as it stands when
// no club knows it.
func (in *inquiry) level(tier string) ui.Level {
	if in.clubs != nil {
		if t, known := in.clubs.Named(tier); known {
			return levelVM(in.print, t)
		}
	}
	return ui.Level{Text: tier}
}

func levelVM(p *text.Printer, t membership.Tier) ui.Level {
	out := ui.Level{Text: t.In(string(p.Language())), Plain: t.Tone == "plain"}
	if t.Tone != "brass" && !out.Plain {
		out.Tone = ui.Tone(t.Tone)
	}
	return out
}

// memberPanel is the panel of the card.
func memberPanel(in *inquiry, id string, a membership.Around) memberview.Panel {
	vm := memberview.Panel{Standing: standingVM(in.print, a), All: membershipHref(id), Join: len(a.Members) == 0 && in.can(policies.MembershipJoin) && anyClub(in)}
	for _, m := range a.Members {
		vm.Members = append(vm.Members, membershipVM(in.print, m))
	}
	return vm
}

// anyClub reports whether there is a club that one could join.
func anyClub(in *inquiry) bool {
	for _, c := range in.clubs.List {
		if c.On && len(c.Tiers) > 0 {
			return true
		}
	}
	return false
}

// standingVM says what a customer is to the house, and by what.
func standingVM(p *text.Printer, a membership.Around) memberview.Standing {
	if !a.Known {
		return memberview.Standing{}
	}
	r := a.Standing
	how := ""
	switch {
	case r.ReachedBy == standing.ByReservation:
		how = p.T("standing.by_reservation")
	case r.ReachedBy != "":
		how = p.T("channel." + r.ReachedBy)
	}
	return memberview.Standing{Word: p.T("standing." + r.Standing.String()),
		Why: p.T("standing.why_"+r.Standing.String(), map[string]any{"Since": dayWords(p, r.SinceOn), "Last": dayWords(p, r.LastOn), "How": how})}
}

func membershipVM(p *text.Printer, m membership.Membership) memberview.Member {
	lang := string(p.Language())
	vm := memberview.Member{ID: strconv.FormatInt(m.ClubID, 10), Club: m.Club.In(lang), Number: m.Number, Level: levelVM(p, m.Tier), Benefits: m.Tier.Benefits(lang),
		Joined: p.T("member.joined_on", map[string]any{"Date": dayWords(p, m.JoinedOn)})}
	since := dayWords(p, m.TierOn)
	switch {
	case m.ByHand():
		vm.Why = p.T("member.by_person", map[string]any{"Since": since, "Name": m.HandByName, "Reason": m.HandReason})
		if m.HandUntil != "" {
			vm.Kept = p.T("member.kept_to", map[string]any{"Date": dayWords(p, m.HandUntil)})
		}
	case m.Tier.Rank <= 1:
		vm.Why = p.T("member.by_joining", map[string]any{"Since": since})
	default:
		vm.Why = p.T("member.by_rule", map[string]any{"Since": since, "Figures": figuresText(p, m.Figures, m.Tier.Months)})
	}
	if m.HoldsTo != "" && !m.ByHand() {
		vm.Kept = p.T("member.held_to", map[string]any{"Date": dayWords(p, m.HoldsTo)})
	}
	if m.Next != nil {
		vm.Next = nextText(p, *m.Next)
	}
	for _, e := range m.Attended {
		vm.Attended = append(vm.Attended, p.T("member.event_on", map[string]any{"Name": e.In(lang), "Date": dayWords(p, e.HeldOn)}))
	}
	return vm
}

// figuresText is what stays came to: nights, stays, amount.
func figuresText(p *text.Printer, f membership.Figures, months int) string {
	out := strings.Join([]string{p.T("member.nights", map[string]any{"Count": f.Nights}), p.T("member.stays", map[string]any{"Count": f.Stays}), p.Money(f.Spend, "CNY")}, p.T("member.comma"))
	if months > 0 {
		return p.T("member.within", map[string]any{"Count": months, "What": out})
	}
	return out
}

// nextText says what is missing to the next level: 再住 3 晚升金卡.
func nextText(p *text.Printer, n membership.Progress) string {
	var parts []string
	if n.Missing.Nights > 0 {
		parts = append(parts, p.T("member.more_nights", map[string]any{"Count": n.Missing.Nights}))
	}
	if n.Missing.Stays > 0 {
		parts = append(parts, p.T("member.more_stays", map[string]any{"Count": n.Missing.Stays}))
	}
	if n.Missing.Spend > 0 {
		parts = append(parts, p.T("member.more_spend", map[string]any{"Amount": p.Money(n.Missing.Spend, "CNY")}))
	}
	between := p.T("member.and")
	if n.Next.Any {
		between = p.T("member.or")
	}
	return p.T("member.next", map[string]any{"What": strings.Join(parts, between), "Tier": n.Next.In(string(p.Language()))})
}

// ruleText says when somebody has a level.
func ruleText(p *text.Printer, t membership.Tier) string {
	var parts []string
	if t.Nights > 0 {
		parts = append(parts, p.T("member.nights", map[string]any{"Count": t.Nights}))
	}
	if t.Stays > 0 {
		parts = append(parts, p.T("member.stays", map[string]any{"Count": t.Stays}))
	}
	if t.Spend > 0 {
		parts = append(parts, p.Money(t.Spend, "CNY"))
	}
	if len(parts) == 0 {
		return p.T("club.everybody")
	}
	between := p.T("club.and")
	if t.Any {
		between = p.T("club.or")
	}
	out := strings.Join(parts, between)
	if t.Months > 0 {
		return p.T("member.within", map[string]any{"Count": t.Months, "What": out})
	}
	return out
}

// historyVM is one line of what happened to a membership.
func historyVM(p *text.Printer, club membership.Club, h membership.Happening) memberview.Line {
	lang := string(p.Language())
	name := func(id int64) string {
		t, _ := club.Tier(id)
		return t.In(lang)
	}
	args := map[string]any{"From": name(h.FromTier), "Tier": name(h.TierID), "Name": h.Who, "Reason": h.Reason, "Figures": figuresText(p, h.Figures, h.Months)}
	key := "member.did_" + h.Kind
	if h.Kind == membership.LevelSet {
		key += "_" + h.SetBy
	}
	what := p.T(key, args)
	if h.UntilOn != "" {
		what = joined(p.T("member.comma"), what, p.T("member.kept_to", map[string]any{"Date": dayWords(p, h.UntilOn)}))
	}
	return memberview.Line{When: p.Date(h.At), What: what}
}
