package policies

// Permission is an object and what is done with it, as policy.csv names them.
type Permission struct{ Object, Action string }

// String returns object.action, the form used in the route table and events.
func (p Permission) String() string { return p.Object + "." + p.Action }

// Every permission there is. A policy row that names another stops the start.
var (
	AccountUse      = Permission{"account", "use"}
	CustomerLookUp  = Permission{"customer", "look_up"}
	CustomerRead    = Permission{"customer", "read"}
	CustomerCreate  = Permission{"customer", "create"}
	CustomerEdit    = Permission{"customer", "edit"}
	CustomerReveal  = Permission{"customer", "reveal"}
	CustomerViewers = Permission{"customer", "viewers"}
	CustomerBulk    = Permission{"customer", "bulk"}
	RelationRead    = Permission{"relation", "read"}
	RelationEdit    = Permission{"relation", "edit"}
	RelationHidden  = Permission{"relation", "hidden"}
	PreferenceNote  = Permission{"preference", "note"}
	ArrivalRead     = Permission{"arrival", "read"}
	ArrivalTick     = Permission{"arrival", "tick"}
	StayEdit        = Permission{"stay", "edit"}
	MembershipJoin  = Permission{"membership", "join"}
	MembershipTier  = Permission{"membership", "tier"}
	HouseRead       = Permission{"house", "read"}
	ClubRead        = Permission{"club", "read"}
	ClubManage      = Permission{"club", "manage"}
	AreaRead        = Permission{"area", "read"}
	AreaManage      = Permission{"area", "manage"}
	FieldRead       = Permission{"field", "read"}
	FieldManage     = Permission{"field", "manage"}
	BranchRead      = Permission{"branch", "read"}
	BranchManage    = Permission{"branch", "manage"}
	StaffRead       = Permission{"staff", "read"}
	StaffManage     = Permission{"staff", "manage"}
	StaffConfirm    = Permission{"staff", "confirm"}
	AuditRead       = Permission{"audit", "read"}
	LinkRead        = Permission{"link", "read"}
	WebhookRead     = Permission{"webhook", "read"}
	WebhookManage   = Permission{"webhook", "manage"}
	PurposeRead     = Permission{"purpose", "read"}
	PurposeManage   = Permission{"purpose", "manage"}
	// CustomerRestricted opens customers who do not want to be known at the
	// actor's own branch: whom the others are to ask.
	CustomerRestricted = Permission{"customer", "restricted"}
	CustomerSheet      = Permission{"customer", "sheet"}
	CustomerErase      = Permission{"customer", "erase"}
	ConsentRead        = Permission{"consent", "read"}
	ConsentRecord      = Permission{"consent", "record"}
	WordingManage      = Permission{"wording", "manage"}
	ImportRun          = Permission{"import", "run"}
	ImportApprove      = Permission{"import", "approve"}
)

// Permissions lists them all.
var Permissions = []Permission{
	AccountUse, CustomerLookUp, CustomerRead, CustomerCreate, CustomerEdit, CustomerReveal, CustomerViewers, CustomerBulk,
	RelationRead, RelationEdit, RelationHidden,
	PreferenceNote, ArrivalRead, ArrivalTick, StayEdit, MembershipJoin, MembershipTier, HouseRead, ClubRead, ClubManage, AreaRead, AreaManage,
	CustomerRestricted, CustomerSheet, CustomerErase, ConsentRead, ConsentRecord, WordingManage,
	FieldRead, FieldManage, BranchRead, BranchManage, StaffRead, StaffManage, StaffConfirm, AuditRead,
	LinkRead,
	WebhookRead, WebhookManage,
	PurposeRead, PurposeManage, ImportRun, ImportApprove,
}

// guarded are the verbs no bearer token carries, whatever its person may do: a
// token lies in a file and has no second factor.
var guarded = map[Permission]bool{
	CustomerReveal: true, CustomerBulk: true, CustomerViewers: true, RelationHidden: true, CustomerRestricted: true,
	CustomerSheet: true, CustomerErase: true, WordingManage: true, FieldManage: true, AreaManage: true, BranchManage: true,
	MembershipTier: true, ClubManage: true,
	StaffManage: true, StaffConfirm: true, AuditRead: true,
	WebhookRead: true, WebhookManage: true, PurposeManage: true, ImportRun: true, ImportApprove: true,
}

// Surface says how many customers a response can show.
type Surface uint8

// The surfaces. Bulk is open to nobody yet: it needs custody.
const (
	NoCustomer Surface = iota
	OneCustomer
	WorkList
	Bulk
)

// String names the surface as the route table prints it.
func (s Surface) String() string {
	return [...]string{"none", "one", "work_list", "bulk"}[s]
}
