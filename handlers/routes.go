package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"shuke/models/arrival"
	"shuke/models/customer"
	"shuke/models/intake"
	"shuke/models/relation"
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

// among is a page of one customer that names others around them.
func among(method, path string, p policies.Permission, h echo.HandlerFunc) route {
	return route{method: method, path: path, permission: p, surface: policies.OneCustomer, limit: 1 + relation.Most, handle: h}
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
		house(post, "/account/tokens/:ref/revoke", policies.AccountUse, a.revokeOwnToken),
		house(post, "/sign-out", policies.AccountUse, a.signOut),

		house(get, "/desk", policies.CustomerLookUp, a.showDesk),
		list(post, "/look-up", policies.CustomerLookUp, customer.LookUpLimit, a.lookUp),
		house(get, "/look-up", policies.CustomerLookUp, a.showDesk),
		house(get, "/customers/new", policies.CustomerCreate, a.newCustomer),
		house(post, "/customers/new", policies.CustomerCreate, a.startCustomer),
		house(post, "/customers", policies.CustomerCreate, a.createCustomer),
		one(post, "/customers/likely", policies.CustomerCreate, a.likelyCustomer),
		among(get, "/customers/:id", policies.CustomerRead, a.showCustomer),
		one(get, "/customers/:id/edit/:group", policies.CustomerEdit, a.editCustomer),
		one(post, "/customers/:id/edit/:group", policies.CustomerEdit, a.updateCustomer),
		one(get, "/customers/:id/facts/:field/:item", policies.CustomerRead, a.showHistory),
		house(post, "/customers/:id/asked", policies.CustomerEdit, a.tellAsked),
		one(get, "/customers/:id/note", policies.CustomerEdit, a.newNote),
		one(get, "/customers/:id/preferences", policies.CustomerRead, a.listPreferences),
		one(post, "/customers/:id/preferences", policies.CustomerEdit, a.takeNote),
		one(get, "/customers/:id/preferences/:n", policies.CustomerEdit, a.showPreference),
		one(post, "/customers/:id/preferences/:n/confirm", policies.CustomerEdit, a.confirmPreference),
		one(post, "/customers/:id/preferences/:n/retire", policies.CustomerEdit, a.retirePreference),
		one(post, "/customers/:id/preferences/:n/replace", policies.CustomerEdit, a.replacePreference),
		one(get, "/customers/:id/preferences/:n/words", policies.CustomerReveal, a.askWords),
		one(post, "/customers/:id/preferences/:n/words", policies.CustomerReveal, a.revealWords),
		house(post, "/notes/read", policies.PreferenceNote, a.readNote),
		one(get, "/customers/:id/reveal/:n", policies.CustomerReveal, a.askReveal),
		one(post, "/customers/:id/reveal/:n", policies.CustomerReveal, a.reveal),

		among(get, "/customers/:id/relations", policies.RelationRead, a.listRelations),
		among(post, "/customers/:id/relations/new", policies.RelationEdit, a.createRelation),
		among(get, "/customers/:id/relations/new", policies.RelationEdit, a.newRelation),
		list(post, "/customers/:id/relations/find", policies.RelationEdit, customer.LookUpLimit, a.findRelated),
		among(get, "/customers/:id/relations/ended", policies.RelationRead, a.listEnded),
		among(post, "/customers/:id/relations/:link/end", policies.RelationEdit, a.endRelation),
		among(post, "/customers/:id/relations/:link/hide", policies.RelationEdit, a.hideRelation),
		among(post, "/customers/:id/relations/:link/lift", policies.RelationHidden, a.liftRelation),
		one(get, "/customers/:id/relations/:link/reveal", policies.CustomerReveal, a.askName),
		one(post, "/customers/:id/relations/:link/reveal", policies.CustomerReveal, a.revealName),
		one(get, "/customers/:id/people/:who/customer", policies.CustomerCreate, a.newPerson),
		one(post, "/customers/:id/people/:who/customer", policies.CustomerCreate, a.createPerson),
		list(get, "/customers/:id/household", policies.RelationRead, relation.HouseholdMost, a.showHousehold),
		among(post, "/customers/:id/household", policies.RelationEdit, a.joinHousehold),
		list(post, "/customers/:id/household/leave", policies.RelationEdit, relation.HouseholdMost, a.leaveHousehold),

		one(get, "/customers/:id/membership", policies.CustomerRead, a.showMembership),
		one(post, "/customers/:id/membership/join", policies.MembershipJoin, a.joinClub),
		one(post, "/customers/:id/membership/:club/leave", policies.MembershipJoin, a.leaveClub),
		one(post, "/customers/:id/membership/:club/number", policies.MembershipJoin, a.changeNumber),
		one(post, "/customers/:id/membership/:club/tier", policies.MembershipTier, a.setTier),
		one(post, "/customers/:id/membership/:club/attended", policies.MembershipJoin, a.attendEvent),

		list(get, "/arrivals", policies.ArrivalRead, arrival.RowLimit, a.showSheet),
		list(get, "/arrivals/panel", policies.ArrivalRead, arrival.RowLimit, a.sheetPanel),
		list(get, "/arrivals/print", policies.ArrivalRead, arrival.RowLimit, a.printSheet),
		house(get, "/events", policies.ArrivalRead, a.stream),
		one(get, "/stays/new", policies.StayEdit, a.newStay),
		one(post, "/stays", policies.StayEdit, a.createStay),
		one(get, "/stays/:stay", policies.StayEdit, a.showStay),
		one(post, "/stays/:stay", policies.StayEdit, a.updateStay),
		one(get, "/stays/:stay/row", policies.ArrivalRead, a.sheetRow),
		one(post, "/stays/:stay/turn", policies.StayEdit, a.turnStay),
		one(get, "/stays/:stay/check-in", policies.StayEdit, a.askCheckIn),
		one(post, "/stays/:stay/check-in", policies.StayEdit, a.checkIn),
		list(post, "/stays/:stay/whose", policies.StayEdit, customer.LookUpLimit, a.whoseStay),
		one(post, "/stays/:stay/claim", policies.StayEdit, a.claimStay),
		one(get, "/stays/:stay/note", policies.ArrivalTick, a.askGuestNote),
		one(post, "/stays/:stay/note", policies.ArrivalTick, a.takeGuestNote),
		one(post, "/stays/:stay/preparations", policies.ArrivalTick, a.addPreparation),
		one(post, "/stays/:stay/ticks", policies.ArrivalTick, a.tick),
		one(post, "/stays/:stay/preparations/:key/drop", policies.ArrivalTick, a.dropPreparation),
		house(get, "/customers/:id/check-in", policies.StayEdit, a.checkInCustomer),

		one(get, "/customers/:id/consents", policies.ConsentRead, a.listConsents),
		one(get, "/customers/:id/consents/history", policies.ConsentRead, a.consentHistory),
		one(get, "/customers/:id/consents/:purpose", policies.ConsentRecord, a.editConsent),
		one(post, "/customers/:id/consents/:purpose", policies.ConsentRecord, a.recordConsent),
		one(post, "/customers/:id/restrictions", policies.ConsentRecord, a.addRestriction),
		one(post, "/customers/:id/restrictions/:restriction/end", policies.ConsentRecord, a.endRestriction),
		one(get, "/customers/:id/requests", policies.ConsentRecord, a.customerRequests),
		one(post, "/customers/:id/requests", policies.ConsentRecord, a.takeRequest),
		one(post, "/customers/:id/requests/:request", policies.ConsentRecord, a.answerRequest),
		one(get, "/customers/:id/sheet", policies.CustomerSheet, a.showCustomerSheet),
		one(post, "/customers/:id/sheet", policies.CustomerSheet, a.showFullCustomerSheet),
		one(get, "/customers/:id/erasure", policies.CustomerErase, a.showErasure),
		one(post, "/customers/:id/erasure", policies.CustomerErase, a.askErasure),
		one(post, "/customers/:id/erasure/confirm", policies.CustomerErase, a.confirmErasure),
		one(post, "/customers/:id/erasure/withdraw", policies.CustomerErase, a.withdrawErasure),
		house(get, "/requests", policies.ConsentRecord, a.listRequests),
		house(get, "/erasures", policies.CustomerErase, a.listErasures),
		house(get, "/wordings", policies.ConsentRead, a.listWordings),
		house(get, "/wordings/:wording", policies.ConsentRead, a.showWording),
		house(post, "/wordings/:wording", policies.WordingManage, a.changeWording),

		house(get, "/imports", policies.ImportRun, a.listImports),
		house(get, "/imports/new", policies.ImportRun, a.newImport),
		house(post, "/imports", policies.ImportRun, a.createImport),
		list(get, "/imports/:id", policies.ImportRun, intake.PreviewRows, a.showImport),
		list(post, "/imports/:id/mapping", policies.ImportRun, intake.PreviewRows, a.mapImport),
		list(post, "/imports/:id/check", policies.ImportRun, intake.PreviewRows, a.checkImport),
		list(post, "/imports/:id/start", policies.ImportRun, intake.PreviewRows, a.startImport),
		list(post, "/imports/:id/ask", policies.ImportRun, intake.PreviewRows, a.askImport),
		list(post, "/imports/:id/approve", policies.ImportApprove, intake.PreviewRows, a.approveImport),
		list(post, "/imports/:id/decline", policies.ImportApprove, intake.PreviewRows, a.declineImport),
		list(post, "/imports/:id/cancel", policies.ImportRun, intake.PreviewRows, a.cancelImport),
		list(post, "/imports/:id/undo", policies.ImportRun, intake.PreviewRows, a.undoImport),
		house(get, "/imports/:id/progress", policies.ImportRun, a.importProgress),
		house(get, "/imports/:id/bad-rows.csv", policies.ImportRun, a.importBadRows),
		list(post, "/imports/:id/scans", policies.ImportRun, intake.PreviewRows, a.addScans),
		house(get, "/imports/:id/scans/:scan", policies.ImportRun, a.openScan),

		house(get, "/fields", policies.FieldRead, a.listFields),
		house(get, "/fields/new", policies.FieldManage, a.newField),
		house(post, "/fields", policies.FieldManage, a.createField),
		house(get, "/fields/:key", policies.FieldRead, a.showField),
		house(post, "/fields/:key", policies.FieldManage, a.switchField),
		house(get, "/fields/:key/edit", policies.FieldManage, a.editField),
		house(post, "/fields/:key/edit", policies.FieldManage, a.updateField),
		house(post, "/fields/:key/delete", policies.FieldManage, a.deleteField),

		house(get, "/lists", policies.AreaRead, a.showLists),
		house(get, "/lists/:list/new", policies.AreaManage, a.newEntry),
		house(post, "/lists/:list", policies.AreaManage, a.saveEntry),
		house(get, "/lists/:list/:item", policies.AreaManage, a.newEntry),
		house(post, "/lists/:list/:item", policies.AreaManage, a.saveEntry),

		house(get, "/purposes", policies.PurposeRead, a.listPurposes),
		house(post, "/purposes/weights", policies.PurposeManage, a.weighPurposes),
		house(post, "/purposes/count", policies.PurposeManage, a.countPurposes),

		house(get, "/clubs", policies.ClubRead, a.listClubs),
		house(get, "/clubs/new", policies.ClubManage, a.clubForm),
		house(post, "/clubs", policies.ClubManage, a.saveClub),
		house(get, "/clubs/standing", policies.ClubManage, a.rulesForm),
		house(post, "/clubs/standing", policies.ClubManage, a.saveRules),
		house(get, "/clubs/:club", policies.ClubManage, a.clubForm),
		house(post, "/clubs/:club", policies.ClubManage, a.saveClub),
		house(get, "/clubs/:club/:part/new", policies.ClubManage, a.clubForm),
		house(post, "/clubs/:club/:part", policies.ClubManage, a.saveClub),
		house(get, "/clubs/:club/:part/:item", policies.ClubManage, a.clubForm),
		house(post, "/clubs/:club/:part/:item", policies.ClubManage, a.saveClub),

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

		house(get, "/tokens", policies.StaffManage, a.listTokens),
		house(get, "/staff/:login/tokens/new", policies.StaffManage, a.newToken),
		house(post, "/staff/:login/tokens", policies.StaffManage, a.createToken),
		house(post, "/staff/:login/tokens/:ref/revoke", policies.StaffManage, a.revokeToken),

		house(get, "/webhooks", policies.WebhookRead, a.listWebhooks),
		house(get, "/webhooks/new", policies.WebhookManage, a.newWebhook),
		house(post, "/webhooks", policies.WebhookManage, a.createWebhook),
		house(get, "/webhooks/:hook", policies.WebhookRead, a.showWebhook),
		house(post, "/webhooks/:hook", policies.WebhookManage, a.updateWebhook),
		house(post, "/webhooks/:hook/test", policies.WebhookManage, a.tryWebhook),
		house(post, "/webhooks/:hook/secret", policies.WebhookManage, a.renewWebhookSecret),
		house(post, "/webhooks/:hook/remove", policies.WebhookManage, a.removeWebhook),

		house(get, "/audit", policies.AuditRead, a.listEvents),
		house(get, "/links", policies.LinkRead, a.listLinks),

		open(get, "/api/v1/openapi.json", a.describe),
		answer(list(post, "/api/v1/customers/search", policies.CustomerLookUp, customer.LookUpLimit, nil), searchCall, a.callSearch),
		answer(house(post, "/api/v1/customers", policies.CustomerCreate, nil), createCall, a.callCreate),
		answer(among(get, "/api/v1/customers/:id", policies.CustomerRead, nil), cardCall, a.callCard),
		answer(one(post, "/api/v1/customers/:id/preferences", policies.CustomerEdit, nil), noteCall, a.callNote),
		answer(one(post, "/api/v1/customers/:id/preferences/:n/confirm", policies.CustomerEdit, nil), confirmCall, a.callConfirm),
		answer(one(post, "/api/v1/customers/:id/preferences/:n/retire", policies.CustomerEdit, nil), retireCall, a.callRetire),
		answer(one(post, "/api/v1/customers/:id/facts", policies.CustomerEdit, nil), factsCall, a.callFacts),
		answer(list(get, "/api/v1/arrivals", policies.ArrivalRead, arrival.RowLimit, nil), arrivalsCall, a.callArrivals),
		answer(one(post, "/api/v1/stays", policies.StayEdit, nil), bookCall, a.callBook),
		answer(one(post, "/api/v1/stays/:stay/status", policies.StayEdit, nil), turnCall, a.callTurn),
		answer(one(post, "/api/v1/stays/:stay/preparations/:key", policies.ArrivalTick, nil), tickCall, a.callTick),
		answer(among(get, "/api/v1/customers/:id/relations", policies.RelationRead, nil), relationsCall, a.callRelations),
		answer(house(post, "/api/v1/customers/:id/memberships", policies.MembershipJoin, nil), joinCall, a.callJoin),
		answer(house(post, "/api/v1/customers/:id/relations", policies.RelationEdit, nil), relateCall, a.callRelate),
		answer(house(post, "/api/v1/customers/:id/relations/:link/end", policies.RelationEdit, nil), unrelateCall, a.callUnrelate),
		answer(house(post, "/api/v1/customers/:id/memberships/:club/leave", policies.MembershipJoin, nil), leaveCall, a.callLeave),
		answer(house(post, "/api/v1/customers/:id/memberships/:club/number", policies.MembershipJoin, nil), numberCall, a.callNumber),
		answer(house(post, "/api/v1/customers/:id/events/:event", policies.MembershipJoin, nil), attendCall, a.callAttend),
		answer(house(post, "/api/v1/customers/:id/questions/:field", policies.CustomerEdit, nil), askedCall, a.callAsked),
		answer(one(get, "/api/v1/stays/:stay", policies.ArrivalRead, nil), guestCall, a.callGuest),
		answer(one(post, "/api/v1/stays/:stay/claim", policies.StayEdit, nil), claimCall, a.callClaim),
		answer(one(post, "/api/v1/stays/:stay/preparations", policies.ArrivalTick, nil), prepareCall, a.callPrepare),
		answer(one(post, "/api/v1/stays/:stay/preparations/:key/drop", policies.ArrivalTick, nil), dropCall, a.callDrop),
		answer(one(post, "/api/v1/customers/:id/restrictions", policies.ConsentRecord, nil), restrictCall, a.callRestrict),
		answer(one(post, "/api/v1/customers/:id/restrictions/:restriction/end", policies.ConsentRecord, nil), liftCall, a.callLift),
		answer(one(get, "/api/v1/customers/:id/requests", policies.ConsentRecord, nil), requestsCall, a.callRequests),
		answer(one(post, "/api/v1/customers/:id/requests", policies.ConsentRecord, nil), askCall, a.callAsk),
		answer(house(get, "/api/v1/fields", policies.HouseRead, nil), fieldsCall, a.callFields),
		answer(house(get, "/api/v1/areas", policies.HouseRead, nil), areasCall, a.callAreas),
		answer(house(get, "/api/v1/clubs", policies.HouseRead, nil), clubsCall, a.callClubs),
		answer(one(get, "/api/v1/customers/:id/consents", policies.ConsentRead, nil), consentsCall, a.callConsents),
		answer(one(post, "/api/v1/customers/:id/consents", policies.ConsentRecord, nil), consentCall, a.callConsent),
	}
}

// serve puts the gate before a handler: session, permission, then the handler.
func (a *App) serve(r route) echo.HandlerFunc {
	return func(c echo.Context) error {
		if r.public {
			return r.handle(c)
		}
		if r.call != nil {
			return a.serveCall(r, c)
		}
		in, err := a.inquire(c)
		if err != nil {
			return err
		}
		if err := a.Guard.Require(in.Actor, r.permission); err != nil {
			return err
		}
		return r.handle(c)
	}
}
