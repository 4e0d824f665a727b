// Package policies decides who may do what: roles, named conditions, and the
// facts about the person asking. It knows no HTTP and no database; the facts
// come in with each question.
package policies

import "time"

// Role is what a member of staff is to the system.
type Role string

// The roles of the product.
const (
	FrontDesk Role = "front_desk"
	Floor     Role = "floor"
	Sales     Role = "sales"
	Service   Role = "service"
	Marketing Role = "marketing"
	Manager   Role = "manager"
	Custodian Role = "custodian"
	Owner     Role = "owner"
	Admin     Role = "admin"
	Auditor   Role = "auditor"
)

// Roles lists every role, in the order pages show them.
var Roles = []Role{FrontDesk, Floor, Sales, Service, Marketing, Manager, Custodian, Owner, Admin, Auditor}

// Employment is the form of a person's contract.
type Employment string

// The forms of employment.
const (
	Regular   Employment = "regular"
	Temporary Employment = "temporary"
	Intern    Employment = "intern"
)

// Employments lists every form of employment.
var Employments = []Employment{Regular, Temporary, Intern}

// Status says whether an account may be used.
type Status string

// The states of an account.
const (
	Active    Status = "active"
	Suspended Status = "suspended"
	Left      Status = "left"
)

// Via is the way a request came in.
type Via string

// The ways.
const (
	Browser Via = "browser"
	Token   Via = "token"
	Command Via = "command"
	System  Via = "system"
)

// Actor is the person who asks, as the database knows them at this request.
type Actor struct {
	StaffID             int64
	Login               string
	Name                string
	Role                Role
	BranchID            int64
	Region              string // country of the branch, for telephone numbers
	Zone                *time.Location
	Status              Status
	Employment          Employment
	EmploymentConfirmed bool
	HiredOn             string // dates as 2006-01-02 in the branch's zone
	NoticeOn            string
	LastOn              string
	PayBand             string
	PasswordTemporary   bool // must be changed before anything else
	Via                 Via
	Session             string // first part of the session's or token's hash, for the record
	Scopes              string // of a token, as JoinScopes writes them
	Address             string
	RequestID           string
	OSUser              string
	Now                 time.Time // the moment of the request
}

// Today is the present day at the actor's branch.
func (a Actor) Today() string {
	zone := a.Zone
	if zone == nil {
		zone = time.UTC
	}
	return a.Now.In(zone).Format(time.DateOnly)
}

// Working reports whether the person may use the system at all: an account that
// is active, and a last day that has not passed.
func (a Actor) Working() bool {
	return a.StaffID != 0 && a.Status == Active && (a.LastOn == "" || a.Today() <= a.LastOn)
}

// OnNotice reports whether notice has been given and has begun.
func (a Actor) OnNotice() bool { return a.NoticeOn != "" && a.NoticeOn <= a.Today() }
