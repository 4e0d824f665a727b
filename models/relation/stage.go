package relation

import (
	"time"

	"shuke/models/calendar"
)

// Stage is a stage of life a child comes into.
type Stage string

// stages are the stages with the age, in years, at which they begin.
var stages = []struct {
	stage Stage
	age   int
}{{"toddler", 1}, {"kindergarten", 3}, {"school", 6}, {"middle_school", 12}, {"high_school", 15}, {"grown_up", 18}}

// childEvent is what begins the kind of an event about a child: child.school.
const childEvent = "child."

// dueOn returns the day on which a stage of that age is taken to have begun: the
// first day of the quarter after the one in which the age is surely reached. A
// birthday cannot be read from it. ok is false where no year of birth is known.
func dueOn(born calendar.Date, age int) (calendar.Date, bool) {
	last, ok := latest(born)
	if !ok {
		return calendar.Date{}, false
	}
	reached := time.Date(last.Year+age, time.Month(last.Month), last.Day, 0, 0, 0, 0, time.UTC)
	quarter := (int(reached.Month()) - 1) / 3
	next := time.Date(reached.Year(), time.Month(3*quarter+4), 1, 0, 0, 0, 0, time.UTC)
	return calendar.Today(next, time.UTC), true
}

// latest is the last solar day on which somebody can be born of whom a part of
// the date is known.
func latest(born calendar.Date) (calendar.Date, bool) {
	if born.Year == 0 {
		return calendar.Date{}, false
	}
	if born.Lunar {
		if born.Month == 0 {
			born.Month = 12
		}
		if born.Day == 0 {
			born.Day = 29 // every lunar month has it
		}
		solar, err := born.Solar()
		return solar, err == nil
	}
	if born.Month == 0 {
		born.Month = 12
	}
	if born.Day == 0 {
		end := time.Date(born.Year, time.Month(born.Month)+1, 0, 0, 0, 0, 0, time.UTC)
		born.Day = end.Day()
	}
	return born, true
}

// grown is the age from which nobody is a child whose data need a parent.
const grown = 14

// youngerThan reports whether somebody may be younger than so many years, going
// by the latest day on which they can be born; true where no year is known.
func youngerThan(years int, born, today calendar.Date) bool {
	last, ok := latest(born)
	if !ok {
		return true
	}
	age, ok := last.Age(today)
	return !ok || age < years
}
