package handlers

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"shuke/models/membership"
	"shuke/models/standing"
	"shuke/policies"
	"shuke/views/memberview"
	"shuke/views/text"
)

// listClubs shows the clubs of the house, their levels and events, and the rules
// by which somebody is a customer.
func (a *App) listClubs(c echo.Context) error {
	in := inquiryOf(c)
	if _, err := in.catalogue(c); err != nil {
		return err
	}
	ctx := c.Request().Context()
	rules, err := a.Standing.Rules(ctx, in.Actor)
	if err != nil {
		return err
	}
	vm := memberview.Clubs{Rules: rulesText(in.print, rules)}
	if in.can(policies.ClubManage) {
		vm.New, vm.EditRules = "/clubs/new", "/clubs/standing"
	}
	for _, club := range in.clubs.List {
		events, err := a.Members.Events(ctx, in.Actor, club.ID)
		if err != nil {
			return err
		}
		vm.Clubs = append(vm.Clubs, clubVM(in, club, events))
	}
	return a.page(c, http.StatusOK, in.print.T("club.title"), "", templOf(memberview.ClubsPage(vm)))
}

// rulesText says what each standing is, a sentence each.
func rulesText(p *text.Printer, r standing.Rules) []string {
	var channels []string
	for _, c := range r.Channels {
		channels = append(channels, p.T("channel."+c))
	}
	if r.Reservations {
		channels = append(channels, p.T("standing.by_reservation"))
	}
	args := map[string]any{"Count": r.Months, "Channels": listed(p, channels)}
	var out []string
	for _, s := range standing.All {
		out = append(out, p.T("standing.rule_"+s.String(), args))
	}
	return out
}

func clubVM(in *inquiry, club membership.Club, events []membership.Event) memberview.Club {
	p := in.print
	lang := string(p.Language())
	here := fmt.Sprintf("/clubs/%d", club.ID)
	vm := memberview.Club{ID: fmt.Sprintf("club-%d", club.ID), Name: club.In(lang), Off: !club.On,
		What: p.T("club.what", map[string]any{"Number": club.Number(club.NextNumber), "Joining": p.T("club.joining." + club.Joining)})}
	manage := in.can(policies.ClubManage)
	if manage {
		vm.Edit, vm.NewTier, vm.NewEvent = here, here+"/tiers/new", here+"/events/new"
	}
	for _, t := range club.Tiers {
		one := memberview.Tier{Level: levelVM(p, t), Rule: ruleText(p, t), Kept: p.T("club.no_grace"), Benefits: strings.Join(t.Benefits(lang), p.T("member.comma"))}
		if t.GraceMonths > 0 {
			one.Kept = p.T("club.months", map[string]any{"Count": t.GraceMonths})
		}
		if manage {
			one.Edit = fmt.Sprintf("%s/tiers/%d", here, t.ID)
		}
		vm.Tiers = append(vm.Tiers, one)
	}
	for _, e := range events {
		one := memberview.Event{Name: e.In(lang), Day: dayWords(p, e.HeldOn), Place: e.Place, Came: strconv.Itoa(e.Came)}
		if manage {
			one.Edit = fmt.Sprintf("%s/events/%d", here, e.ID)
		}
		vm.Events = append(vm.Events, one)
	}
	return vm
}
