package intake

import (
	"context"
	"strconv"

	"shuke/models/audit"
	"shuke/models/db"
	"shuke/policies"
)

// Begin says what a received file is. The same form sent twice makes one intake;
// the second file goes. The errors are faults: Invalid at fields of the form.
func (s *Service) Begin(ctx context.Context, a policies.Actor, id string, set Settings, once string) (string, error) {
	if err := s.may(a); err != nil {
		return "", err
	}
	in, err := s.find(ctx, id)
	if err != nil {
		return "", err
	}
	if in.State != Draft || in.StaffID != a.StaffID {
		return "", errNone
	}
	if err := s.checkSettings(ctx, &set); err != nil {
		return "", err
	}
	in.Settings = set
	if err := s.remembered(ctx, &in); err != nil {
		return "", err
	}
	first, err := s.begin(ctx, a, in, once)
	if err != nil {
		return "", err
	}
	if first != id {
		return first, s.discard(ctx, id)
	}
	return id, s.checkSoon(ctx, a, id)
}

// begin writes the settings, unless the form was sent before: then it returns
// the intake that was made.
func (s *Service) begin(ctx context.Context, a policies.Actor, in Intake, once string) (string, error) {
	maps, err := in.maps()
	if err != nil {
		return "", err
	}
	now := s.Clock.Now()
	key := db.Once{StaffID: a.StaffID, Key: once, Request: []string{"intake", in.FileHash}}
	out := in.ID
	work := func(tx *db.Tx) error {
		before, done, err := key.Before(tx)
		if err != nil || done {
			out = before
			return err
		}
		n, err := tx.Run(`UPDATE intakes SET state = ?, version = version + 1, used_at = ?, target = ?, mode = ?, channel = ?, source = ?, branch_id = ?, key_field = ?, make_missing = ?, keep_good = ?, no_header = ?, sheet = ?, maps = ?, changed_by = ?
 WHERE id = ? AND state = ? AND version = ?`,
			Ready, db.Millis(now), in.Target, in.Mode, in.Channel, in.Source, in.BranchID, in.Key, in.Create, in.KeepGood, in.NoHeader, in.Sheet, maps, a.StaffID, in.ID, Draft, in.Version)
		if err != nil {
			return err
		}
		if n != 1 {
			return errStale
		}
		if err := key.After(tx, in.ID, now); err != nil {
			return err
		}
		return s.Log.Append(tx, event(a, "import.begun", in, settingDetails(in)...))
	}
	err = s.DB.InTx(ctx, work)
	if db.Duplicate(err) && once != "" {
		err = s.DB.InTx(ctx, work)
	}
	return out, err
}

func settingDetails(in Intake) []audit.Detail {
	return []audit.Detail{{Name: "target", Value: string(in.Target)}, {Name: "mode", Value: string(in.Mode)}, {Name: "channel", Value: string(in.Channel)},
		{Name: "edition", Value: strconv.FormatInt(in.Edition, 10)}, {Name: "columns", Value: strconv.Itoa(len(in.Maps))}}
}

// DraftFile is the name of a file that was received and waits for its form.
func (s *Service) DraftFile(ctx context.Context, a policies.Actor, id string) (name string, size int64, err error) {
	if err := s.may(a); err != nil {
		return "", 0, err
	}
	in, err := s.find(ctx, id)
	if err == nil && (in.State != Draft || in.StaffID != a.StaffID) {
		err = errNone
	}
	return in.FileName, in.FileBytes, err
}

// Discard drops a file that was received and has no form yet.
func (s *Service) Discard(ctx context.Context, a policies.Actor, id string) error {
	if _, _, err := s.DraftFile(ctx, a, id); err != nil {
		return err
	}
	return s.discard(ctx, id)
}
