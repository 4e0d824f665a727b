package imports

import (
	"context"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"shuke/models/calendar"
	"shuke/models/customer"
	"shuke/models/document"
	"shuke/models/email"
	"shuke/models/phone"
)

// guess is what the values of a column look like. A weak one stands under a
// heading of words that nobody here knows.
type guess struct {
	field, kind string
	weak        bool
}

// looks are what values can be told by, the surest first. Few is how many cells
// are enough: two numbers with a right check sign are, two short words are not.
// What is proof carries a sign of its own that hardly anything else has.
var looks = []struct {
	guess
	few   int
	proof bool
	is    func(text string) bool
	all   func(cells []string, today calendar.Date) bool // what they must be together, nil for nothing
}{
	{guess: guess{field: "document_no", kind: "id_card"}, few: 1, proof: true, is: isIDCard},
	{guess: guess{field: "phone"}, few: 1, proof: true, is: isPhone, all: notCounted},
	{guess: guess{field: "email"}, few: 1, proof: true, is: isEmail},
	{guess: guess{field: "plate"}, few: 1, proof: true, is: isPlate},
	{guess: guess{field: "sex"}, few: 3, is: isSex},
	{guess: guess{field: "birth"}, few: 3, is: isDay, all: areBirths},
	{guess: guess{field: "name"}, few: 3, is: isName},
}

const (
	// memberFew is how many numbers of members must be among those of the base,
	// and names of branches among ours.
	memberFew = 3
	// nearly is what part of the cells must look alike, in tenths.
	nearly = 9
	// weakFew is how many cells are enough under a heading of unknown words.
	weakFew = 5
	// manyFew is from how many cells on values that come again and again tell of
	// somebody else than the customers: of who served them, of the shop itself.
	manyFew = 4
)

// guessed tells what columns hold by their values, where the heading does not
// say it. A column too many left out costs a click, a wrong one guessed puts
// other people's numbers on customers: what is in doubt is not guessed.
func (s *Service) guessed(ctx context.Context, o Options, seen survey, cat *customer.Catalogue, words *vocabulary) (map[int]guess, error) {
	names, headings := knownNames(cat, words), seen.format.Headings
	_, zone := o.place()
	today := calendar.Today(s.clock.Now(), zone)
	houses, err := s.housesFor(ctx, words)
	if err != nil {
		return nil, err
	}
	out := map[int]guess{}
	for at, cells := range seen.samples {
		says := saysNothing
		if !o.NoHeader && at < len(headings) {
			says = saying(names, headings[at])
		}
		g, is := guess{}, false
		switch {
		case says == saysIt || len(cells) == 0:
		case says == saysWords:
			g, is = lookAt(cells, today, true)
		case areHouses(houses, cells):
			g, is = guess{field: "branch"}, true
		default:
			if g, is = lookAt(cells, today, false); !is {
				g = guess{field: "member_no"}
				if is, err = s.areMembers(ctx, cells); err != nil {
					return nil, err
				}
			}
		}
		if g.field == "name" && words.has("guest_name") {
			g.field = "guest_name"
		}
		if is {
			out[at] = g
		}
	}
	withoutTies(out)
	return out, nil
}

// lookAt tells by the look of its values what a column holds.
func lookAt(cells []string, today calendar.Date, weak bool) (guess, bool) {
	if repeats(cells) && !isColumnOf(cells, isSex) {
		return guess{}, false
	}
	for _, look := range looks {
		few := look.few
		if weak {
			few = max(few, weakFew)
		}
		if len(cells) < few || weak && !look.proof || !isColumnOf(cells, look.is) || look.all != nil && !look.all(cells, today) {
			continue
		}
		g := look.guess
		g.weak = weak
		return g, true
	}
	return guess{}, false
}

func isColumnOf(cells []string, is func(string) bool) bool {
	alike := 0
	for _, text := range cells {
		if is(text) {
			alike++
		}
	}
	return alike*10 >= len(cells)*nearly
}

// repeats reports that less than half of the values are different ones.
func repeats(cells []string) bool {
	different := map[string]bool{}
	for _, text := range cells {
		different[text] = true
	}
	return len(cells) >= manyFew && len(different)*2 < len(cells)
}

// withoutTies drops weak guesses that several columns could be: whose of the two
// numbers is the customer's the values cannot tell.
func withoutTies(all map[int]guess) {
	of := map[string]int{}
	for _, g := range all {
		if g.weak {
			of[g.field]++
		}
	}
	maps.DeleteFunc(all, func(_ int, g guess) bool { return g.weak && of[g.field] > 1 })
}

// areMembers reports whether nearly all cells are numbers of members we have.
// Rows that are numbered from one are not, whatever numbers members have.
func (s *Service) areMembers(ctx context.Context, cells []string) (bool, error) {
	if len(cells) < memberFew || repeats(cells) || numbersRows(cells) {
		return false, nil
	}
	var keys []string
	for _, text := range cells {
		k, err := s.customers.SameKey("member_no", text)
		if err != nil {
			return false, err
		}
		keys = append(keys, k)
	}
	held, err := s.customers.Held(ctx, "member_no", keys)
	if err != nil {
		return false, err
	}
	met := 0
	for _, k := range keys {
		if held[k] {
			met++
		}
	}
	return met*10 >= len(cells)*nearly, nil
}

// housesFor are the branches by which a column of a list of stays is told.
func (s *Service) housesFor(ctx context.Context, words *vocabulary) ([]house, error) {
	if !words.has("branch") || !words.has("arrive_on") {
		return nil, nil
	}
	return s.branches(ctx)
}

// areHouses reports whether every cell names one of our branches. One that does
// not shows that the column is of something else, as of home towns. Names of a
// sign or two, and bare numbers, are too much like anything.
func areHouses(houses []house, cells []string) bool {
	return len(houses) > 0 && len(cells) >= memberFew && !slices.ContainsFunc(cells, func(text string) bool {
		_, known := houseNamed(houses, text)
		return !known || utf8.RuneCountInString(text) < 3 || strings.Trim(text, "0123456789") == ""
	})
}

// masked is a cell as everybody may see it who may import: what is sensitive is
// not shown, of numbers and addresses a part.
func masked(cell string, region string) string {
	if kind, ok := document.Guess(cell); ok && kind != document.Other {
		return customer.Sealed
	}
	if numbers, err := phone.Parse(cell, region); err == nil && len(numbers) > 0 {
		return phone.Mask(numbers[0].E164)
	}
	if address, err := email.Parse(cell); err == nil {
		return email.Mask(address)
	}
	return cell
}
