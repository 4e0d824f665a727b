package text

import (
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// Printer writes for one reader: a language and the place whose clock they live
// by. It is immutable.
type Printer struct {
	lang    Language
	place   *time.Location
	voice   *voice
	catalog *Catalog
}

// Language returns the language the printer writes.
func (p *Printer) Language() Language { return p.lang }

// Location returns the place whose time the printer shows.
func (p *Printer) Location() *time.Location { return p.place }

// T is the method behind the function T.
func (p *Printer) T(key string, args ...map[string]any) string {
	if s, ok := p.voice.plain[key]; ok {
		return s
	}
	if !p.voice.shaped[key] {
		p.catalog.miss(p.lang, key)
		return key
	}
	config := &i18n.LocalizeConfig{MessageID: key}
	if len(args) > 0 {
		config.TemplateData = args[0]
		config.PluralCount = args[0]["Count"]
	}
	s, err := p.voice.i18n.Localize(config)
	if err != nil {
		p.catalog.miss(p.lang, key)
		return key
	}
	return s
}

// Has reports whether the key exists in the printer's language.
func (p *Printer) Has(key string) bool {
	_, ok := p.voice.plain[key]
	return ok || p.voice.shaped[key]
}
