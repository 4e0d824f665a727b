package webhook

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"net/url"
	"strings"

	"shuke/models/audit"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/models/vault"
	"shuke/policies"
)

// secretPrefix makes a leaked secret findable in files.
const secretPrefix = "shukehook_"

func newSecret() string {
	raw := make([]byte, 32)
	rand.Read(raw)
	return secretPrefix + base64.RawURLEncoding.EncodeToString(raw)
}

func secretPlace(id string) string { return "webhooks|" + id + "|secret" }

// seal makes a new secret and seals it under the key of the endpoint.
func (s *Service) seal(ctx context.Context, id string) (secret string, sealed []byte, err error) {
	owner := vault.Webhook(id)
	keys, err := s.vault.Keys(ctx, owner)
	if err != nil {
		return "", nil, err
	}
	secret = newSecret()
	sealed, err = keys[owner].Seal(secret, secretPlace(id))
	return secret, sealed, err
}

// Secret opens the secret by which deliveries to the endpoint are signed.
func (s *Service) Secret(ctx context.Context, id string) (string, error) {
	var sealed []byte
	if err := s.db.Read(ctx).Raw("SELECT secret FROM webhooks WHERE id = ?", id).Row().Scan(&sealed); err != nil {
		return "", err
	}
	key, err := s.vault.Key(ctx, vault.Webhook(id))
	if err != nil {
		return "", err
	}
	return key.Open(sealed, secretPlace(id))
}

// Add makes an endpoint and returns the secret of its signatures, which is shown
// this once. The same form sent again makes no second one.
func (s *Service) Add(ctx context.Context, a policies.Actor, d Draft) (id, secret string, err error) {
	if err := s.guard.Require(a, policies.WebhookManage); err != nil {
		return "", "", err
	}
	if err := d.check(s.hosts); err != nil {
		return "", "", err
	}
	id = randomID(8)
	secret, sealed, err := s.seal(ctx, id)
	if err != nil {
		return "", "", err
	}
	now := s.clock.Now()
	once := db.Once{StaffID: a.StaffID, Key: d.Once, Request: []string{"webhook", d.Address, d.kinds()}}
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		if _, done, err := once.Before(tx); err != nil || done {
			if done {
				return errShown
			}
			return err
		}
		var n int64
		if err := tx.Raw("SELECT COUNT(*) FROM webhooks").Row().Scan(&n); err != nil {
			return err
		}
		if n >= EndpointsMost {
			return fault.Newf(fault.Conflict, "webhook.too_many", map[string]any{"Max": EndpointsMost})
		}
		if _, err := tx.Run("INSERT INTO webhooks (id, address, kinds, active, secret, created_by, created_at) VALUES (?,?,?,1,?,?,?)",
			id, d.Address, d.kinds(), sealed, a.StaffID, db.Millis(now)); err != nil {
			return err
		}
		if err := subscribe(tx, id, d); err != nil {
			return err
		}
		if err := once.After(tx, id, now); err != nil {
			return err
		}
		return s.log.Append(tx, s.event(a, "webhook.added", id, d))
	})
	if db.Duplicate(err) && d.Once != "" {
		err = errShown
	}
	if err != nil {
		return "", "", errors.Join(err, s.vault.Destroy(context.WithoutCancel(ctx), vault.Webhook(id)))
	}
	return id, secret, nil
}

var errShown = fault.New(fault.Conflict, "webhook.shown_already")

func subscribe(tx *db.Tx, id string, d Draft) error {
	var args []any
	for kind := range strings.FieldsSeq(d.kinds()) {
		args = append(args, kind, id)
	}
	return tx.InsertAll("INSERT INTO webhook_subscriptions (kind, webhook_id) VALUES ", 2, args)
}

// event names the host and the kinds; the rest of an address can hold a secret
// of the other program.
func (s *Service) event(a policies.Actor, action, id string, d Draft) audit.Event {
	e := audit.By(a, action)
	e.Object = id
	if u, err := url.Parse(d.Address); err == nil && d.Address != "" {
		e.Details = append(e.Details, audit.Detail{Name: "host", Value: u.Host}, audit.Detail{Name: "kinds", Value: d.kinds()})
	}
	return e
}

// Edit changes where events go, which, and whether at all. What waits is dropped
// when it is switched off; switched on, it begins anew.
func (s *Service) Edit(ctx context.Context, a policies.Actor, d Draft) error {
	if err := s.guard.Require(a, policies.WebhookManage); err != nil {
		return err
	}
	if _, err := s.find(ctx, d.ID); err != nil {
		return err
	}
	if err := d.check(s.hosts); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		n, err := tx.Run("UPDATE webhooks SET address = ?, kinds = ?, active = ?, off_reason = '', failures = 0, paused_until = 0, version = version + 1 WHERE id = ? AND version = ?",
			d.Address, d.kinds(), d.On, d.ID, d.Version)
		if err != nil {
			return err
		}
		if n != 1 {
			return fault.New(fault.Conflict, "error.stale")
		}
		if err := s.silence(tx, d.ID); err != nil {
			return err
		}
		if d.On {
			err = subscribe(tx, d.ID, d)
		} else {
			err = s.drop(tx, d.ID, ReasonOff)
		}
		if err != nil {
			return err
		}
		e := s.event(a, "webhook.changed", d.ID, d)
		on := "no"
		if d.On {
			on = "yes"
		}
		e.Details = append(e.Details, audit.Detail{Name: "on", Value: on})
		return s.log.Append(tx, e)
	})
}

// silence ends what an endpoint hears of.
func (s *Service) silence(tx *db.Tx, id string) error {
	_, err := tx.Run("DELETE FROM webhook_subscriptions WHERE webhook_id = ?", id)
	return err
}

// drop gives up what waits for an endpoint.
func (s *Service) drop(tx *db.Tx, id string, why Reason) error {
	_, err := tx.Run("UPDATE webhook_deliveries SET ended_at = ?, outcome = ?, reason = ?, claim = '' WHERE webhook_id = ? AND ended_at = 0",
		db.Millis(s.clock.Now()), GivenUp, why, id)
	return err
}

// Renew replaces the secret of an endpoint, at once, and returns the new one.
func (s *Service) Renew(ctx context.Context, a policies.Actor, id string) (secret string, err error) {
	if err := s.guard.Require(a, policies.WebhookManage); err != nil {
		return "", err
	}
	if _, err := s.find(ctx, id); err != nil {
		return "", err
	}
	secret, sealed, err := s.seal(ctx, id)
	if err != nil {
		return "", err
	}
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		n, err := tx.Run("UPDATE webhooks SET secret = ? WHERE id = ?", sealed, id)
		if err != nil {
			return err
		}
		if n != 1 {
			return fault.New(fault.NotFound, "error.not_found")
		}
		return s.log.Append(tx, s.event(a, "webhook.secret_renewed", id, Draft{}))
	})
	if err != nil {
		return "", err
	}
	return secret, nil
}

// Remove ends an endpoint with everything that was or should be sent to it.
func (s *Service) Remove(ctx context.Context, a policies.Actor, id string) error {
	if err := s.guard.Require(a, policies.WebhookManage); err != nil {
		return err
	}
	gone, err := s.find(ctx, id)
	if err != nil {
		return err
	}
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		n, err := tx.Run("DELETE FROM webhooks WHERE id = ?", id)
		if err != nil {
			return err
		}
		if n != 1 {
			return fault.New(fault.NotFound, "error.not_found")
		}
		if err := s.silence(tx, id); err != nil {
			return err
		}
		if _, err := tx.Run("DELETE FROM webhook_deliveries WHERE webhook_id = ?", id); err != nil {
			return err
		}
		return s.log.Append(tx, s.event(a, "webhook.removed", id, Draft{Address: gone.Address, Kinds: gone.Kinds}))
	})
	if err != nil {
		return err
	}
	return s.vault.Destroy(ctx, vault.Webhook(id))
}
