package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"shuke/models/fault"
	"shuke/models/membership"
)

func (a *App) joinClub(c echo.Context) error {
	return a.memberAct(c, "join", "member.joined", func(f form) error {
		_, err := a.Members.Join(c.Request().Context(), inquiryOf(c).Actor, membership.Joining{PublicID: c.Param("id"), ClubID: f.int("club"), Number: f.text("number"), Once: f.text("once")})
		return err
	})
}

func (a *App) leaveClub(c echo.Context) error {
	return a.memberAct(c, "leave", "member.left", func(f form) error {
		return a.Members.Leave(c.Request().Context(), inquiryOf(c).Actor, memberChange(c, f))
	})
}

func (a *App) changeNumber(c echo.Context) error {
	return a.memberAct(c, "number", "member.number_changed", func(f form) error {
		return a.Members.ChangeNumber(c.Request().Context(), inquiryOf(c).Actor, memberChange(c, f))
	})
}

func (a *App) setTier(c echo.Context) error {
	return a.memberAct(c, "tier", "member.tier_set", func(f form) error {
		return a.Members.SetTier(c.Request().Context(), inquiryOf(c).Actor, memberChange(c, f))
	})
}

func (a *App) attendEvent(c echo.Context) error {
	return a.memberAct(c, "attended", "member.noted", func(f form) error {
		return a.Members.Attend(c.Request().Context(), inquiryOf(c).Actor, membership.Attendance{PublicID: c.Param("id"), EventID: f.int("event"), Came: f.has("came")})
	})
}

func memberChange(c echo.Context, f form) membership.Change {
	return membership.Change{PublicID: c.Param("id"), ClubID: clubOf(c), Version: f.int("version"), Reason: f.text("reason"), TierID: f.int("tier"), UntilOn: f.trimmed("until"), Number: f.text("number"), Once: f.text("once")}
}

// clubOf is the club of the address, 0 for what is none.
func clubOf(c echo.Context) int64 {
	id, err := strconv.ParseInt(c.Param("club"), 10, 64)
	if err != nil {
		return 0
	}
	return id
}

// memberAct does something with one membership and comes back to the page, with
// what was wrong beside its form.
func (a *App) memberAct(c echo.Context, act, done string, do func(form) error) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	if err := do(f); err != nil {
		if fault.Is(err, fault.Conflict) {
			return a.membershipPage(c, http.StatusConflict, refusedAct{ref: c.Param("club"), act: act, typed: f})
		}
		wrong, err := refused(in.print, err)
		if err != nil {
			return err
		}
		return a.membershipPage(c, http.StatusUnprocessableEntity, refusedAct{ref: c.Param("club"), act: act, typed: f, wrong: wrong})
	}
	if err := in.say(c, done); err != nil {
		return err
	}
	return seeOther(c, membershipHref(c.Param("id")))
}
