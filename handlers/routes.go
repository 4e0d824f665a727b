package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"shuke/models/customer"
	"shuke/policies"
)

// route is one line of the table: method and path meet a permission, how many
// customers the answer may show, and a handler. There is no other way in.
type route struct {
	method, path string
	public       bool // nobody need be signed in
	permission   policies.Permission
	surface      policies.Surface
	limit        int // customers the answer may show at most
	handle       func(echo.Context) error
	call         *call // set for calls of the JSON API
}

const (
	get  = http.MethodGet
	post = http.MethodPost
)

func open(method, path string, h echo.HandlerFunc) route {
	return route{method: method, path: path, public: true, handle: h}
}

func house(method, path string, p policies.Permission, h echo.HandlerFunc) route {
	return route{method: method, path: path, permission: p, handle: h}
}

func one(method, path string, p policies.Permission, h echo.HandlerFunc) route {
	return route{method: method, path: path, permission: p, surface: policies.OneCustomer, limit: 1, handle: h}
}

func list(method, path string, p policies.Permission, limit int, h echo.HandlerFunc) route {
	return route{method: method, path: path, permission: p, surface: policies.WorkList, limit: limit, handle: h}
}

// table is every route there is.
func (a *App) table() []route {
	return []route{
		open(get, "/healthz", a.health),
		open(get, "/readyz", a.readiness),
		open(get, "/static/*", a.staticFile),
		open(get, "/sign-in", a.showSignIn),
		open(post, "/sign-in", a.signIn),
		open(get, "/set-up/:token", a.showSetup),
		open(post, "/set-up/:token", a.setUp),
		open(post, "/language", a.setLanguage),
		open(post, "/theme", a.setTheme),

		house(get, "/", policies.AccountUse, a.home),
		house(get, "/account", policies.AccountUse, a.showAccount),
		house(post, "/account/password", policies.AccountUse, a.changePassword),
		house(post, "/account/sessions/:ref/end", policies.AccountUse, a.endOwnSession),
		house(post, "/sign-out", policies.AccountUse, a.signOut),

		house(get, "/desk", policies.CustomerLookUp, a.showDesk),
		list(post, "/look-up", policies.CustomerLookUp, customer.LookUpLimit, a.lookUp),
		house(get, "/look-up", policies.CustomerLookUp, a.showDesk),
		house(get, "/customers/new", policies.CustomerCreate, a.newCustomer),
		house(post, "/customers/new", policies.CustomerCreate, a.startCustomer),
		house(post, "/customers", policies.CustomerCreate, a.createCustomer),
		one(post, "/customers/likely", policies.CustomerCreate, a.likelyCustomer),
		one(get, "/customers/:id", policies.CustomerRead, a.showCustomer),
		one(get, "/customers/:id/edit/:group", policies.CustomerEdit, a.editCustomer),
		one(post, "/customers/:id/edit/:group", policies.CustomerEdit, a.updateCustomer),
		one(get, "/customers/:id/facts/:field/:item", policies.CustomerRead, a.showHistory),
		one(get, "/customers/:id/reveal/:n", policies.CustomerReveal, a.askReveal),
		one(post, "/customers/:id/reveal/:n", policies.CustomerReveal, a.reveal),

		one(get, "/customers/:id/consents", policies.ConsentRead, a.listConsents),
		one(get, "/customers/:id/consents/history", policies.ConsentRead, a.consentHistory),
		one(get, "/customers/:id/consents/:purpose", policies.ConsentRecord, a.editConsent),
		one(post, "/customers/:id/consents/:purpose", policies.ConsentRecord, a.recordConsent),
		one(post, "/customers/:id/wishes", policies.ConsentRecord, a.addWish),
		one(post, "/customers/:id/wishes/:wish/end", policies.ConsentRecord, a.endWish),
		one(get, "/customers/:id/requests", policies.ConsentRecord, a.customerRequests),
		one(post, "/customers/:id/requests", policies.ConsentRecord, a.takeRequest),
		one(post, "/customers/:id/requests/:request", policies.ConsentRecord, a.answerRequest),
		one(get, "/customers/:id/sheet", policies.CustomerSheet, a.showSheet),
		one(post, "/customers/:id/sheet", policies.CustomerSheet, a.showFullSheet),
		one(get, "/customers/:id/erasure", policies.CustomerErase, a.showErasure),
		one(post, "/customers/:id/erasure", policies.CustomerErase, a.askErasure),
		one(post, "/customers/:id/erasure/confirm", policies.CustomerErase, a.confirmErasure),
		one(post, "/customers/:id/erasure/withdraw", policies.CustomerErase, a.withdrawErasure),
		house(get, "/requests", policies.ConsentRecord, a.listRequests),
		house(get, "/erasures", policies.CustomerErase, a.listErasures),
		house(get, "/wordings", policies.ConsentRead, a.listWordings),
		house(get, "/wordings/:wording", policies.ConsentRead, a.showWording),
		house(post, "/wordings/:wording", policies.WordingManage, a.changeWording),

		house(get, "/fields", policies.FieldRead, a.listFields),
		house(get, "/fields/:key", policies.FieldRead, a.showField),
		house(post, "/fields/:key", policies.FieldManage, a.switchField),

		house(get, "/branches", policies.BranchRead, a.listBranches),
		house(get, "/branches/new", policies.BranchManage, a.newBranch),
		house(post, "/branches", policies.BranchManage, a.createBranch),
		house(get, "/branches/:code/edit", policies.BranchManage, a.editBranch),
		house(post, "/branches/:code/edit", policies.BranchManage, a.updateBranch),

		house(get, "/staff", policies.StaffRead, a.listStaff),
		house(get, "/staff/new", policies.StaffManage, a.newStaff),
		house(post, "/staff", policies.StaffManage, a.createStaff),
		house(get, "/staff/:login", policies.StaffRead, a.showStaff),
		house(get, "/staff/:login/edit", policies.StaffManage, a.editStaff),
		house(post, "/staff/:login/edit", policies.StaffManage, a.updateStaff),
		house(post, "/staff/:login/confirm", policies.StaffConfirm, a.confirmStaff),
		house(post, "/staff/:login/password", policies.StaffManage, a.resetPassword),
		house(post, "/staff/:login/sessions/end", policies.StaffManage, a.endStaffSessions),

		house(get, "/audit", policies.AuditRead, a.listEvents),

		open(get, "/api/v1/openapi.json", a.describe),
		answer(list(post, "/api/v1/customers/search", policies.CustomerLookUp, customer.LookUpLimit, nil), searchCall, a.callSearch),
		answer(house(post, "/api/v1/customers", policies.CustomerCreate, nil), createCall, a.callCreate),
		answer(one(get, "/api/v1/customers/:id", policies.CustomerRead, nil), cardCall, a.callCard),
		answer(one(get, "/api/v1/customers/:id/consents", policies.ConsentRead, nil), consentsCall, a.callConsents),
		answer(one(post, "/api/v1/customers/:id/consents", policies.ConsentRecord, nil), consentCall, a.callConsent),
	}
}

// serve puts the gate before a handler: session or token, permission, then the
// handler.
func (a *App) serve(r route) echo.HandlerFunc {
	return func(c echo.Context) error {
		if r.public {
			return r.handle(c)
		}
		inquire := a.inquire
		if r.call != nil {
			inquire = a.inquireByToken
		}
		in, err := inquire(c)
		if err != nil {
			return err
		}
		if err := a.Guard.Require(in.Actor, r.permission); err != nil {
			return err
		}
		return r.handle(c)
	}
}
