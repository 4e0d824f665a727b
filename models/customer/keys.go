package customer

import (
	"cmp"
	"slices"
	"strings"

	"shuke/models/db"
	"shuke/models/document"
	"shuke/models/email"
	"shuke/models/name"
	"shuke/models/phone"
	"shuke/models/plate"
	"shuke/models/vault"
)

// keyKind is the kind of a look-up key: keys of different kinds never meet.
type keyKind int

// The kinds. Each is scanned as a range of its own.
const (
	keyAlpha    keyKind = 1 // names in Latin letters: pinyin, initials, words
	keyChars    keyKind = 2 // names in characters: every suffix
	keyPhone    keyKind = 3 // every suffix of the national digits
	keyEmail    keyKind = 4
	keyPlate    keyKind = 5
	keyMember   keyKind = 6
	keyDocument keyKind = 7 // blind index, whole only
	keyOrgAlpha keyKind = 8 // employer, as names
	keyOrgChars keyKind = 9
	keyOwn      keyKind = 30 // of a house's own field, blind index; no look-up reads it
)

// key is one look-up key of a customer.
type key struct {
	kind keyKind
	k    string
}

// maxKeyLength is what the column takes, in characters.
const maxKeyLength = 96

// keysOf lists the look-up keys of an identity, sorted; documents are added by
// those who hold their numbers in the clear.
func keysOf(c Customer) []key {
	var out []key
	add := func(kind keyKind, values ...string) {
		for _, v := range values {
			if v != "" {
				out = append(out, key{kind, cut(v, maxKeyLength)})
			}
		}
	}
	names := func(alpha, chars keyKind, full, reading string) {
		if full != "" {
			k := name.KeysOf(full, reading)
			add(alpha, k.Alpha...)
			add(chars, k.Chars...)
		}
	}
	names(keyAlpha, keyChars, c.Name, c.entered())
	for _, other := range c.OtherNames {
		names(keyAlpha, keyChars, other, "")
	}
	names(keyOrgAlpha, keyOrgChars, c.Employer, "")
	for _, p := range c.Phones {
		add(keyPhone, phone.Suffixes(p)...)
	}
	for _, e := range c.Emails {
		add(keyEmail, email.Key(e))
	}
	for _, p := range c.Plates {
		add(keyPlate, plate.Keys(p)...)
	}
	for _, number := range c.MemberNos {
		add(keyMember, memberKey(number))
	}
	return sortedKeys(out)
}

func sortedKeys(keys []key) []key {
	slices.SortFunc(keys, func(a, b key) int { return cmp.Or(cmp.Compare(a.kind, b.kind), strings.Compare(a.k, b.k)) })
	return slices.Compact(keys)
}

// memberKey is a member number as it is compared: without blanks and dashes.
func memberKey(s string) string { return strings.ToLower(document.Normalize(s)) }

// documentKey is the blind index of a document number. The kind is left out: a
// clerk types a number and does not say what it is of.
func documentKey(v *vault.Vault, number string) (key, error) {
	index, err := v.BlindIndex("document", document.Normalize(number))
	return key{keyDocument, index}, err
}

// keyColumns are those of a look-up key, keyWidth how many they are.
const (
	keyColumns = "kind, k, customer_id, signature_latin, signature_other"
	keyWidth   = 5
)

func (k key) args(customerID int64, s signature) []any {
	return []any{k.kind, k.k, customerID, s.latin, s.other}
}

func insertKeys(tx *db.Tx, customerID int64, keys []key, s signature) error {
	for chunk := range slices.Chunk(keys, 100) {
		args := make([]any, 0, keyWidth*len(chunk))
		for _, k := range chunk {
			args = append(args, k.args(customerID, s)...)
		}
		if _, err := tx.Run("INSERT INTO customer_keys ("+keyColumns+") VALUES "+db.Rows(len(chunk), keyWidth), args...); err != nil {
			return err
		}
	}
	return nil
}

// replaceKeys makes the stored keys of a customer those given and returns their
// signature. Keys of documents and of own fields stay unless named in gone,
// since their values are sealed.
func replaceKeys(tx *db.Tx, customerID int64, want, gone []key) (signature, error) {
	have, err := storedKeys(tx, customerID)
	if err != nil {
		return signature{}, err
	}
	wanted := map[key]bool{}
	for _, k := range want {
		wanted[k] = true
	}
	remove := map[key]bool{}
	for _, k := range gone {
		remove[k] = !wanted[k]
	}
	var add []key
	now := slices.Clone(want)
	for k := range have {
		switch {
		case wanted[k]:
		case (k.kind == keyDocument || k.kind == keyOwn) && !remove[k]:
			now = append(now, k)
		default:
			if _, err := tx.Run("DELETE FROM customer_keys WHERE kind = ? AND k = ? AND customer_id = ?", k.kind, k.k, customerID); err != nil {
				return signature{}, err
			}
		}
	}
	for _, k := range want {
		if !have[k] {
			add = append(add, k)
		}
	}
	s := signatureOf(now)
	if _, err := tx.Run("UPDATE customer_keys SET signature_latin = ?, signature_other = ? WHERE customer_id = ? AND (signature_latin <> ? OR signature_other <> ?)",
		s.latin, s.other, customerID, s.latin, s.other); err != nil {
		return s, err
	}
	return s, insertKeys(tx, customerID, sortedKeys(add), s)
}

func storedKeys(tx *db.Tx, customerID int64) (map[key]bool, error) {
	rows, err := tx.Raw("SELECT kind, k FROM customer_keys WHERE customer_id = ?", customerID).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[key]bool{}
	for rows.Next() {
		var k key
		if err := rows.Scan(&k.kind, &k.k); err != nil {
			return nil, err
		}
		out[k] = true
	}
	return out, rows.Err()
}
