package handlers

import (
	"context"
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"shuke/models/fault"
	"shuke/models/intake"
	"shuke/policies"
	"shuke/views/ui"
)

// act is one of the decisions about an import, at the version that was seen.
type act func(ctx context.Context, a policies.Actor, id string, version int64) error

// actOn does what a button of an import's page says, and shows the page again:
// after it, or with what stands in the way.
func (a *App) actOn(c echo.Context, said string, do act) error {
	in, ctx := inquiryOf(c), c.Request().Context()
	f, err := readForm(c)
	if err != nil {
		return err
	}
	id, version, err := a.settled(c, f)
	if err != nil {
		return err
	}
	if err := do(ctx, in.Actor, id, version); err != nil {
		c.SetParamValues(id)
		return a.importRefused(c, err)
	}
	if said != "" {
		if err := in.say(c, said); err != nil {
			return err
		}
	}
	return seeOther(c, importHref(id))
}

// importRefused shows the page as it stands now, with why nothing was done.
func (a *App) importRefused(c echo.Context, err error) error {
	told, is := asFault(err)
	if !is || told.Kind != fault.Conflict && told.Kind != fault.Gone || isFragment(c) {
		return err
	}
	p := inquiryOf(c).print
	return a.importPage(c, http.StatusConflict, importSeen{wrong: problems{list: []ui.Problem{{Text: p.T(told.Text.Key, told.Text.Args)}}}})
}

func (a *App) checkImport(c echo.Context) error { return a.actOn(c, "", a.Intakes.Recheck) }
func (a *App) startImport(c echo.Context) error { return a.actOn(c, "", a.Intakes.Start) }
func (a *App) askImport(c echo.Context) error   { return a.actOn(c, "import.asked_said", a.Intakes.Ask) }
func (a *App) approveImport(c echo.Context) error {
	return a.actOn(c, "import.approved_said", a.Intakes.Approve)
}
func (a *App) cancelImport(c echo.Context) error {
	return a.actOn(c, "import.cancelled_said", a.Intakes.Cancel)
}

// declineImport gives a request back with a reason.
func (a *App) declineImport(c echo.Context) error {
	return a.withReason(c, "import.declined_said", func(ctx context.Context, actor policies.Actor, id string, version int64, reason string, _ *importSeen) error {
		return a.Intakes.Decline(ctx, actor, id, version, reason)
	})
}

// undoImport takes an import back, unless later work stands on it.
func (a *App) undoImport(c echo.Context) error {
	return a.withReason(c, "", func(ctx context.Context, actor policies.Actor, id string, version int64, reason string, seen *importSeen) (err error) {
		seen.obstacles, err = a.Intakes.AskUndo(ctx, actor, id, version, reason)
		return err
	})
}

// withReason is actOn for what needs a reason, which comes back as it was typed.
func (a *App) withReason(c echo.Context, said string, do func(context.Context, policies.Actor, string, int64, string, *importSeen) error) error {
	in, ctx := inquiryOf(c), c.Request().Context()
	f, err := readForm(c)
	if err != nil {
		return err
	}
	id, version, err := a.settled(c, f)
	if err != nil {
		return err
	}
	seen := importSeen{reason: f.text("reason")}
	err = do(ctx, in.Actor, id, version, seen.reason, &seen)
	if err == nil {
		if said != "" {
			if err := in.say(c, said); err != nil {
				return err
			}
		}
		return seeOther(c, importHref(id))
	}
	c.SetParamValues(id)
	if errors.Is(err, intake.ErrObstacles) {
		return a.importPage(c, http.StatusConflict, seen)
	}
	var other error
	if seen.wrong, other = refused(in.print, err); other != nil {
		return a.importRefused(c, other)
	}
	return a.importPage(c, http.StatusUnprocessableEntity, seen)
}

// settled is the import that a form is about. One of the command line gets its row
// with the first thing that is done to it, and has no version before.
func (a *App) settled(c echo.Context, f form) (id string, version int64, err error) {
	in, ctx := inquiryOf(c), c.Request().Context()
	asked, version := c.Param("id"), f.int("version")
	if id, err = a.Intakes.Settle(ctx, in.Actor, asked); err != nil || id == asked {
		return id, version, err
	}
	i, err := a.Intakes.Find(ctx, in.Actor, id)
	return id, i.Version, err
}
