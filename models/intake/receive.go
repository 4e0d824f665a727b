package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"shuke/models/audit"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/models/staff"
	"shuke/models/vault"
	"shuke/policies"
)

type branch = staff.Branch

// counted reads what is handed in: it counts and hashes, stops a byte beyond the
// limit, and tells a sender who broke off from a disk that is full.
type counted struct {
	from  io.Reader
	most  int64
	n     int64
	cut   error
	large bool
	hash  interface{ Write([]byte) (int, error) }
}

func (c *counted) Read(b []byte) (int, error) {
	n, err := c.from.Read(b)
	c.n += int64(n)
	_, _ = c.hash.Write(b[:n])
	if c.n > c.most {
		c.large = true
		return 0, errTooLarge
	}
	if err != nil && !errors.Is(err, io.EOF) {
		c.cut = err
	}
	return n, err
}

var errTooLarge = errors.New("intake: the file is too large")

// Receive takes a file as it comes, sealing it on the way, and keeps it as a
// draft until Begin says what it is. The errors are faults: Invalid at the field
// file when it is empty, too large or was cut off, Unavailable when the disk is
// full. Then nothing is left of it.
func (s *Service) Receive(ctx context.Context, a policies.Actor, name string, from io.Reader) (_ string, err error) {
	if err := s.may(a); err != nil {
		return "", err
	}
	id := newID()
	owner := vault.Upload(id)
	keys, err := s.Vault.Keys(ctx, owner)
	if err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Vault.Destroy(context.WithoutCancel(ctx), owner))
		}
	}()
	sum := sha256.New()
	c := &counted{from: from, most: s.most, hash: sum}
	if err := s.folder.write(id, keys[owner], c); err != nil {
		return "", refusedFile(c, err, s.most)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.folder.remove(id))
		}
	}()
	if c.n == 0 {
		return "", atFile("import.file.empty_file", nil)
	}
	in := Intake{ID: id}
	now := db.Millis(s.Clock.Now())
	return id, s.DB.InTx(ctx, func(tx *db.Tx) error {
		if _, err := tx.Run(`INSERT INTO intakes (id, state, staff_id, created_at, used_at, place, file_name, file_bytes, file_hash, changed_by, maps, failed) VALUES (?,?,?,?,?,?,?,?,?,?,'[]','')`,
			id, Draft, a.StaffID, now, now, s.folder.place, plainName(name), c.n, hex.EncodeToString(sum.Sum(nil)), a.StaffID); err != nil {
			return err
		}
		return s.Log.Append(tx, event(a, "import.received", in, audit.Detail{Name: "bytes", Value: strconv.FormatInt(c.n, 10)}))
	})
}

func atFile(key string, args map[string]any) error {
	problems := fault.Fields{}
	problems.Add("file", key, args)
	return problems.Err()
}

// refusedFile is what a person is told of a file that did not arrive.
func refusedFile(c *counted, err error, most int64) error {
	switch {
	case c.large:
		return atFile("import.too_large", map[string]any{"Max": most >> 20})
	case c.cut != nil:
		return errors.Join(atFile("import.cut", nil), c.cut)
	}
	return err
}

// plainName is the last part of a name without what no name has.
func plainName(name string) string {
	name = filepath.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, name)
	if runes := []rune(name); len(runes) > mostName {
		name = string(runes[len(runes)-mostName:]) // its end tells the kind
	}
	if name == "" || name == "." || name == "/" {
		return "file"
	}
	return name
}
