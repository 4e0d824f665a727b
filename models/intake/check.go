package intake

import (
	"context"
	"io"

	"shuke/models/db"
	"shuke/models/fault"
	"shuke/models/imports"
	"shuke/models/staff"
	"shuke/models/vault"
	"shuke/policies"
)

// actor is the person in whose name a job runs, as they are now: whoever gave
// notice or changed their work since takes nothing in any more.
func (s *Service) actor(ctx context.Context, id int64, p policies.Permission) (policies.Actor, error) {
	a, known, err := s.Staff.ActorByID(ctx, id)
	if err != nil {
		return a, err
	}
	a.Via = policies.Browser // where they asked for it
	if !known || !s.Guard.Can(a, p) {
		return a, fault.New(fault.Denied, "import.not_custodian")
	}
	return a, nil
}

// at puts an actor at the branch of an intake: its country reads telephone
// numbers, its clock the days.
func (s *Service) at(ctx context.Context, a policies.Actor, branchID int64) (policies.Actor, error) {
	branches, err := s.Staff.Branches(ctx)
	for _, b := range branches {
		if b.ID == branchID {
			a.BranchID, a.Region, a.Zone = b.ID, b.Region, staff.Zone(b.TimeZone)
		}
	}
	return a, err
}

// options are those of the import that an intake asks for.
func (s *Service) options(ctx context.Context, a policies.Actor, in Intake) (imports.Options, error) {
	a, err := s.at(ctx, a, in.BranchID)
	if err != nil {
		return imports.Options{}, err
	}
	return imports.Options{
		Path: in.FileName, FileName: in.FileName, Open: func() (io.ReadCloser, error) { return s.open(ctx, in) },
		Target: in.Target, Mode: in.Mode, Channel: in.Channel, Source: in.Source, Maps: in.Maps, NoHeader: in.NoHeader, Sheet: in.Sheet,
		Key: in.Key, Create: in.Create, KeepGood: in.KeepGood, Actor: a,
	}, nil
}

// open reads the sealed file from its beginning.
func (s *Service) open(ctx context.Context, in Intake) (io.ReadCloser, error) {
	switch {
	case in.FileGone:
		return nil, errFileGone
	case !in.Here:
		return nil, fault.New(fault.Unavailable, "import.elsewhere")
	}
	key, err := s.Vault.Key(ctx, vault.Upload(in.ID))
	if err != nil {
		return nil, err
	}
	return s.folder.open(in.ID, key)
}

// check reads the whole file as a run would and keeps what came out. A file or
// a mapping that cannot be taken is told on the page, and is no error here.
func (s *Service) check(ctx context.Context, a policies.Actor, in Intake) error {
	o, err := s.options(ctx, a, in)
	if err != nil {
		return err
	}
	var r Report
	p, err := s.Imports.Preview(ctx, o, PreviewRows)
	refused := ""
	if err != nil {
		if !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.Gone) {
			return err
		}
		refused = failure(err)
		p.Report = imports.Report{}
		p.Rows = nil
	}
	if len(p.Columns) == 0 {
		p.Columns = s.columns(ctx, in)
	}
	r.take(p.Report, s.Clock.Now())
	r.Columns, r.First = p.Columns, p.Rows
	sealed, err := s.sealReport(ctx, in.ID, r)
	if err != nil {
		return err
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Run("UPDATE intakes SET checked_edition = edition, report = ?, rows_total = ?, failed = ? WHERE id = ? AND edition = ? AND state = ?",
			sealed, r.Total, refused, in.ID, in.Edition, Ready)
		return err
	})
}

// checkSoon reads a small file through at once, and leaves a long one to the
// runner.
func (s *Service) checkSoon(ctx context.Context, a policies.Actor, id string) error {
	in, err := s.find(ctx, id)
	if err != nil || in.Checked {
		return err
	}
	if in.FileBytes > checkedAtOnce || !in.Here {
		s.poke()
		return nil
	}
	return s.check(ctx, a, in)
}
