package vault

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/tink-crypto/tink-go/v2/aead/subtle"

	"shuke/models/clock"
	"shuke/models/db"
	"shuke/models/fault"
)

// Vault opens and makes data keys.
type Vault struct {
	keys  keysets
	db    *db.DB
	clock clock.Clock
}

// Open loads the keyset of the folder. It never makes one: a new key in place
// of a lost one would hide that everything sealed is lost.
func Open(dir string, d *db.DB, c clock.Clock) (*Vault, error) {
	k, err := loadKeyset(dir)
	if err != nil {
		return nil, err
	}
	return &Vault{keys: k, db: d, clock: c}, nil
}

// Key seals and opens values of one owner.
type Key struct {
	owner  string
	cipher *subtle.AESGCM
}

// Customer names the owner of a customer's key.
func Customer(id int64) string { return fmt.Sprintf("customer:%d", id) }

// Import names the owner of an import's key, under which refused rows lie.
func Import(id int64) string { return fmt.Sprintf("import:%d", id) }

// Webhook names the owner of an endpoint's key, under which its secret lies.
func Webhook(id string) string { return "webhook:" + id }

// Upload names the owner of the key under which a file that was handed in lies
// until it is taken in; the key goes with the file.
func Upload(id string) string { return "upload:" + id }

// Intake names the owner of the key under which lies what is kept of a file that
// was handed in: its report, and pictures of the paper it was typed from.
func Intake(id string) string { return "intake:" + id }

// keyBytes is the size of a data key: AES-256.
const keyBytes = 32

// wrappedKey is a data key ready to be stored.
type wrappedKey struct {
	owner   string
	wrapped []byte
}

func (v *Vault) make(owner string) (Key, wrappedKey, error) {
	raw := make([]byte, keyBytes)
	rand.Read(raw)
	wrapped, err := v.keys.wrapping.Encrypt(raw, []byte("data_key|"+owner))
	if err != nil {
		return Key{}, wrappedKey{}, err
	}
	key, err := newKey(owner, raw)
	return key, wrappedKey{owner, wrapped}, err
}

func newKey(owner string, raw []byte) (Key, error) {
	cipher, err := subtle.NewAESGCM(raw)
	return Key{owner: owner, cipher: cipher}, err
}

// ErrDestroyed says that an owner has no key: never had, or erased.
var ErrDestroyed = fault.New(fault.Gone, "error.key_destroyed")

// Keys returns the keys of the owners, making those that are missing; made keys
// are durable when it returns, before anything is sealed under them.
func (v *Vault) Keys(ctx context.Context, owners ...string) (map[string]Key, error) {
	found, err := v.load(ctx, owners)
	if err != nil {
		return nil, err
	}
	var missing []string
	for _, owner := range owners {
		if _, ok := found[owner]; !ok {
			missing = append(missing, owner)
		}
	}
	made, err := v.NewKeys(ctx, missing...)
	if db.Duplicate(err) { // somebody else made one meanwhile
		return v.load(ctx, owners)
	}
	if err != nil {
		return nil, err
	}
	for owner, key := range made {
		found[owner] = key
	}
	return found, nil
}

// NewKeys makes keys for owners known to have none.
func (v *Vault) NewKeys(ctx context.Context, owners ...string) (map[string]Key, error) {
	keys := make(map[string]Key, len(owners))
	if len(owners) == 0 {
		return keys, nil
	}
	args := make([]any, 0, 3*len(owners))
	now := db.Millis(v.clock.Now())
	for _, owner := range owners {
		if _, twice := keys[owner]; twice {
			continue
		}
		key, wrapped, err := v.make(owner)
		if err != nil {
			return nil, err
		}
		keys[owner] = key
		args = append(args, owner, wrapped.wrapped, now)
	}
	err := v.db.InTx(ctx, func(tx *db.Tx) error {
		return tx.InsertAll("INSERT INTO data_keys (owner, wrapped, created_at) VALUES ", 3, args)
	})
	return keys, err
}

// Unkept returns a key that nobody keeps: what is sealed under it opens nowhere
// once the key is forgotten. It serves those who work something out that they do
// not write.
func (v *Vault) Unkept(owner string) (Key, error) {
	key, _, err := v.make(owner)
	return key, err
}

// Existing returns the keys of those of the owners who have one, and makes none.
func (v *Vault) Existing(ctx context.Context, owners ...string) (map[string]Key, error) {
	return v.load(ctx, owners)
}

// Key returns the key of one owner, or ErrDestroyed.
func (v *Vault) Key(ctx context.Context, owner string) (Key, error) {
	found, err := v.load(ctx, []string{owner})
	if err != nil {
		return Key{}, err
	}
	key, ok := found[owner]
	if !ok {
		return Key{}, ErrDestroyed
	}
	return key, nil
}

func (v *Vault) load(ctx context.Context, owners []string) (map[string]Key, error) {
	out := make(map[string]Key, len(owners))
	for len(owners) > 0 {
		n := min(len(owners), 500)
		rows, err := v.db.Read(ctx).Raw("SELECT owner, wrapped FROM data_keys WHERE owner IN ?", owners[:n]).Rows()
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var w wrappedKey
			if err := rows.Scan(&w.owner, &w.wrapped); err != nil {
				return nil, errors.Join(err, rows.Close())
			}
			raw, err := v.keys.wrapping.Decrypt(w.wrapped, []byte("data_key|"+w.owner))
			if err != nil {
				return nil, errors.Join(errors.New("vault: a data key does not belong to this keyset"), rows.Close())
			}
			if out[w.owner], err = newKey(w.owner, raw); err != nil {
				return nil, errors.Join(err, rows.Close())
			}
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return nil, err
		}
		owners = owners[n:]
	}
	return out, nil
}

// Destroy deletes the keys of owners: what was sealed under them can no longer be
// read, here or in any copy of the main database, of whatever age.
func (v *Vault) Destroy(ctx context.Context, owners ...string) error {
	if len(owners) == 0 {
		return nil
	}
	err := v.db.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Run("DELETE FROM data_keys WHERE owner IN ?", owners)
		return err
	})
	if err != nil || v.db.Dialect() != db.SQLite {
		return err
	}
	// The log still holds the page as it was: fold it in and empty it.
	return v.db.Read(ctx).Exec("PRAGMA wal_checkpoint(TRUNCATE)").Error
}

// Check proves that the keyset opens what lies in the database.
func (v *Vault) Check(ctx context.Context) error {
	var owner []string
	if err := v.db.Read(ctx).Raw("SELECT owner FROM data_keys LIMIT 1").Scan(&owner).Error; err != nil || len(owner) == 0 {
		return err
	}
	_, err := v.load(ctx, owner)
	return err
}

// version is the first byte of sealed values, so that the way of sealing can
// change while old values stay readable.
const version = 1

// Seal encrypts a value with AES-256-GCM. What it belongs to (row identity) is
// bound in: a sealed value moved to another row does not open.
func (k Key) Seal(value, belongsTo string) ([]byte, error) {
	sealed, err := k.cipher.Encrypt([]byte(value), []byte(k.owner+"|"+belongsTo))
	if err != nil {
		return nil, err
	}
	return append([]byte{version}, sealed...), nil
}

// Open decrypts a sealed value of that row.
func (k Key) Open(sealed []byte, belongsTo string) (string, error) {
	if len(sealed) == 0 || sealed[0] != version {
		return "", errors.New("vault: unknown form of sealed value")
	}
	value, err := k.cipher.Decrypt(sealed[1:], []byte(k.owner+"|"+belongsTo))
	if err != nil {
		return "", errors.New("vault: sealed value is damaged or belongs elsewhere")
	}
	return string(value), nil
}

// indexBytes is the length of a blind index: 128 bits, beyond any chance meeting.
const indexBytes = 16

// BlindIndex is a keyed hash by which a whole value can be found again. The
// kind keeps equal values of different kinds apart.
func (v *Vault) BlindIndex(kind, normalized string) (string, error) {
	sum, err := v.keys.index.ComputePrimaryPRF([]byte(kind+"|"+normalized), indexBytes)
	return hex.EncodeToString(sum), err
}
