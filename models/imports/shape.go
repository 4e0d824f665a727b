package imports

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"shuke/models/tabular"
	"shuke/models/vault"
)

// shape is how the columns of a file were taken. It is kept sealed: what stands
// first in a file is not always a heading.
type shape struct {
	Target   Target   `json:"-"`
	Headings []string `json:"headings,omitempty"`
	Maps     []string `json:"maps,omitempty"` // what a person said of the columns
}

// text is the same for files of one target with the same headings.
func (sh shape) text() string { return string(sh.Target) + "\n" + strings.Join(sh.Headings, "\n") }

func shapeRow(importID int64) string { return fmt.Sprintf("imports|%d|shape", importID) }

// sealShape seals a shape under the import's key; the hash finds files of the same
// headings, "" for one without.
func (s *Service) sealShape(ctx context.Context, importID int64, sh shape) (sealed []byte, hash string, err error) {
	if len(sh.Headings) == 0 {
		return nil, "", nil
	}
	owner := vault.Import(importID)
	keys, err := s.vault.Keys(ctx, owner)
	if err != nil {
		return nil, "", err
	}
	if hash, err = s.vault.BlindIndex("import_shape", sh.text()); err != nil {
		return nil, "", err
	}
	text, err := json.Marshal(sh)
	if err != nil {
		return nil, "", err
	}
	sealed, err = keys[owner].Seal(string(text), shapeRow(importID))
	return sealed, hash, err
}

// openShape reads back how the columns of an import were taken.
func (s *Service) openShape(ctx context.Context, importID int64, sealed []byte) (sh shape, err error) {
	if sealed == nil {
		return sh, nil
	}
	key, err := s.vault.Key(ctx, vault.Import(importID))
	if err != nil {
		return sh, err
	}
	text, err := key.Open(sealed, shapeRow(importID))
	if err != nil {
		return sh, err
	}
	return sh, json.Unmarshal([]byte(text), &sh)
}

// remembered is what a person said of the columns of the latest file of the
// target with the same headings.
func (s *Service) remembered(ctx context.Context, o Options, headings []string) ([]string, error) {
	if len(headings) == 0 {
		return nil, nil
	}
	hash, err := s.vault.BlindIndex("import_shape", shape{Target: o.Target, Headings: headings}.text())
	if err != nil {
		return nil, err
	}
	var found []struct {
		ID    int64
		Shape []byte
	}
	if err := s.db.Read(ctx).Raw("SELECT id, shape FROM imports WHERE shape_hash = ? AND undo_at = 0 ORDER BY id DESC LIMIT 1", hash).Scan(&found).Error; err != nil || len(found) == 0 {
		return nil, err
	}
	sh, err := s.openShape(ctx, found[0].ID, found[0].Shape)
	return sh.Maps, err
}

func delimiterOf(f tabular.Format) string {
	if f.Delimiter == 0 {
		return ""
	}
	return string(f.Delimiter)
}
