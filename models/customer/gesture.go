package customer

import (
	"context"

	"shuke/models/db"
	"shuke/policies"
)

// Gesture is a small kindness of the house: when it fits, what it costs, and the
// post that may grant it.
type Gesture struct {
	Key      string
	TextZH   string
	TextEN   string
	Occasion string // one of Occasions
	Every    int    // for a stay: each so many visits, 5 for the fifth, tenth …
	Price    int64  // minor units
	Post     policies.Role
	Tags     []string // what is in it, so that it meets no taboo
	Position int
	On       bool
	Version  int64
}

// When a gesture fits.
const (
	OnFirstStay = "first"
	OnStay      = "stay" // every so many visits
	OnBirthday  = "birthday"
	OnWedding   = "wedding"
	OnReturn    = "soon" // back within a month
)

// Occasions lists them.
var Occasions = []string{OnFirstStay, OnStay, OnReturn, OnBirthday, OnWedding}

// Posts are those who may grant gestures, the least first: whoever stands above
// may too.
var Posts = []policies.Role{policies.FrontDesk, policies.Service, policies.Manager, policies.Owner}

// Tags are what a gesture or a wish can have to do with.
var Tags = []string{"alcohol", "flowers", "clock", "sweet", "caffeine", "pork", "beef", "meat", "seafood", "nuts", "dairy", "egg", "gluten", "smoke", "feather", "latex", "noise", "photo", "family_talk"}

// In returns the gesture in the language.
func (g Gesture) In(lang string) string { return inLanguage(lang, g.TextZH, g.TextEN) }

// Gestures lists the house's gestures in its order.
func (c *Catalogue) Gestures() []Gesture { return c.gestures }

// loadGestures fills the list; it changes with the version of the catalogue.
func (s *Service) loadGestures(ctx context.Context, c *Catalogue) error {
	rows, err := s.db.Read(ctx).Raw("SELECT k, text_zh, text_en, occasion, every, price, post, tags, position, is_on, version FROM gestures ORDER BY position, k").Rows()
	if err != nil {
		return err
	}
	return db.Each(rows, func() error {
		var g Gesture
		var tags string
		err := rows.Scan(&g.Key, &g.TextZH, &g.TextEN, &g.Occasion, &g.Every, &g.Price, &g.Post, &tags, &g.Position, &g.On, &g.Version)
		g.Tags = lines(tags)
		c.gestures = append(c.gestures, g)
		return err
	})
}
