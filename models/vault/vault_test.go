package vault_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"shuke/models/clock"
	"shuke/models/modelstest"
	"shuke/models/vault"
)

func open(t *testing.T) (*vault.Vault, string, modelstest.Databases) {
	t.Helper()
	dir := t.TempDir()
	d := modelstest.Open(t)
	if err := vault.CreateKeyset(dir); err != nil {
		t.Fatal(err)
	}
	v, err := vault.Open(dir, d.Keys, clock.Real())
	if err != nil {
		t.Fatal(err)
	}
	return v, dir, d
}

func seal(t *testing.T, v *vault.Vault, id int64, value, row string) []byte {
	t.Helper()
	keys, err := v.Keys(context.Background(), vault.Customer(id))
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := keys[vault.Customer(id)].Seal(value, row)
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

func TestSealedValueOpensOnlyInItsOwnRow(t *testing.T) {
	v, _, _ := open(t)
	sealed := seal(t, v, 7, "SENTINEL", "facts|7|1|health")
	if bytes.Contains(sealed, []byte("SENTINEL")) {
		t.Fatal("the value stands in the clear")
	}
	key, _ := v.Key(context.Background(), vault.Customer(7))
	if got, err := key.Open(sealed, "facts|7|1|health"); err != nil || got != "SENTINEL" {
		t.Fatalf("own row: %q, %v", got, err)
	}
	if _, err := key.Open(sealed, "facts|7|2|health"); err == nil {
		t.Error("it opened in another row")
	}
	keys, _ := v.Keys(context.Background(), vault.Customer(8))
	if _, err := keys[vault.Customer(8)].Open(sealed, "facts|7|1|health"); err == nil {
		t.Error("it opened with another customer's key")
	}
	for i := range sealed {
		broken := bytes.Clone(sealed)
		broken[i] ^= 1
		if _, err := key.Open(broken, "facts|7|1|health"); err == nil {
			t.Fatalf("byte %d changed and nobody noticed", i)
		}
	}
}

func TestDestroyedKeyOpensNothing(t *testing.T) {
	v, _, d := open(t)
	ctx := context.Background()
	seal(t, v, 7, "x", "row")
	if err := v.Destroy(ctx, vault.Customer(7)); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Key(ctx, vault.Customer(7)); !errors.Is(err, vault.ErrDestroyed) {
		t.Fatalf("want ErrDestroyed, got %v", err)
	}
	_ = d
}

func TestVaultNeverMakesAKeysetByItself(t *testing.T) {
	_, dir, d := open(t)
	if err := os.Remove(filepath.Join(dir, "keyset.json")); err != nil {
		t.Fatal(err)
	}
	if _, err := vault.Open(dir, d.Keys, clock.Real()); !errors.Is(err, vault.ErrNoKeyset) {
		t.Fatalf("want ErrNoKeyset, got %v", err)
	}
}

func TestKeysetReadableByOthersIsRefused(t *testing.T) {
	_, dir, d := open(t)
	if err := os.Chmod(filepath.Join(dir, "keyset.json"), 0o640); err != nil {
		t.Fatal(err)
	}
	if _, err := vault.Open(dir, d.Keys, clock.Real()); err == nil {
		t.Fatal("opened a keyset that others can read")
	}
}

func TestForeignKeysetIsNoticedAtStart(t *testing.T) {
	v, _, d := open(t)
	seal(t, v, 7, "x", "row")
	other := t.TempDir()
	if err := vault.CreateKeyset(other); err != nil {
		t.Fatal(err)
	}
	w, err := vault.Open(other, d.Keys, clock.Real())
	if err != nil {
		t.Fatal(err)
	}
	if w.Check(context.Background()) == nil {
		t.Fatal("a foreign keyset was taken for ours")
	}
}

func TestBlindIndexKeepsKindsApart(t *testing.T) {
	v, _, _ := open(t)
	a, _ := v.BlindIndex("document", "X1")
	b, _ := v.BlindIndex("document", "X1")
	c, _ := v.BlindIndex("other", "X1")
	if a != b || a == c || len(a) != 32 {
		t.Fatalf("%q %q %q", a, b, c)
	}
}
