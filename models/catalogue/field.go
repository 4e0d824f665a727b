// Package catalogue is the shipped field catalogue of the customer profile: what
// may be known of a person or a firm, under which purpose and for whose eyes, as
// data. It knows no customer, no database and no language of the reader; switching
// fields on or off and a house's own fields belong to package customer.
package catalogue

// Sensitivity is the class of protection of a field's values.
type Sensitivity string

// The classes. Sensitive follows article 28 of the PIPL: documents, health,
// creed, finances, and anything about a child under 14. A firm's licence number
// (统一社会信用代码) stands in a public register and on every invoice, so it is
// Personal: neither sealed nor masked. A firm's credit trouble is no personal
// finance either, but few may see it.
const (
	Open      Sensitivity = "open"      // what the house thinks or counts itself
	Personal  Sensitivity = "personal"  // ordinary personal data
	Sensitive Sensitivity = "sensitive" // sealed under the customer's key and masked
)

// Type says what a value looks like, and so how it is typed in and checked.
type Type string

// The types. A Date is solar or lunar and may lack its day and month: an age is
// never stored, a year of birth is. Money is in integer minor units. Language
// values are BCP 47 tags, those of a Choice are the options' values.
const (
	Text       Type = "text"
	LongText   Type = "long_text"
	Name       Type = "name"
	Reading    Type = "reading"
	Date       Type = "date"
	Phone      Type = "phone"
	Email      Type = "email"
	Plate      Type = "plate"
	Document   Type = "document"
	Choice     Type = "choice"
	Number     Type = "number"
	Money      Type = "money"
	Language   Type = "language"
	Address    Type = "address"
	PersonName Type = "person_name"
	URL        Type = "url"
)

// Kinds of customer a field is for.
const (
	Individual = "individual"
	Enterprise = "enterprise"
	Both       = "both"
)

// RepeatValue marks a field that takes several values, each standing alone.
// Any other repeat is a record: its fields belong together by item number.
const RepeatValue = "value"

// Where a value stands in the head of the card.
const (
	GlanceNever    = "never"
	GlanceDo       = "do"
	GlanceOccasion = "occasion"
)

// What staff do about a preference.
const (
	ActDo     = "do"
	ActNever  = "never"
	ActEither = "either"
)

// Bands in which sealed values may be counted; see BandOf.
const (
	BandAge    = "age"
	BandIncome = "income"
	BandYear   = "year"
	BandRegion = "region"
	BandCode   = "code"
)

// Labels is a text in each language of the product, by language tag.
type Labels map[string]string

// In returns the text in the language, and in Chinese where it has none.
func (l Labels) In(lang string) string {
	if s, ok := l[lang]; ok {
		return s
	}
	return l["zh-CN"]
}

// Option is one answer of a choice. A retired one stays with those who gave it
// and is offered to nobody.
type Option struct {
	Value   string `json:"value"`
	Labels  Labels `json:"labels"`
	Retired bool   `json:"retired,omitempty"`
}

// Field is one thing that may be known of a customer.
type Field struct {
	Key          string      `json:"key"`           // stable, snake case
	Kind         string      `json:"kind"`          // individual, enterprise or both
	Group        string      `json:"group"`         // of an individual's card, or of a firm's if it is only there
	CompanyGroup string      `json:"company_group"` // of a firm's card, when Kind is both
	Labels       Labels      `json:"labels"`
	Help         Labels      `json:"help"`
	Type         Type        `json:"type"`
	Options      []Option    `json:"options"`
	Repeat       string      `json:"repeat"` // "", value, or the record the field belongs to
	Sensitivity  Sensitivity `json:"sensitivity"`
	Purposes     []string    `json:"purposes"`
	Benefit      Labels      `json:"benefit"`        // what the customer has of it
	On           bool        `json:"on"`             // collected without a purpose being named first
	HalfLifeDays int         `json:"half_life_days"` // days until half of such values are stale; 0 does not age
	See          []string    `json:"see"`            // roles; for sensitive fields, those who may reveal
	Change       []string    `json:"change"`         // roles, part of See
	Band         string      `json:"band"`
	NoneAllowed  bool        `json:"none_allowed"` // "none" is an answer, apart from unknown
	MaxLength    int         `json:"max_length"`   // in characters
	Identity     bool        `json:"identity"`     // feeds the identity row or the look-up keys
	Reach        bool        `json:"reach"`        // the customer can be reached by it, as by a telephone
	Glance       string      `json:"glance"`
	Act          string      `json:"act"`        // of a preference: do, never, or either as its wording says
	Area         string      `json:"area"`       // service area of a preference, "" as its wording says
	Strength     int         `json:"strength"`   // of a preference: 1 likes, 2 wants, 3 must
	ChildData    bool        `json:"child_data"` // sealed as long as the child is under 14 or of unknown age
	Made                     // what only a house's own field has
	Order        int         `json:"-"` // over the whole catalogue, in steps of ten
}

// Label returns the field's name in the language ("zh-CN", "en").
func (f Field) Label(lang string) string { return f.Labels.In(lang) }

// For reports whether the field belongs to customers of the kind.
func (f Field) For(kind string) bool { return f.Kind == Both || f.Kind == kind }

// GroupFor returns the group in which the field stands on the card of a customer
// of the kind, "" if it does not stand there.
func (f Field) GroupFor(kind string) string {
	switch {
	case !f.For(kind):
		return ""
	case kind == Enterprise && f.CompanyGroup != "":
		return f.CompanyGroup
	}
	return f.Group
}

// Record returns the name of the repeating record the field belongs to, "" for a
// field that stands alone.
func (f Field) Record() string {
	if f.Repeat == RepeatValue {
		return ""
	}
	return f.Repeat
}

// Preference reports whether values of the field are what the customer wants done
// or never done: they have a service area and are acted upon.
func (f Field) Preference() bool { return f.Act != "" }

// OptionLabel returns the label of a choice's value, the value itself if the
// field does not know it.
func (f Field) OptionLabel(value, lang string) string {
	for _, o := range f.Options {
		if o.Value == value {
			return o.Labels.In(lang)
		}
	}
	return value
}
