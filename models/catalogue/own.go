package catalogue

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// OwnPrefix begins the key of every field that a house made itself. No shipped
// field begins so, whatever a later release brings.
const OwnPrefix = "own_"

// Made is what a house's own field may have beside what shipped ones have.
type Made struct {
	Unit       Labels `json:"unit,omitempty"`        // of a number
	ImportKey  bool   `json:"import_key,omitempty"`  // files may be joined to customers by it
	OpenReason string `json:"open_reason,omitempty"` // why it is not sensitive although it sounds so
}

// IsOwn reports whether the key is that of a house's own field.
func IsOwn(key string) bool { return strings.HasPrefix(key, OwnPrefix) }

// Own reports whether a house made the field itself.
func (f Field) Own() bool { return IsOwn(f.Key) }

// Types are all types, in the order in which a person is offered them.
func Types() []Type {
	return []Type{Text, LongText, Choice, Number, Money, Date, Phone, Email, Address, URL, Name, PersonName, Reading, Plate, Document, Language}
}

// Roles are those who may be let see facts.
func Roles() []string { return slices.Clone(roles) }

// longest is how long a house may let values become, of the types whose form
// does not say so already.
var longest = map[Type]int{Text: 200, LongText: 2000, Name: 120, PersonName: 120, Reading: 120, Address: 300, URL: 500}

// Length is how many characters values of a type have at most, unless a house
// says otherwise, and how far it may go; most is 0 where it may not.
func (t Type) Length() (standard, most int) { return maxLengths[t], longest[t] }

// BandsOf are the bands in which values of the type can be counted. Of sealed
// values those are left out that would tell the value itself.
func BandsOf(t Type, s Sensitivity) []string {
	var out []string
	for _, band := range slices.Sorted(maps.Keys(bandTypes)) {
		tells := band == BandCode || band == BandRegion
		if slices.Contains(bandTypes[band], t) && !(tells && s == Sensitive) {
			out = append(out, band)
		}
	}
	return out
}

// GlancesOf are the places in the head of the card where a value of the type can
// stand: nowhere for what is sealed or masked.
func GlancesOf(t Type, s Sensitivity) []string {
	switch {
	case s == Sensitive, t == Phone, t == Email, t == Document:
		return nil
	case t == Date:
		return []string{GlanceDo, GlanceNever, GlanceOccasion}
	}
	return []string{GlanceDo, GlanceNever}
}

// KeyTypes are the types of which a field can be the key of an import: those
// that others number their customers with.
func KeyTypes() []Type { return []Type{Text, Number, Document} }

// widens are the changes of type that leave every stored value what it was.
var widens = map[Type][]Type{
	Text: {LongText}, Name: {Text, LongText, PersonName}, PersonName: {Text, LongText, Name}, Reading: {Text, LongText}, Number: {Text, LongText},
	Address: {LongText}, URL: {Text, LongText}, Plate: {Text, LongText},
}

// Widens reports whether every value of the one type is one of the other and
// reads the same there.
func Widens(from, to Type) bool { return from == to || slices.Contains(widens[from], to) }

// Rank orders the classes of protection, the weakest first.
func (s Sensitivity) Rank() int { return slices.Index([]Sensitivity{Open, Personal, Sensitive}, s) }

// CheckOwn is the last word on a house's own field: what shipped fields are held
// to holds for it too.
func (f Field) CheckOwn(groups []Group) error {
	of := map[string]Group{}
	for _, g := range groups {
		of[g.Key] = g
	}
	g, known := of[f.Group]
	switch {
	case !f.Own():
		return fmt.Errorf("%s: no prefix of a house's own", f.Key)
	case !known:
		return fmt.Errorf("%s: no group %q", f.Key, f.Group)
	case f.Kind == Both && (g.Kind != Individual || of[f.CompanyGroup].Kind != Enterprise):
		return fmt.Errorf("%s: groups %q and %q", f.Key, f.Group, f.CompanyGroup)
	case f.Repeat != "" && f.Repeat != RepeatValue:
		return fmt.Errorf("%s: record %q", f.Key, f.Repeat)
	case f.Band != "" && !slices.Contains(BandsOf(f.Type, f.Sensitivity), f.Band):
		return fmt.Errorf("%s: band %q", f.Key, f.Band)
	case f.Glance != "" && !slices.Contains(GlancesOf(f.Type, f.Sensitivity), f.Glance):
		return fmt.Errorf("%s: glance %q", f.Key, f.Glance)
	case f.ImportKey && (f.Repeat != "" || !slices.Contains(KeyTypes(), f.Type)):
		return fmt.Errorf("%s: no key of imports", f.Key)
	case f.Identity || f.ChildData:
		return fmt.Errorf("%s: has what only shipped fields have", f.Key)
	}
	return f.valid(g)
}
