package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"shuke/models/staff"
	"shuke/views/signinview"
)

func (a *App) showSetup(c echo.Context) error {
	if err := a.Staff.CheckSetup(c.Request().Context(), c.Param("token")); err != nil {
		return err
	}
	return a.setupPage(c, http.StatusOK, signinview.Setup{BranchTimeZone: "Asia/Shanghai", BranchRegion: "CN", HiredOn: a.Clock.Now().Format("2006-01-02")})
}

func (a *App) setupPage(c echo.Context, status int, vm signinview.Setup) error {
	return a.plain(c, status, "setup.title", "setup.sub", signinview.SetupPage(vm))
}

func (a *App) setUp(c echo.Context) error {
	f, err := readForm(c)
	if err != nil {
		return err
	}
	in := staff.Setup{
		Branch: staff.Branch{Code: f.trimmed("branch_code"), NameZH: f.trimmed("branch_name_zh"), NameEN: f.trimmed("branch_name_en"), TimeZone: f.trimmed("branch_time_zone"), Region: f.trimmed("branch_region")},
		Login:  f.trimmed("login"), Name: f.trimmed("name"), Password: f.text("password"), HiredOn: f.trimmed("hired_on"), Address: c.RealIP(), Agent: c.Request().UserAgent(),
	}
	token, err := a.Staff.SetUp(c.Request().Context(), c.Param("token"), in)
	if err == nil {
		return a.startSession(c, token, "/")
	}
	wrong, err := refused(a.printer(c, "", nil), err)
	if err != nil {
		return err
	}
	return a.setupPage(c, http.StatusUnprocessableEntity, signinview.Setup{
		BranchCode: in.Branch.Code, BranchNameZH: in.Branch.NameZH, BranchNameEN: in.Branch.NameEN, BranchTimeZone: in.Branch.TimeZone, BranchRegion: in.Branch.Region,
		Login: in.Login, Name: in.Name, HiredOn: in.HiredOn, Wrong: wrong.fields, Problems: wrong.list,
	})
}
