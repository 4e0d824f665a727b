package catalogue

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"unicode/utf8"
)

//go:embed asks.json
var asksFile []byte

// Channel is where somebody of ours and the customer speak to one another.
type Channel string

// The channels on which a question can come up.
const (
	Counter Channel = "counter" // others stand in the queue and hear it
	Call    Channel = "call"
	Visit   Channel = "visit"
	Message Channel = "message"
)

// channels lists them all.
var channels = []Channel{Counter, Call, Visit, Message}

// Tact says how freely something is asked.
type Tact int

// The degrees of tact.
const (
	Free      Tact = 0 // at any natural moment
	ComesUp   Tact = 1 // only when talk comes to it
	Volunteer Tact = 2 // never asked: the customer says so unasked or we do not know
)

// maxSay is how long a question may be, in characters of Chinese: what takes
// longer is not woven into talk.
const maxSay = 40

// Ask is how one comes to know a field: what a person would say, woven into
// talk, never read out like a form. A field without one is not worth asking:
// the house knows it by itself, or learns it from papers.
type Ask struct {
	Field    string    `json:"field"`
	Tact     Tact      `json:"tact"`
	Worth    int       `json:"worth"`    // 1 nice to know, 2 useful, 3 changes what we do
	Channels []Channel `json:"channels"` // where it is natural
	Area     string    `json:"area"`     // service area whose wishes answer it, where the field itself names none
	After    *After    `json:"after"`
	Say      Labels    `json:"say"`
}

// After lets a question come up only when another field is known, with one of
// the values where some are named: nobody asks the unmarried for their wedding day.
type After struct {
	Field  string   `json:"field"`
	Values []string `json:"values"`
}

// AnsweredBy is the service area any wish of which answers the question: who has
// said what they like for breakfast is not asked how they like their food. It is
// "" for what is no wish and for wishes of every area.
func (a Ask) AnsweredBy(f Field) string {
	if f.Area != "" {
		return f.Area
	}
	return a.Area
}

// Natural reports whether one may ask on the channel. What is sensitive is
// never asked at a counter, whatever the data say.
func (a Ask) Natural(c Channel, s Sensitivity) bool {
	return a.Tact < Volunteer && slices.Contains(a.Channels, c) && (c != Counter || s != Sensitive)
}

// ShippedAsks returns the questions by field. The error names the field of the
// first fault in the data.
func ShippedAsks() (map[string]Ask, error) {
	fields, err := Shipped()
	if err != nil {
		return nil, err
	}
	return decodeAsks(asksFile, fields)
}

func decodeAsks(raw []byte, fields []Field) (map[string]Ask, error) {
	var file struct {
		Asks []Ask `json:"asks"`
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&file); err != nil {
		return nil, fmt.Errorf("asks.json: %w", err)
	}
	known := map[string]Field{}
	for _, f := range fields {
		known[f.Key] = f
	}
	asks := map[string]Ask{}
	for _, a := range file.Asks {
		if _, twice := asks[a.Field]; twice {
			return nil, fmt.Errorf("asks.json: %s: twice", a.Field)
		}
		if err := a.valid(known); err != nil {
			return nil, fmt.Errorf("asks.json: %s: %w", a.Field, err)
		}
		asks[a.Field] = a
	}
	return asks, nil
}

func (a Ask) valid(known map[string]Field) error {
	f, ok := known[a.Field]
	if !ok {
		return fmt.Errorf("no such field")
	}
	if a.Tact < Free || a.Tact > Volunteer {
		return fmt.Errorf("tact %d", a.Tact)
	}
	if a.Tact == Volunteer {
		if len(a.Say)+len(a.Channels)+len(a.Area)+a.Worth > 0 || a.After != nil {
			return fmt.Errorf("never asked, yet it says how")
		}
		return nil
	}
	if a.Worth < 1 || a.Worth > 3 {
		return fmt.Errorf("worth %d", a.Worth)
	}
	if a.Area != "" && (!f.Preference() || f.Area != "") {
		return fmt.Errorf("area %q of what is no wish, or has one", a.Area)
	}
	if err := a.validChannels(f); err != nil {
		return err
	}
	if err := inBoth(a.Say, "say"); err != nil {
		return err
	}
	if utf8.RuneCountInString(a.Say["zh-CN"]) > maxSay {
		return fmt.Errorf("nobody says so much at once")
	}
	return a.validAfter(f, known)
}

// validChannels holds the floor: no data can put a sensitive question where
// others hear it.
func (a Ask) validChannels(f Field) error {
	if len(a.Channels) == 0 {
		return fmt.Errorf("natural nowhere")
	}
	for i, c := range a.Channels {
		if !slices.Contains(channels, c) || slices.Contains(a.Channels[:i], c) {
			return fmt.Errorf("channel %q unknown or twice", c)
		}
		if c == Counter && f.Sensitivity == Sensitive {
			return fmt.Errorf("sensitive, yet asked at a counter")
		}
	}
	return nil
}

func (a Ask) validAfter(f Field, known map[string]Field) error {
	if a.After == nil {
		return nil
	}
	before, ok := known[a.After.Field]
	if !ok || before.Key == f.Key {
		return fmt.Errorf("after %q", a.After.Field)
	}
	if before.Kind != Both && f.Kind != before.Kind {
		return fmt.Errorf("after %s, which other customers have", before.Key)
	}
	if before.Sensitivity == Sensitive {
		return fmt.Errorf("after %s, which would tell of it", before.Key)
	}
	for _, v := range a.After.Values {
		if !slices.ContainsFunc(before.Options, func(o Option) bool { return o.Value == v }) {
			return fmt.Errorf("after %s, which is never %q", before.Key, v)
		}
	}
	return nil
}
