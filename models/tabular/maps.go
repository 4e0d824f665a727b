package tabular

import (
	"strconv"
	"strings"
)

// ParseMaps completes the guessed mapping with what a person says: each
// argument is COL=FIELD or COL=FIELD:KIND, COL a heading (compared like Guess
// does) or the number of a column from 1, FIELD a field's key or "" or "-" for
// none. It checks the form of keys only: which fields there are the caller
// knows. Without headings nothing is guessed and the mapping reaches to the
// last column named. Errors are of type *Error.
func ParseMaps(args []string, headings []string, noHeader bool) ([]Mapping, error) {
	return ParseMapsWith(nil, args, headings, noHeader)
}

// ParseMapsWith is ParseMaps where the house's own names go before the list.
func ParseMapsWith(names Names, args []string, headings []string, noHeader bool) ([]Mapping, error) {
	var maps []Mapping
	if !noHeader {
		maps = GuessWith(names, headings)
	}
	said := map[int]bool{}
	for _, arg := range args {
		cut := strings.LastIndexByte(arg, '=')
		if cut <= 0 {
			return nil, &Error{Reason: MapSyntax, Item: arg}
		}
		column, reason := columnNamed(strings.TrimSpace(arg[:cut]), headings, noHeader)
		if reason != "" {
			return nil, &Error{Reason: reason, Item: arg}
		}
		if said[column] {
			return nil, &Error{Reason: MapTwice, Item: arg}
		}
		said[column] = true
		field, kind, _ := strings.Cut(strings.TrimSpace(arg[cut+1:]), ":")
		if field == "-" {
			field = ""
		}
		if !fieldKey(field) || kind != "" && (field == "" || !fieldKey(kind)) {
			return nil, &Error{Reason: MapField, Item: arg}
		}
		for len(maps) <= column {
			maps = append(maps, Mapping{})
		}
		maps[column].Field, maps[column].Kind = field, kind
	}
	number(maps, func(i int) int { return partRank(maps[i]) })
	return maps, nil
}

// ColumnOf is the index of the column that an argument of ParseMaps speaks of,
// -1 when there is none.
func ColumnOf(arg string, headings []string, noHeader bool) int {
	cut := strings.LastIndexByte(arg, '=')
	if cut <= 0 {
		return -1
	}
	at, reason := columnNamed(strings.TrimSpace(arg[:cut]), headings, noHeader)
	if reason != "" {
		return -1
	}
	return at
}

// columnNamed returns the index of the column that a heading or number names.
func columnNamed(name string, headings []string, noHeader bool) (int, Reason) {
	at := -1
	if !noHeader {
		for i, h := range headings {
			if h != name && (fold(h) != fold(name) || fold(h) == "") {
				continue
			}
			if at >= 0 {
				return 0, MapAmbiguous
			}
			at = i
		}
	}
	if at >= 0 {
		return at, ""
	}
	n, err := strconv.Atoi(name)
	if err != nil || n < 1 || n > MaxColumns || !noHeader && n > len(headings) {
		return 0, MapColumn
	}
	return n - 1, ""
}

// partRank keeps the parts of an address in their order where headings tell it.
func partRank(m Mapping) int {
	known, ok := understand(m.Heading)
	if ok && known.field == m.Field {
		return known.rank
	}
	return 9
}

func fieldKey(key string) bool {
	for i, r := range key {
		if !(r >= 'a' && r <= 'z' || i > 0 && (r == '_' || r >= '0' && r <= '9')) {
			return false
		}
	}
	return len(key) <= 64
}
