package intake

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"shuke/models/audit"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/models/vault"
	"shuke/policies"
)

// Limits of pictures of paper.
const (
	MostScans     = 20
	MostScanBytes = 10 << 20
	scanPiece     = 256 << 10
)

// Scan is a picture of the paper that a list was typed from.
type Scan struct {
	ID      string
	Name    string
	Kind    string // jpeg, png or pdf, by the content
	Bytes   int64
	By      string
	AddedAt time.Time
}

// kindOf tells the kind of a picture by how it begins, "" when it is none that is
// kept: what a browser could run is not.
func kindOf(content []byte) string {
	switch {
	case bytes.HasPrefix(content, []byte("\xff\xd8\xff")):
		return "jpeg"
	case bytes.HasPrefix(content, []byte("\x89PNG\r\n\x1a\n")):
		return "png"
	case bytes.HasPrefix(content, []byte("%PDF-")):
		return "pdf"
	}
	return ""
}

func scanName(id string) string         { return "intake_scans|" + id + "|name" }
func scanPlace(id string, n int) string { return fmt.Sprintf("intake_pieces|%s|%d", id, n) }
func atScan(key string, most int64) error {
	problems := fault.Fields{}
	problems.Add("scans", key, map[string]any{"Max": most})
	return problems.Err()
}

// AddScan keeps a picture beside an import, sealed. The errors are faults:
// Invalid at the field scans when it is too large or none of the kinds, or when
// there are enough.
func (s *Service) AddScan(ctx context.Context, a policies.Actor, id, name string, from io.Reader) error {
	if err := s.may(a); err != nil {
		return err
	}
	in, err := s.find(ctx, id)
	if err != nil {
		return err
	}
	if in.State == Draft {
		return errNone
	}
	content, err := io.ReadAll(io.LimitReader(from, MostScanBytes+1))
	kind := kindOf(content)
	switch {
	case err != nil:
		return errors.Join(atFieldCut("scans"), err)
	case len(content) > MostScanBytes:
		return atScan("import.scan_large", MostScanBytes>>20)
	case kind == "":
		return atScan("import.scan_kind", 0)
	}
	owner := vault.Intake(in.ID)
	keys, err := s.Vault.Keys(ctx, owner)
	if err != nil {
		return err
	}
	return s.keepScan(ctx, a, in, keys[owner], Scan{ID: newID(), Name: plainName(name), Kind: kind, Bytes: int64(len(content))}, content)
}

func atFieldCut(field string) error {
	problems := fault.Fields{}
	problems.Add(field, "import.cut", nil)
	return problems.Err()
}

func (s *Service) keepScan(ctx context.Context, a policies.Actor, in Intake, key vault.Key, scan Scan, content []byte) error {
	name, err := key.Seal(scan.Name, scanName(scan.ID))
	if err != nil {
		return err
	}
	now := db.Millis(s.Clock.Now())
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		// The row of the intake is taken first, so that two who add at once count
		// one after the other.
		if _, err := tx.Run("UPDATE intakes SET used_at = ? WHERE id = ?", now, in.ID); err != nil {
			return err
		}
		var n int64
		if err := tx.Raw("SELECT COUNT(*) FROM intake_scans WHERE intake_id = ?", in.ID).Row().Scan(&n); err != nil {
			return err
		}
		if n >= MostScans {
			return atScan("import.scan_many", MostScans)
		}
		if _, err := tx.Run("INSERT INTO intake_scans (id, intake_id, kind, bytes, name, added_by, added_at) VALUES (?,?,?,?,?,?,?)", scan.ID, in.ID, scan.Kind, scan.Bytes, name, a.StaffID, now); err != nil {
			return err
		}
		for i := 0; len(content) > 0; i++ {
			piece := content[:min(len(content), scanPiece)]
			content = content[len(piece):]
			sealed, err := key.Seal(string(piece), scanPlace(scan.ID, i))
			if err != nil {
				return err
			}
			if _, err := tx.Run("INSERT INTO intake_pieces (scan_id, n, sealed) VALUES (?,?,?)", scan.ID, i, sealed); err != nil {
				return err
			}
		}
		return s.Log.Append(tx, event(a, "import.scan_added", in, audit.Detail{Name: "scan", Value: scan.Kind}, audit.Detail{Name: "bytes", Value: strconv.FormatInt(scan.Bytes, 10)}))
	})
}

// Scans lists the pictures of an intake, oldest first.
func (s *Service) Scans(ctx context.Context, a policies.Actor, id string) ([]Scan, error) {
	if err := s.may(a); err != nil {
		return nil, err
	}
	rows, err := s.DB.Read(ctx).Raw("SELECT c.id, c.kind, c.bytes, c.name, c.added_at, COALESCE(p.name, '') FROM intake_scans c LEFT JOIN staff p ON p.id = c.added_by WHERE c.intake_id = ? ORDER BY c.added_at, c.id", id).Rows()
	if err != nil {
		return nil, err
	}
	var out []Scan
	var names [][]byte
	err = db.Each(rows, func() error {
		var c Scan
		var at int64
		var name []byte
		err := rows.Scan(&c.ID, &c.Kind, &c.Bytes, &name, &at, &c.By)
		c.AddedAt = db.Time(at)
		out, names = append(out, c), append(names, name)
		return err
	})
	if err != nil || len(out) == 0 {
		return nil, err
	}
	key, err := s.Vault.Key(ctx, vault.Intake(id))
	if err != nil {
		return nil, err
	}
	for i := range out {
		if out[i].Name, err = key.Open(names[i], scanName(out[i].ID)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// OpenScan returns a picture with its content, once it is recorded that it was
// shown.
func (s *Service) OpenScan(ctx context.Context, a policies.Actor, id, scanID string) (Scan, []byte, error) {
	all, err := s.Scans(ctx, a, id)
	if err != nil {
		return Scan{}, nil, err
	}
	for _, c := range all {
		if c.ID != scanID {
			continue
		}
		content, err := s.content(ctx, id, c)
		if err != nil {
			return c, nil, err
		}
		return c, content, s.Gate.Record(ctx, event(a, "import.scan_opened", Intake{ID: id}, audit.Detail{Name: "scan", Value: c.Kind}))
	}
	return Scan{}, nil, errNone
}

func (s *Service) content(ctx context.Context, id string, c Scan) ([]byte, error) {
	key, err := s.Vault.Key(ctx, vault.Intake(id))
	if err != nil {
		return nil, err
	}
	rows, err := s.DB.Read(ctx).Raw("SELECT n, sealed FROM intake_pieces WHERE scan_id = ? ORDER BY n", c.ID).Rows()
	if err != nil {
		return nil, err
	}
	out := make([]byte, 0, c.Bytes)
	err = db.Each(rows, func() error {
		var n int
		var sealed []byte
		if err := rows.Scan(&n, &sealed); err != nil {
			return err
		}
		piece, err := key.Open(sealed, scanPlace(c.ID, n))
		out = append(out, piece...)
		return err
	})
	if err == nil && int64(len(out)) != c.Bytes {
		err = errDamaged
	}
	return out, err
}
