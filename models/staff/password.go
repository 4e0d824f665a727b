package staff

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"shuke/models/fault"
)

// Argon2id with 19 MiB, two passes and one lane: the parameters of the OWASP
// password storage cheat sheet.
const (
	argonMemory  = 19 * 1024 // KiB
	argonTime    = 2
	argonThreads = 1
	argonKey     = 32
)

// Bounds of a password in characters. There is no rule of composition.
const (
	passwordMin = 10
	passwordMax = 200
)

// Hasher hashes passwords, at most two at a time: a burst of sign-ins must not
// take the memory that clerks need.
type Hasher struct {
	slots chan struct{}
	dummy string
}

// NewHasher returns a hasher with its own dummy hash, which unknown names are
// checked against so that they take as long as known ones.
func NewHasher() *Hasher {
	h := &Hasher{slots: make(chan struct{}, 2)}
	h.dummy = encodeHash(randomBytes(16), randomBytes(argonKey))
	return h
}

func randomBytes(n int) []byte {
	b := make([]byte, n)
	rand.Read(b)
	return b
}

func encodeHash(salt, key []byte) string {
	e := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonThreads, e.EncodeToString(salt), e.EncodeToString(key))
}

func (h *Hasher) acquire(ctx context.Context) error {
	select {
	case h.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Hash returns the encoded hash of a password.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	if err := h.acquire(ctx); err != nil {
		return "", err
	}
	defer func() { <-h.slots }()
	salt := randomBytes(16)
	return encodeHash(salt, argon2.IDKey([]byte(password), salt, argonTime, argonMemory, argonThreads, argonKey)), nil
}

// Check compares a password with an encoded hash in constant time; an empty
// hash is compared with the dummy and never matches.
func (h *Hasher) Check(ctx context.Context, password, encoded string) (bool, error) {
	known := encoded != ""
	if !known {
		encoded = h.dummy
	}
	salt, key, err := decodeHash(encoded)
	if err != nil {
		return false, err
	}
	if err := h.acquire(ctx); err != nil {
		return false, err
	}
	defer func() { <-h.slots }()
	got := argon2.IDKey([]byte(password), salt, argonTime, argonMemory, argonThreads, uint32(len(key)))
	return subtle.ConstantTimeCompare(got, key) == 1 && known, nil
}

func decodeHash(encoded string) (salt, key []byte, err error) {
	parts := strings.Split(encoded, "$")
	want := fmt.Sprintf("m=%d,t=%d,p=%d", argonMemory, argonTime, argonThreads)
	if len(parts) != 6 || parts[1] != "argon2id" || parts[3] != want {
		return nil, nil, errors.New("staff: unknown form of password hash")
	}
	if salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err != nil {
		return nil, nil, err
	}
	key, err = base64.RawStdEncoding.DecodeString(parts[5])
	return salt, key, err
}

// checkNewPassword refuses what would be guessed: short ones, the login itself,
// one character or a plain run repeated.
func checkNewPassword(login, password string) string {
	n := utf8.RuneCountInString(password)
	folded := strings.ToLower(password)
	switch {
	case n < passwordMin:
		return "password.too_short"
	case n > passwordMax:
		return "password.too_long"
	case strings.Contains(folded, strings.ToLower(login)) || common(folded):
		return "password.too_easy"
	}
	return ""
}

// runs are what hands type without thinking; a password made of their pieces
// and little else is among the first that are tried.
var runs = []string{"abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "01234567890123456789", "09876543210987654321",
	"1qaz2wsx3edc4rfv", "password", "woaini", "admin", "iloveyou", "welcome", "letmein", "shuke", "hotel", "jiudian"}

func common(folded string) bool {
	rest := folded
	for _, run := range runs {
		for size := len(run); size >= 3; size-- {
			for at := 0; at+size <= len(run); at++ {
				rest = strings.ReplaceAll(rest, run[at:at+size], "")
			}
		}
	}
	distinct := map[rune]bool{}
	for _, r := range rest {
		distinct[r] = true
	}
	return len(distinct) < 5
}

// passwordLetters leaves out what is misread on paper.
const passwordLetters = "abcdefghjkmnpqrstuvwxyz23456789"

// firstPassword makes a random password of 80 bits in groups of four.
func firstPassword() string {
	raw := randomBytes(16)
	var b strings.Builder
	for i, v := range raw {
		if i > 0 && i%4 == 0 {
			b.WriteByte('-')
		}
		// 31 letters of a byte: the bias of 256 mod 31 costs under a tenth of a bit each.
		b.WriteByte(passwordLetters[int(v)%len(passwordLetters)])
	}
	return b.String()
}

var errSignIn = fault.New(fault.Unauthenticated, "signin.wrong")
