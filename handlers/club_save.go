package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"shuke/models/fault"
	"shuke/models/membership"
)

// saveClub makes or changes a club, a level or an event.
func (a *App) saveClub(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	part, err := a.clubPart(c, in)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	switch part.part {
	case partTiers:
		_, err = a.Members.SaveTier(ctx, in.Actor, f.tier(part), f.text("once"))
	case partEvents:
		_, err = a.Members.SaveEvent(ctx, in.Actor, membership.Event{ID: part.item, ClubID: part.club.ID, NameZH: f.trimmed("name_zh"), NameEN: f.trimmed("name_en"), HeldOn: f.trimmed("held_on"),
			Place: f.trimmed("place"), BranchID: f.int("branch"), Version: f.int("version")}, f.text("once"))
	default:
		_, err = a.Members.SaveClub(ctx, in.Actor, membership.Club{ID: part.club.ID, NameZH: f.trimmed("name_zh"), NameEN: f.trimmed("name_en"), Prefix: f.text("prefix"), Digits: f.count("digits"),
			CheckDigit: f.has("check_digit"), Joining: f.text("joining"), Position: f.whole("position"), On: f.has("on"), Version: f.int("version")}, f.text("once"))
	}
	return a.savedClub(c, f, err, a.clubFormPage)
}

// savedClub leads to the list, or back to the form with what was wrong.
func (a *App) savedClub(c echo.Context, f form, err error, again func(echo.Context, int, *form, problems) error) error {
	in := inquiryOf(c)
	if err == nil {
		if err := in.say(c, "list.saved"); err != nil {
			return err
		}
		return seeOther(c, "/clubs")
	}
	if fault.Is(err, fault.Conflict) {
		return again(c, http.StatusConflict, &f, problems{})
	}
	wrong, err := refused(in.print, err)
	if err != nil {
		return err
	}
	return again(c, http.StatusUnprocessableEntity, &f, wrong)
}

func (f form) tier(part clubPart) membership.Tier {
	lines := func(name string) (out []string) {
		for line := range strings.Lines(f.text(name)) {
			if line = strings.TrimSpace(line); line != "" {
				out = append(out, line)
			}
		}
		return out
	}
	return membership.Tier{ID: part.item, ClubID: part.club.ID, Rank: f.count("rank"), NameZH: f.trimmed("name_zh"), NameEN: f.trimmed("name_en"), Tone: f.text("tone"), Months: f.whole("months"),
		Nights: f.whole("nights"), Stays: f.whole("stays"), Spend: max(minorOf(f.text("spend")), -1), Any: f.text("any") == "any", GraceMonths: f.whole("grace"),
		BenefitsZH: lines("benefits_zh"), BenefitsEN: lines("benefits_en"), Version: f.int("version")}
}
