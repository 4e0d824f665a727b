package staff

import (
	"context"
	"errors"
	"testing"
)

func stopped() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}

func TestAtMostTwoHashesAtOnce(t *testing.T) {
	h := NewHasher()
	for range 2 {
		if err := h.acquire(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	for range 10 { // a free place would be taken in half of the tries
		if _, err := h.Hash(stopped(), "whatever it is"); !errors.Is(err, context.Canceled) {
			t.Fatalf("a third hash began beside two: %v", err)
		}
		if _, err := h.Check(stopped(), "whatever it is", ""); !errors.Is(err, context.Canceled) {
			t.Fatalf("a third check began beside two: %v", err)
		}
	}
	<-h.slots
	if _, err := h.Hash(context.Background(), "whatever it is"); err != nil {
		t.Errorf("no hash although a slot is free: %v", err)
	}
}

func TestPasswordsAreTakenWhole(t *testing.T) {
	h, ctx := NewHasher(), context.Background()
	long := "0123456789 abcdefghij ABCDEFGHIJ 0123456789 abcdefghij ABCDEFGHIJ 0123456789 "
	hash, err := h.Hash(ctx, long+"a")
	if err != nil {
		t.Fatal(err)
	}
	for password, want := range map[string]bool{long + "a": true, long + "b": false, long: false, "": false} {
		if got, err := h.Check(ctx, password, hash); err != nil || got != want {
			t.Errorf("%d characters: %v, %v", len(password), got, err)
		}
	}
}

func TestNoPasswordMatchesTheDummy(t *testing.T) {
	h := NewHasher()
	for _, password := range []string{"", "a password", h.dummy} {
		if ok, err := h.Check(context.Background(), password, ""); ok || err != nil {
			t.Errorf("%q: %v, %v", password, ok, err)
		}
	}
}

func TestPasswordsThatAreGuessedAreRefused(t *testing.T) {
	for _, c := range []struct{ login, password, key string }{
		{"wang.fang", "short pw", "password.too_short"},
		{"wang.fang", "九个字的口令不够长", "password.too_short"},
		{"wang.fang", "xx-wang.fang-yy", "password.too_easy"},
		{"wang.fang", "1234567890", "password.too_easy"},
		{"wang.fang", "Password123", "password.too_easy"},
		{"wang.fang", "aaaaaaaaaaaa", "password.too_easy"},
		{"wang.fang", "qwertyuiop123", "password.too_easy"},
		{"wang.fang", "one plain sentence", ""},
		{"wang.fang", "十个字的口令刚刚好够长", ""},
	} {
		if got := checkNewPassword(c.login, c.password); got != c.key {
			t.Errorf("%q: %q, want %q", c.password, got, c.key)
		}
	}
}
