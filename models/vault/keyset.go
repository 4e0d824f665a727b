// Package vault seals sensitive values under a key of each customer's own and
// makes blind indexes of document numbers. It knows neither fields nor people:
// it gets an owner's name, bytes, and what they belong to.
package vault

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/prf"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// keysetFile holds both keysets, readable by its owner alone. It never lies in
// a database: a copy of every database opens nothing without it.
const keysetFile = "keyset.json"

type keysets struct {
	wrapping tink.AEAD
	index    *prf.Set
}

type keysetJSON struct {
	Wrapping json.RawMessage `json:"wrapping"` // AES-256-GCM, wraps the data keys
	Index    json.RawMessage `json:"index"`    // HMAC-SHA256 PRF, blind indexes; never rotated, or every index changes
}

// ErrNoKeyset says that the keyset file is not there.
var ErrNoKeyset = errors.New("vault: the keyset file is missing")

// CreateKeyset writes a new keyset file unless there is one.
func CreateKeyset(dir string) error {
	path := filepath.Join(dir, keysetFile)
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	wrapping, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return err
	}
	index, err := keyset.NewHandle(prf.HMACSHA256PRFKeyTemplate())
	if err != nil {
		return err
	}
	var file keysetJSON
	if file.Wrapping, err = export(wrapping); err != nil {
		return err
	}
	if file.Index, err = export(index); err != nil {
		return err
	}
	text, err := json.MarshalIndent(file, "", "  ")
	if err != nil {
		return err
	}
	return writePrivate(path, text)
}

func export(h *keyset.Handle) (json.RawMessage, error) {
	var b bytes.Buffer
	err := insecurecleartextkeyset.Write(h, keyset.NewJSONWriter(&b))
	return b.Bytes(), err
}

// writePrivate makes the file whole on disk before it gets its name.
func writePrivate(path string, text []byte) error {
	f, err := os.OpenFile(path+".new", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err := f.Write(text); err != nil {
		return errors.Join(err, f.Close())
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(path+".new", path); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

func loadKeyset(dir string) (keysets, error) {
	path := filepath.Join(dir, keysetFile)
	info, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) {
		return keysets{}, ErrNoKeyset
	}
	if err != nil {
		return keysets{}, err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return keysets{}, fmt.Errorf("vault: %s can be read by others (%v): chmod 600", path, info.Mode().Perm())
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return keysets{}, err
	}
	var file keysetJSON
	if err := json.Unmarshal(text, &file); err != nil {
		return keysets{}, errors.New("vault: the keyset file is damaged")
	}
	wrapping, err := handle(file.Wrapping)
	if err != nil {
		return keysets{}, err
	}
	index, err := handle(file.Index)
	if err != nil {
		return keysets{}, err
	}
	var k keysets
	if k.wrapping, err = aead.New(wrapping); err != nil {
		return keysets{}, err
	}
	k.index, err = prf.NewPRFSet(index)
	return k, err
}

func handle(text json.RawMessage) (*keyset.Handle, error) {
	h, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(text)))
	if err != nil {
		return nil, errors.New("vault: the keyset file is damaged")
	}
	return h, nil
}
