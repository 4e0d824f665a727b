package db

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"shuke/models/fault"
)

// Once names a write that must have one effect however often it is sent: the
// same form twice, a call repeated after a timeout.
type Once struct {
	StaffID int64
	Key     string   // chosen by the sender: a form's hidden field, the Idempotency-Key header
	Request []string // what was asked; the same key with another request is a mistake
}

// maxKey bounds what a sender may choose as a key.
const maxKey = 64

func (o Once) hash() string {
	sum := sha256.Sum256([]byte(strings.Join(o.Request, "\x00")))
	return hex.EncodeToString(sum[:])
}

// Before returns the answer given earlier, if there was one.
func (o Once) Before(tx *Tx) (answer string, done bool, err error) {
	if o.Key == "" {
		return "", false, nil
	}
	if len(o.Key) > maxKey {
		return "", false, fault.New(fault.Invalid, "error.key_too_long")
	}
	var request string
	err = tx.Raw("SELECT request, answer FROM idempotency WHERE staff_id = ? AND k = ?", o.StaffID, o.Key).Row().Scan(&request, &answer)
	if NoRow(err) {
		return "", false, nil
	}
	if err != nil {
		return "", false, err
	}
	if request != o.hash() {
		return "", false, fault.New(fault.Conflict, "error.key_reused")
	}
	return answer, true, nil
}

// After keeps the answer, in the transaction of the write itself. Of two that
// race, the second fails on the key and finds the answer when it tries again.
func (o Once) After(tx *Tx, answer string, now time.Time) error {
	if o.Key == "" {
		return nil
	}
	_, err := tx.Run("INSERT INTO idempotency (staff_id, k, request, answer, created_at) VALUES (?,?,?,?,?)", o.StaffID, o.Key, o.hash(), answer, Millis(now))
	return err
}
