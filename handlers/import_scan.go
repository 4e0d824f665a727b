package handlers

import (
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"shuke/models/intake"
	"shuke/views/importview"
)

// scanTypes are what pictures are sent as. They are sent to be kept, never to be
// shown by the browser within our pages.
var scanTypes = map[string]string{"jpeg": "image/jpeg", "png": "image/png", "pdf": "application/pdf"}

// addScans keeps pictures beside an import. Those before one that is refused stay.
func (a *App) addScans(c echo.Context) error {
	in, ctx := inquiryOf(c), c.Request().Context()
	id, err := a.Intakes.Settle(ctx, in.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	n := 0
	_, err = readParts(c, func(part *multipart.Part) error {
		n++
		return a.Intakes.AddScan(ctx, in.Actor, id, part.FileName(), part)
	})
	c.SetParamValues(id)
	if told, is := asFault(err); is && told.Text.Key == "import.cut" {
		return a.importPage(c, http.StatusUnprocessableEntity, importSeen{scanWrong: in.print.T("import.cut")})
	}
	if err != nil {
		wrong, err := refused(in.print, err)
		if err != nil {
			return err
		}
		return a.importPage(c, http.StatusUnprocessableEntity, importSeen{scanWrong: wrong.at("scans")})
	}
	if n == 0 {
		return a.importPage(c, http.StatusUnprocessableEntity, importSeen{scanWrong: in.print.T("import.scan_needed")})
	}
	if err := in.say(c, "import.scans_added"); err != nil {
		return err
	}
	return seeOther(c, importHref(id))
}

func (a *App) openScan(c echo.Context) error {
	in := inquiryOf(c)
	scan, content, err := a.Intakes.OpenScan(c.Request().Context(), in.Actor, c.Param("id"), c.Param("scan"))
	if err != nil {
		return err
	}
	c.Response().Header().Set("Content-Disposition", `attachment; filename*=UTF-8''`+url.PathEscape(scan.Name))
	return c.Blob(http.StatusOK, scanTypes[scan.Kind], content)
}

func (a *App) importScans(c echo.Context, i intake.Intake, wrong string) (importview.Scans, error) {
	in := inquiryOf(c)
	p := in.print
	all, err := a.Intakes.Scans(c.Request().Context(), in.Actor, i.ID)
	if err != nil {
		return importview.Scans{}, err
	}
	vm := importview.Scans{Wrong: wrong, Most: strconv.Itoa(intake.MostScanBytes)}
	if left := intake.MostScans - len(all); left > 0 {
		vm.Action, vm.Left = importHref(i.ID)+"/scans", p.T("import.scans_left", map[string]any{"Count": left})
	}
	for _, s := range all {
		vm.Rows = append(vm.Rows, importview.Scan{Href: importHref(i.ID) + "/scans/" + s.ID, Name: s.Name, Kind: p.T("import.scan." + s.Kind), Size: sizeWords(p, s.Bytes), Who: s.By, When: p.Relative(s.AddedAt, in.Actor.Now)})
	}
	return vm, nil
}
