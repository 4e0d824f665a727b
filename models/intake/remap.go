package intake

import (
	"context"
	"errors"
	"reflect"
	"slices"

	"shuke/models/db"
	"shuke/models/fault"
	"shuke/policies"
)

// open reports whether the settings may still change: before anything was taken
// in. What was taken in was taken in with them.
func (in Intake) open() bool {
	return in.ImportID == 0 && !in.FileGone && slices.Contains([]State{Ready, Asking, Failed, Cancelled}, in.State)
}

// Open reports whether the settings may still change.
func (in Intake) Open() bool { return in.open() }

// Remap reads a file as somebody says it is to be read. Other settings than those
// that stand void the request for approval and the approval itself: what was
// agreed to is not what would be done.
func (s *Service) Remap(ctx context.Context, a policies.Actor, id string, version int64, set Settings) error {
	if err := s.may(a); err != nil {
		return err
	}
	in, err := s.seen(ctx, id, version)
	if err != nil {
		return err
	}
	if !in.open() {
		return errPast
	}
	// Where the file comes from was said when it was handed in.
	set.Target, set.Source = in.Target, in.Source
	if err := s.checkSettings(ctx, &set); err != nil {
		return err
	}
	slices.Sort(set.Maps)
	if reflect.DeepEqual(plain(set), plain(in.Settings)) && in.State != Failed {
		return s.checkSoon(ctx, a, id)
	}
	was := in
	in.Settings, in.Edition = set, in.Edition+1
	maps, err := set.maps()
	if err != nil {
		return err
	}
	err = s.change(ctx, was, event(a, "import.mapped", in, settingDetails(in)...), `UPDATE intakes SET state = ?, version = version + 1, edition = edition + 1, used_at = ?, mode = ?, channel = ?, branch_id = ?, key_field = ?, make_missing = ?, keep_good = ?, no_header = ?, sheet = ?, maps = ?, changed_by = ?,
 asked_by = 0, asked_at = 0, approved_by = 0, approved_at = 0, approved_edition = 0, declined = '', failed = '' WHERE id = ? AND state = ? AND version = ?`,
		Ready, db.Millis(s.Clock.Now()), set.Mode, set.Channel, set.BranchID, set.Key, set.Create, set.KeepGood, set.NoHeader, set.Sheet, maps, a.StaffID)
	if err != nil {
		return err
	}
	return s.checkSoon(ctx, a, id)
}

// plain makes settings comparable: no maps and an empty list of them are the same.
func plain(set Settings) Settings {
	set.Maps = append([]string{}, set.Maps...)
	slices.Sort(set.Maps)
	return set
}

// seen reads an intake as somebody saw it; a page that is older is stale.
func (s *Service) seen(ctx context.Context, id string, version int64) (Intake, error) {
	in, err := s.find(ctx, id)
	switch {
	case err != nil:
		return in, err
	case in.State == Draft:
		return in, errNone
	case in.Version != version:
		return in, errStale
	}
	return in, s.openReport(ctx, &in)
}

// Recheck reads the file through once more: what the house knows can have changed
// since.
func (s *Service) Recheck(ctx context.Context, a policies.Actor, id string, version int64) error {
	if err := s.may(a); err != nil {
		return err
	}
	in, err := s.seen(ctx, id, version)
	if err != nil {
		return err
	}
	if in.State != Ready || in.FileGone {
		return errPast
	}
	if err := s.DB.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Run("UPDATE intakes SET checked_edition = 0 WHERE id = ? AND state = ? AND version = ?", in.ID, Ready, in.Version)
		return err
	}); err != nil {
		return err
	}
	return s.checkSoon(ctx, a, id)
}

func asFault(err error) (*fault.Error, bool) {
	var f *fault.Error
	ok := errors.As(err, &f)
	return f, ok
}
