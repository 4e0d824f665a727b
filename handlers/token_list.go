package handlers

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/staff"
	"shuke/views/tokenview"
)

// listTokens shows every token that opens something, for looking through who
// has which programs.
func (a *App) listTokens(c echo.Context) error {
	in := inquiryOf(c)
	login, ref, _ := strings.Cut(c.QueryParam("after"), ":")
	tokens, err := a.Staff.LiveTokens(c.Request().Context(), in.Actor, login, ref)
	if err != nil {
		return err
	}
	vm := tokenview.List{Title: in.print.T("token.all"), People: true}
	if login != "" {
		vm.First = "/tokens"
	}
	if len(tokens) > staff.TokensPage {
		tokens = tokens[:staff.TokensPage]
		last := tokens[len(tokens)-1]
		vm.Next = "/tokens?after=" + url.QueryEscape(last.Login+":"+last.Ref)
	}
	vm.Rows = tokenRows(in.print, tokens, revokeStaffHref)
	return a.page(c, http.StatusOK, in.print.T("token.title"), "", func(context.Context) templ.Component { return tokenview.Panel(vm) })
}

// ownTokens is the panel of a person's own tokens, nothing when there are none.
func (a *App) ownTokens(c echo.Context, in *inquiry) (templ.Component, error) {
	tokens, err := a.Staff.OwnTokens(c.Request().Context(), in.Actor)
	if err != nil || len(tokens) == 0 {
		return templ.NopComponent, err
	}
	return tokenview.Panel(tokenview.List{Title: in.print.T("token.own"), Hint: in.print.T("token.own_hint"), Rows: tokenRows(in.print, tokens, revokeOwnHref)}), nil
}

// staffTokens is the panel of a colleague's tokens, for those who manage staff.
func (a *App) staffTokens(ctx context.Context, in *inquiry, p staff.Person) (templ.Component, error) {
	tokens, err := a.Staff.TokensOf(ctx, in.Actor, p)
	if err != nil {
		return nil, err
	}
	vm := tokenview.List{Title: in.print.T("token.title"), Rows: tokenRows(in.print, tokens, revokeStaffHref)}
	if a.Staff.MayAddToken(ctx, in.Actor, p.Login) == nil {
		vm.New = tokensHref(p.Login) + "/new"
	}
	return tokenview.Panel(vm), nil
}
