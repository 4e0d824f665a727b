package handlers

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"shuke/models/relation"
)

// chose reports whether a value is among those sent for a field.
func (f form) chose(name, value string) bool { return slices.Contains(f.all(name), value) }

func (a *App) endRelation(c echo.Context) error {
	return a.relationAct(c, "end", "people.ended", func(f form) error {
		return a.Relations.End(c.Request().Context(), inquiryOf(c).Actor, relation.Ending{PublicID: c.Param("id"), Ref: c.Param("link"), Why: f.text("why"), Once: f.text("once")})
	})
}

func (a *App) hideRelation(c echo.Context) error {
	return a.relationAct(c, "hide", "people.hidden_now", func(f form) error {
		return a.Relations.Hide(c.Request().Context(), inquiryOf(c).Actor, wishOf(c, f))
	})
}

func (a *App) liftRelation(c echo.Context) error {
	return a.relationAct(c, "lift", "people.lifted", func(f form) error {
		return a.Relations.Lift(c.Request().Context(), inquiryOf(c).Actor, wishOf(c, f))
	})
}

func wishOf(c echo.Context, f form) relation.Wish {
	return relation.Wish{PublicID: c.Param("id"), Ref: c.Param("link"), Here: f.chose("where", "here"), There: f.chose("where", "there"), Reason: f.text("reason"), Once: f.text("once")}
}

// relationAct does something with one relation and comes back to the page, with
// what was wrong beside its line.
func (a *App) relationAct(c echo.Context, act, done string, do func(form) error) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	if err := do(f); err != nil {
		wrong, err := refused(in.print, err)
		if err != nil {
			return err
		}
		return a.relationsPage(c, http.StatusUnprocessableEntity, refusedAct{ref: c.Param("link"), act: act, typed: f, wrong: wrong})
	}
	if err := in.say(c, done); err != nil {
		return err
	}
	return seeOther(c, relationsHref(c.Param("id")))
}
