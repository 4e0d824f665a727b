// Package intake brings files of custodians from a browser to an import: it keeps
// the file sealed while it waits, remembers what its columns are read as, asks a
// second custodian where a file is long, and runs the jobs that take files in or
// take them back. What a row means, package imports decides. It must not know
// pages, requests or languages.
package intake

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"time"

	"shuke/models/audit"
	"shuke/models/clock"
	"shuke/models/db"
	"shuke/models/disclosure"
	"shuke/models/fault"
	"shuke/models/imports"
	"shuke/models/lease"
	"shuke/models/staff"
	"shuke/models/vault"
	"shuke/policies"
)

// Limits of what can be handed in.
const (
	MostBytes     = 512 << 20          // of a file
	AloneRows     = 1000               // data rows that one custodian takes in alone
	KeptUnused    = 7 * 24 * time.Hour // how long a file waits for a decision
	PreviewRows   = 20
	mostName      = 200
	mostWords     = 200     // of a reason
	checkedAtOnce = 2 << 20 // bytes of a file that is read through while somebody waits
	orphanAge     = 24 * time.Hour
)

// State is how far an intake is.
type State string

// The states. A draft is a file without the answers of its form. Ready has been
// handed in; whether it was read through, Checked tells.
const (
	Draft     State = "draft"
	Ready     State = "ready"
	Asking    State = "asking" // for a second custodian
	Waiting   State = "waiting"
	Running   State = "running"
	Done      State = "done"
	Failed    State = "failed"
	Cancelled State = "cancelled"
	Undoing   State = "undoing"
	Undone    State = "undone"
)

// Intake is one file with everything that was decided about it.
type Intake struct {
	ID        string
	Version   int64
	State     State
	StaffID   int64 // who handed it in, 0 for the command line
	By        string
	OSUser    string
	CreatedAt time.Time

	FileName  string
	FileBytes int64
	FileHash  string
	FileGone  bool
	Here      bool // the file lies on this machine

	Settings
	Edition   int64 // of the settings
	ChangedBy int64
	Checked   bool // the whole file was read with these settings
	Report    Report

	AskedBy, ApprovedBy, StartedBy    int64
	AskedName, ApprovedName           string
	StartedName, UndoName             string
	AskedAt, ApprovedAt, EndedAt      time.Time
	Declined                          string
	StopAsked                         bool
	ImportID                          int64
	Already                           bool
	Rows, Total                       int64
	Created, Joined, Refused, Skipped int64
	Warned                            int64
	Failure                           fault.Message
	UndoBy                            int64
	UndoReason                        string
	UndoneAt                          time.Time
	TakenBack                         imports.Undone
}

// Services are what intakes stand on.
type Services struct {
	DB      *db.DB
	Vault   *vault.Vault
	Log     *audit.Log
	Gate    *disclosure.Gate
	Guard   *policies.Guard
	Clock   clock.Clock
	Staff   *staff.Service
	Imports *imports.Service
	Leases  *lease.Service
	Errors  *slog.Logger // what went wrong in the background, nil for none
}

// Service is everything one can do with intakes.
type Service struct {
	Services
	folder *folder
	wake   chan struct{}
	most   int64 // bytes of a file; tests take less
	alone  int64
}

// New returns the service with its files in a folder, which is made.
func New(s Services, dir string) (*Service, error) {
	f, err := openFolder(dir)
	if err != nil {
		return nil, err
	}
	if s.Errors == nil {
		s.Errors = slog.New(slog.DiscardHandler)
	}
	return &Service{Services: s, folder: f, wake: make(chan struct{}, 1), most: MostBytes, alone: AloneRows}, nil
}

// newID is an id that nobody can guess.
func newID() string {
	raw := make([]byte, 8)
	rand.Read(raw)
	return hex.EncodeToString(raw)
}

// may is the gate of every act here.
func (s *Service) may(a policies.Actor) error { return s.Guard.Require(a, policies.ImportRun) }

// event is the record of an act on an intake. The name of a file can be a
// customer's, so it stays out.
func event(a policies.Actor, action string, in Intake, details ...audit.Detail) audit.Event {
	e := audit.By(a, action)
	e.Object, e.Details = in.ID, details
	return e
}

var (
	errNone  = fault.New(fault.NotFound, "error.not_found")
	errStale = fault.New(fault.Conflict, "error.stale")
	errPast  = fault.New(fault.Conflict, "import.past")
)

// change moves an intake on, if it is still as it was read: in that state and at
// that version. What happened is recorded in the same transaction.
func (s *Service) change(ctx context.Context, in Intake, e audit.Event, statement string, args ...any) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		n, err := tx.Run(statement, append(args, in.ID, in.State, in.Version)...)
		if err != nil {
			return err
		}
		if n != 1 {
			return errStale
		}
		return s.Log.Append(tx, e)
	})
}

// poke tells the runner of this process that there is work.
func (s *Service) poke() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}
