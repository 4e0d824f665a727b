// Package text holds every sentence people read, in each language, and writes
// dates, numbers and money the way that language does. Pages ask it by key; it
// knows nothing of what the sentences are about, of HTTP or of HTML.
//
// Messages lie in messages/LANGUAGE/AREA.json, flat and sorted; any file put
// there is loaded. A value is a sentence, which may hold {{.Name}}, or an object
// with "one" and "other" where English needs a plural: Count decides.
package text

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"path"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed messages/*/*.json
var messages embed.FS

// Catalog is all messages of all languages. It is safe for concurrent use.
type Catalog struct {
	voices  map[Language]*voice
	missing atomic.Int64
	mu      sync.Mutex
	unknown map[string]bool
}

// voice is one language: sentences without holes ready in a map, and those with
// holes or plurals behind the localizer.
type voice struct {
	plain  map[string]string
	shaped map[string]bool
	i18n   *i18n.Localizer
}

// Load reads the embedded messages. It fails on a file that is no flat object
// of messages and on a key that two files of one language define.
func Load() (*Catalog, error) {
	// The default must be the very tag of the files: with zh-Hans a visitor who
	// asks for zh-TW would get empty texts.
	bundle := i18n.NewBundle(language.MustParse(string(Chinese)))
	c := &Catalog{voices: map[Language]*voice{}, unknown: map[string]bool{}}
	for _, lang := range Languages() {
		v := &voice{plain: map[string]string{}, shaped: map[string]bool{}}
		dir := "messages/" + string(lang)
		entries, err := messages.ReadDir(dir)
		if err != nil {
			return nil, fmt.Errorf("text: %w", err)
		}
		for _, e := range entries {
			name := path.Join(dir, e.Name())
			if err := v.read(bundle, lang, name); err != nil {
				return nil, fmt.Errorf("text: %s: %w", name, err)
			}
		}
		v.i18n = i18n.NewLocalizer(bundle, string(lang))
		c.voices[lang] = v
	}
	return c, nil
}

func (v *voice) read(bundle *i18n.Bundle, lang Language, name string) error {
	b, err := messages.ReadFile(name)
	if err != nil {
		return err
	}
	var raw map[string]any
	if err := json.Unmarshal(b, &raw); err != nil {
		return err
	}
	for key, value := range raw {
		if _, twice := v.plain[key]; twice || v.shaped[key] {
			return fmt.Errorf("key %q is defined twice", key)
		}
		switch s := value.(type) {
		case string:
			if strings.Contains(s, "{{") {
				v.shaped[key] = true
			} else {
				v.plain[key] = s
			}
		case map[string]any:
			if _, ok := s["other"].(string); !ok {
				return fmt.Errorf("key %q: a plural needs \"other\"; keys are flat", key)
			}
			v.shaped[key] = true
		default:
			return fmt.Errorf("key %q is neither a sentence nor a plural", key)
		}
	}
	_, err = bundle.ParseMessageFileBytes(b, path.Join(path.Dir(name), string(lang)+".json"))
	return err
}

// Missing returns how often a key was asked for that its language lacks.
func (c *Catalog) Missing() int64 { return c.missing.Load() }

// MissingKeys returns the keys that were asked for and not found, at most 200.
func (c *Catalog) MissingKeys() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	keys := make([]string, 0, len(c.unknown))
	for k := range c.unknown {
		keys = append(keys, k)
	}
	return keys
}

func (c *Catalog) miss(lang Language, key string) {
	const enough = 200
	c.missing.Add(1)
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.unknown) < enough {
		c.unknown[string(lang)+" "+key] = true
	}
}

// Printer returns what writes in the language with times of the place; a nil
// place is UTC, an unknown language is Chinese.
func (c *Catalog) Printer(lang Language, place *time.Location) *Printer {
	v, ok := c.voices[lang]
	if !ok {
		lang, v = Chinese, c.voices[Chinese]
	}
	if place == nil {
		place = time.UTC
	}
	return &Printer{lang: lang, place: place, voice: v, catalog: c}
}

type contextKey struct{}

// With puts the printer of a request into its context.
func With(ctx context.Context, p *Printer) context.Context {
	return context.WithValue(ctx, contextKey{}, p)
}

// From returns the printer of the context, nil when there is none.
func From(ctx context.Context) *Printer {
	p, _ := ctx.Value(contextKey{}).(*Printer)
	return p
}

// T returns the sentence of the key in the context's language, with the values
// of args in its holes; Count also chooses between "one" and "other". A key that
// is missing comes back as itself and is counted.
func T(ctx context.Context, key string, args ...map[string]any) string {
	p := From(ctx)
	if p == nil {
		return key
	}
	return p.T(key, args...)
}
