package customer

import (
	"context"
	"slices"

	"shuke/models/catalogue"
	"shuke/models/db"
	"shuke/models/phrase"
)

// Area is a service area: what wishes are filed under, and which department
// acts on them. The list is the house's own.
type Area struct {
	Key        string
	NameZH     string
	NameEN     string
	Words      []string // further ways of saying that a wish belongs here
	Department string
	Icon       string
	Safety     bool // allergies and dangers: before everything else, never overlooked
	Prepares   Prepares
	Position   int
	On         bool
	Version    int64
}

// Prepares says which wishes of an area are made ready before an arrival.
type Prepares int

// What is prepared.
const (
	PreparesNothing Prepares = iota
	PreparesWants            // what the guest wants or must have
	PreparesLikes            // also what the guest merely likes
)

// Department prepares what guests asked for.
type Department struct {
	Key         string
	NameZH      string
	NameEN      string
	LeadMinutes int // how long before an arrival its work must be ready
	Position    int
	On          bool
	Version     int64
}

// Areas of every house: what has no other place, and what is dangerous.
const (
	AreaOther  = "other"
	AreaSafety = "allergy_safety"
)

// Prepared reports whether a wish of the area is made ready before an arrival:
// what must not be always is kept in mind.
func (a Area) Prepared(p Preference) bool {
	switch {
	case p.Act == catalogue.ActNever:
		return true
	case a.Prepares == PreparesLikes:
		return true
	case a.Prepares == PreparesWants:
		return p.Strength > 1
	}
	return false
}

// In returns the area's name in the language.
func (a Area) In(lang string) string { return inLanguage(lang, a.NameZH, a.NameEN) }

// In returns the department's name in the language.
func (d Department) In(lang string) string { return inLanguage(lang, d.NameZH, d.NameEN) }

func inLanguage(lang, zh, en string) string {
	if lang == "en" {
		return en
	}
	return zh
}

// Areas lists the service areas in the house's order; those switched off too
// when all is set.
func (c *Catalogue) Areas(all bool) []Area {
	return slices.DeleteFunc(slices.Clone(c.areas), func(a Area) bool { return !a.On && !all })
}

// Area returns a service area by key. One that is gone reads as AreaOther, so
// that nothing said is lost with it.
func (c *Catalogue) Area(key string) Area {
	for i := range c.areas { // by its place: a sheet asks thousands of times
		if c.areas[i].Key == key {
			return c.areas[i]
		}
	}
	if key != AreaOther {
		return c.Area(AreaOther)
	}
	return Area{Key: AreaOther, On: true}
}

// HasArea reports whether wishes can be filed under the area.
func (c *Catalogue) HasArea(key string) bool {
	return slices.ContainsFunc(c.areas, func(a Area) bool { return a.Key == key && a.On })
}

// Departments lists the departments in the house's order.
func (c *Catalogue) Departments(all bool) []Department {
	return slices.DeleteFunc(slices.Clone(c.departments), func(d Department) bool { return !d.On && !all })
}

// Department returns a department by key.
func (c *Catalogue) Department(key string) Department {
	for i := range c.departments {
		if c.departments[i].Key == key {
			return c.departments[i]
		}
	}
	return Department{Key: key}
}

// loadAreas fills the lists of areas and departments. They change with the
// version of the catalogue.
func (s *Service) loadAreas(ctx context.Context, c *Catalogue) error {
	rows, err := s.db.Read(ctx).Raw("SELECT k, name_zh, name_en, words, department, icon, safety, prepares, position, is_on, version FROM service_areas ORDER BY position, k").Rows()
	if err != nil {
		return err
	}
	err = db.Each(rows, func() error {
		var a Area
		var words string
		err := rows.Scan(&a.Key, &a.NameZH, &a.NameEN, &words, &a.Department, &a.Icon, &a.Safety, &a.Prepares, &a.Position, &a.On, &a.Version)
		a.Words = lines(words)
		c.areas = append(c.areas, a)
		return err
	})
	if err != nil {
		return err
	}
	for _, a := range c.areas {
		if len(a.Words) > 0 && a.On {
			c.areaWords = append(c.areaWords, phrase.Words{Area: phrase.Area(a.Key), Words: a.Words})
		}
	}
	rows, err = s.db.Read(ctx).Raw("SELECT k, name_zh, name_en, lead_minutes, position, is_on, version FROM departments ORDER BY position, k").Rows()
	if err != nil {
		return err
	}
	return db.Each(rows, func() error {
		var d Department
		err := rows.Scan(&d.Key, &d.NameZH, &d.NameEN, &d.LeadMinutes, &d.Position, &d.On, &d.Version)
		c.departments = append(c.departments, d)
		return err
	})
}
