package webhook

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"time"

	"shuke/models/db"
)

// Emit notes within the transaction of an act that something has happened to a
// customer: the event and the act are kept or lost together. Where nobody wants
// to hear of the kind, it writes nothing and costs one read of an index.
func Emit(tx *db.Tx, kind, publicID string, at time.Time) error {
	return EmitAll(tx, kind, []string{publicID}, at)
}

// EmitAll is Emit for many customers of one transaction, with one read for all
// of them and many rows a statement.
func EmitAll(tx *db.Tx, kind string, publicIDs []string, at time.Time) error {
	if !known(kind) {
		return fmt.Errorf("webhook: %q is no kind of event", kind)
	}
	if len(publicIDs) == 0 {
		return nil
	}
	var hooks []string
	if err := tx.Raw("SELECT webhook_id FROM webhook_subscriptions WHERE kind = ?", kind).Scan(&hooks).Error; err != nil || len(hooks) == 0 {
		return err
	}
	args := make([]any, 0, eventWidth*len(hooks)*len(publicIDs))
	for _, hook := range hooks {
		for _, id := range publicIDs {
			args = append(args, randomID(16), hook, kind, id, db.Millis(at), db.Millis(at))
		}
	}
	return tx.InsertAll(insertEvents, eventWidth, args)
}

const insertEvents = "INSERT INTO webhook_deliveries (id, webhook_id, kind, customer, at, due_at) VALUES "

// eventWidth is how many columns insertEvents fills.
const eventWidth = 6

// randomID makes the name of an endpoint or delivery out of so many bytes.
func randomID(bytes int) string {
	raw := make([]byte, bytes)
	rand.Read(raw)
	return hex.EncodeToString(raw)
}
