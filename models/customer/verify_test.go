package customer_test

import (
	"slices"
	"testing"

	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/modelstest"
	"shuke/models/vault"
	"shuke/policies"
)

// flaws looks through the whole base in small steps.
func flaws(t *testing.T, h *modelstest.House) []string {
	t.Helper()
	var out []string
	for from := int64(1); from > 0; {
		found, next, err := h.Customers.CheckKeys(ctx, from, 2)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			out = append(out, f.What)
		}
		from = next
	}
	return out
}

func TestWhatTheProgramWritesHasNoFlaw(t *testing.T) {
	h := modelstest.NewHouse(t)
	for range 3 {
		h.AddGuest("张明远", "phone", "138 0013 8000", "email", "ming@example.cn", "plate", "浙A12345", "document_kind", "other", "document_no", "AU 77-1", "employer", "西湖茶业")
	}
	id := h.AddGuest("Seán O'Neil", "former_name", "John Neil", "phone", "+353 1 234 5678", "phone.1", "13800138001", "member_no", "M-100 2")
	h.AddCompany("杭州西湖茶业有限公司", "company_short_name", "西湖茶业", "phone", "0571-87654321")
	if err := h.Change(h.Actor(policies.Manager), id, append(modelstest.Facts("name", "Shane O'Neil", "document_kind", "other", "document_no", "AU-78"),
		customer.Value{Field: "phone", Item: 1, Remove: true})...); err != nil {
		t.Fatal(err)
	}
	if found := flaws(t, h); len(found) > 0 {
		t.Error(found)
	}
}

// A number that stands at two places is still found when one of them goes.
func TestNumberHeldTwiceKeepsItsKeyWhenOneGoes(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("张明远", "document_kind", "other", "document_no", "AU-77", "document_kind.1", "other", "document_no.1", "AU-77")
	if err := h.Change(h.Actor(policies.Manager), id, customer.Value{Field: "document_no", Item: 1, Remove: true}, customer.Value{Field: "document_kind", Item: 1, Remove: true}); err != nil {
		t.Fatal(err)
	}
	if found := flaws(t, h); len(found) > 0 {
		t.Error(found)
	}
}

func TestFlawsAreFound(t *testing.T) {
	for what, c := range map[string]struct{ spoil, want string }{
		"a name that no fact says":      {"UPDATE customers SET name = '王五' WHERE id = ?", "identity: name"},
		"a key that nobody made":        {"INSERT INTO customer_keys (kind, k, customer_id) VALUES (4, 'x@example.cn', ?)", "a look-up key of kind 4 is too much"},
		"a key that is gone":            {"DELETE FROM customer_keys WHERE kind = 7 AND customer_id = ?", "a look-up key of kind 7 is missing"},
		"a signature beside the keys":   {"UPDATE customer_keys SET signature_other = 0 WHERE customer_id = ?", "a signature excludes a look-up key"},
		"one in the identity":           {"UPDATE customers SET signature_latin = 0 WHERE id = ?", "a signature excludes a look-up key"},
		"one among the latest":          {"UPDATE recents SET signature_latin = 0 WHERE customer_id = ?", "a signature excludes a look-up key"},
		"a fact beyond the number":      {"UPDATE customers SET facts = 1 WHERE id = ?", "fact 2 is numbered beyond 1"},
		"two facts at one place":        {"UPDATE facts SET field = 'name' WHERE field = 'phone' AND customer_id = ?", "two facts at name.0"},
		"a fact of the identity undone": {"UPDATE facts SET state = 1 WHERE field = 'phone' AND customer_id = ?", "identity: phones"},
	} {
		h := modelstest.NewHouse(t)
		h.AddGuest("李四")
		id := h.AddGuest("张明远", "phone", "13800138000", "document_kind", "other", "document_no", "AU-77")
		err := h.Main.InTx(ctx, func(tx *db.Tx) error {
			_, err := tx.Run(c.spoil, h.Customer(id).ID)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if found := flaws(t, h); !slices.Contains(found, c.want) {
			t.Errorf("%s: %q", what, found)
		}
	}
}

func TestKeysOfADestroyedDocumentAreAFlaw(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("张明远", "document_kind", "other", "document_no", "AU-77")
	if err := h.Vault.Destroy(ctx, vault.Customer(h.Customer(id).ID)); err != nil {
		t.Fatal(err)
	}
	if found := flaws(t, h); !slices.Contains(found, "a look-up key of kind 7 is too much") {
		t.Error(found)
	}
}
