package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"
)

// message is all that leaves the house about an event.
type message struct {
	ID       string `json:"id"`
	Kind     string `json:"kind"`
	Customer string `json:"customer"`
	At       string `json:"at"`
}

// Body is the message of a delivery, the same at every try.
func (d Delivery) Body() ([]byte, error) {
	return json.Marshal(message{ID: d.ID, Kind: d.Kind, Customer: d.Customer, At: d.At.UTC().Format("2006-01-02T15:04:05.000Z")})
}

// Sign proves to the receiver who sent the body, and when: HMAC-SHA256 over the
// seconds since 1970, a dot and the body.
func Sign(secret string, at time.Time, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "%d.", at.Unix())
	mac.Write(body)
	return fmt.Sprintf("t=%d,v1=%s", at.Unix(), hex.EncodeToString(mac.Sum(nil)))
}
