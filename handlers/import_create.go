package handlers

import (
	"mime/multipart"
	"net/http"

	"github.com/labstack/echo/v4"

	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/models/imports"
	"shuke/models/intake"
)

// createImport takes a file with what it is. A file that arrived stays when the
// rest of the form is refused: nobody sends half a gigabyte twice.
func (a *App) createImport(c echo.Context) error {
	in, ctx := inquiryOf(c), c.Request().Context()
	arrived := ""
	f, err := readParts(c, func(part *multipart.Part) error {
		if part.FormName() != "file" || arrived != "" {
			return nil
		}
		var err error
		arrived, err = a.Intakes.Receive(ctx, in.Actor, part.FileName(), part)
		return err
	})
	typed := importTyped{form: f, draft: f.text("draft")}
	if arrived != "" {
		if typed.draft != "" { // another file in place of the one before
			if err := a.Intakes.Discard(ctx, in.Actor, typed.draft); err != nil && !fault.Is(err, fault.NotFound) {
				return err
			}
		}
		typed.draft = arrived
	}
	if err == nil && typed.draft == "" {
		problems := fault.Fields{}
		problems.Add("file", "import.file_needed", nil)
		err = problems.Err()
	}
	id := ""
	if err == nil {
		id, err = a.beginImport(c, typed)
	}
	if err != nil {
		return a.refusedImport(c, typed, err)
	}
	return seeOther(c, importHref(id))
}

func (a *App) beginImport(c echo.Context, typed importTyped) (string, error) {
	set, err := a.importSettings(c, typed.form)
	if err != nil {
		return "", err
	}
	return a.Intakes.Begin(c.Request().Context(), inquiryOf(c).Actor, typed.draft, set, typed.text("once"))
}

// refusedImport brings the form back with the messages and what had arrived.
func (a *App) refusedImport(c echo.Context, typed importTyped, err error) error {
	in := inquiryOf(c)
	status := http.StatusUnprocessableEntity
	if told, is := asFault(err); is && len(told.Fields) == 0 && (told.Text.Key == "import.disk_full" || told.Text.Key == "import.cut") {
		status = statusOf(err)
		a.log.Warn("file not received", "request", requestID(c), "why", told.Text.Key)
		problems := fault.Fields{}
		problems.Add("file", told.Text.Key, nil)
		err = problems.Err()
	}
	wrong, err := refused(in.print, err)
	if err != nil {
		return err
	}
	return a.newImportPage(c, status, typed, wrong)
}

// importSettings reads what a form says of a file.
func (a *App) importSettings(c echo.Context, f form) (intake.Settings, error) {
	set := intake.Settings{
		Target: imports.Target(f.text("target")), Mode: imports.Mode(f.text("mode")), Channel: customer.Channel(f.text("channel")), Source: f.trimmed("source"),
		Key: f.text("key"), Create: f.has("create"), KeepGood: f.has("keep"), NoHeader: f.has("bare"), Sheet: f.text("sheet"),
	}
	branches, err := a.Staff.Branches(c.Request().Context())
	for _, b := range branches {
		if b.Code == f.text("branch") {
			set.BranchID = b.ID
		}
	}
	return set, err
}
