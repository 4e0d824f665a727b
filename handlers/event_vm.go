package handlers

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"shuke/models/audit"
	"shuke/models/customer"
	"shuke/policies"
	"shuke/views/auditview"
	"shuke/views/text"
	"shuke/views/ui"
)

// eventWords puts events into the reader's words. Codes it does not know stand
// as they are: the record is older than any version of the program.
type eventWords struct {
	p     *text.Printer
	cat   *customer.Catalogue
	group func(*text.Printer, string) string // heading of the card, by key
}

func (w eventWords) event(e audit.Shown) auditview.Event {
	p := w.p
	out := auditview.Event{Number: strconv.FormatInt(e.Seq, 10), Broken: e.Broken}
	if e.Broken {
		return out
	}
	out.Time, out.Stamp = p.DateTime(e.At), e.At.UTC().Format(time.RFC3339)
	out.Actor, out.Who, out.Way = w.actor(e), w.who(e), w.way(e)
	out.Action = w.either("event."+strings.ReplaceAll(e.Action, ".", "_"), e.Action)
	out.Customer, out.Object = e.Customer, w.object(e)
	out.Outcome, out.Tone = w.either("event.outcome."+string(e.Outcome), string(e.Outcome)), outcomeTone(e.Outcome)
	out.Reason, out.Details = w.reason(e), w.details(e.Details)
	return out
}

func outcomeTone(o audit.Outcome) ui.Tone {
	switch o {
	case audit.OK:
		return ui.ToneNone
	case audit.Refused:
		return ui.ToneWarn
	}
	return ui.ToneBad
}

// either is the text of the key, or the code itself when there is none.
func (w eventWords) either(key, code string) string {
	if w.p.Has(key) {
		return w.p.T(key)
	}
	return code
}

// actor names who did it; what the command line or a job did has no person.
func (w eventWords) actor(e audit.Shown) string {
	via := policies.Via(e.Via)
	switch {
	case e.ActorName != "":
		return e.ActorName
	case via == policies.Command || via == policies.System:
		return w.p.T("via." + e.Via)
	}
	return w.p.T("event.nobody")
}

func (w eventWords) who(e audit.Shown) string {
	words := []string{e.ActorLogin}
	if e.Role != "" {
		words = append(words, w.either("role."+e.Role, e.Role))
	}
	if e.Employment != "" {
		words = append(words, w.either("employment."+e.Employment, e.Employment))
	}
	return joined("·", words...)
}

// way says how the request came in and from where.
func (w eventWords) way(e audit.Shown) string {
	return joined("·", w.either("via."+e.Via, e.Via), e.OSUser, e.Address)
}

// object names what of the subject it was. A fact's row holds the internal id of
// its customer, which stays inside.
func (w eventWords) object(e audit.Shown) string {
	subject, _, _ := strings.Cut(e.Action, ".")
	parts := strings.Split(e.Object, "|")
	switch {
	case subject == "fact" && len(parts) == 5 && parts[0] == "facts":
		return w.field(parts[3])
	case subject == "fact":
		key, _, _ := strings.Cut(e.Object, ".")
		return w.field(key)
	case e.Action == "customer.edit_opened":
		return w.group(w.p, e.Object)
	case subject == "field":
		return w.field(e.Object)
	case e.Object != "" && objectWords[subject] != "":
		return w.either(objectWords[subject]+e.Object, e.Object)
	case subject == "audit" && e.Object != "":
		return w.either("event.of."+e.Object, e.Object)
	}
	return e.Object
}

func (w eventWords) field(key string) string {
	if f, known := w.cat.Field(key); known {
		return f.Label(string(w.p.Language()))
	}
	return key
}

// reason is a reason from a list, the permission that was missing, or the text
// of a refusal.
func (w eventWords) reason(e audit.Shown) string {
	if e.Reason == "" {
		return ""
	}
	for _, prefix := range []string{"event.reason.", "permission.", "reveal.reason.", "relation.why.", "relation.hide.", ""} {
		if key := prefix + e.Reason; w.p.Has(key) {
			return w.p.T(key)
		}
	}
	return e.Reason
}

// details joins values of one name, since one change can touch thirty facts.
func (w eventWords) details(all []audit.Detail) []auditview.Detail {
	var names []string
	values := map[string][]string{}
	for _, d := range all {
		if internal(d.Name) {
			continue
		}
		if !slices.Contains(names, d.Name) {
			names = append(names, d.Name)
		}
		if v := w.value(d.Name, d.Value); !slices.Contains(values[d.Name], v) {
			values[d.Name] = append(values[d.Name], v)
		}
	}
	var out []auditview.Detail
	for _, name := range names {
		out = append(out, auditview.Detail{Label: w.either("event.detail."+name, name), Value: listed(w.p, values[name])})
	}
	return out
}

// internal tells details that hold ids of customers, which stay inside.
func internal(name string) bool {
	return slices.ContainsFunc([]string{"made.", "added_to.", "removed.", "restored."}, func(prefix string) bool { return strings.HasPrefix(name, prefix) })
}

// objectWords are the prefixes of the texts of objects that are codes, by subject.
var objectWords = map[string]string{"consent": "consent.purpose.", "restriction": "request.kind.", "wording": "wording.name."}

// codes are the names of details whose values are codes, with the prefix of
// their texts.
var codes = map[string]string{"role": "role.", "employment": "employment.", "status": "status.", "channel": "channel.", "on": "event.on.", "purposes": "purpose.", "terms": "event.term.", "scopes": "scope.", "kinds": "webhook.kind.", "name": "event.value.", "consent": "event.consent.", "relation": "relation.kind.",
	"set_by": "event.set_by.", "kind": "field.kind.", "type": "type.", "sensitivity": "sensitivity.", "see": "role.", "change": "role.", "band": "own.band.", "glance": "own.glance.", "several": "own.", "none_allowed": "own.", "import_key": "own.",
	"answer": "worth.", "weight_0": "purpose.", "weight_1": "purpose.", "weight_2": "purpose.", "weight_3": "purpose.",
	"how": "consent.how.", "said_by": "consent.who.", "by_channel": "consent.channel.", "restriction": "restriction.kind.", "full": "event.full.", "identity": "sheet.identity.",
	"target": "import.target.", "mode": "import.mode.", "state": "import.state.", "scan": "import.scan."}

func (w eventWords) value(name, value string) string {
	if name == "fact" || name == "ended" {
		_, slot, _ := strings.Cut(value, " ")
		key, _, _ := strings.Cut(slot, ".")
		return w.field(key)
	}
	was, is, changed := strings.Cut(value, " → ")
	if changed {
		return w.one(name, was) + " → " + w.one(name, is)
	}
	return w.one(name, value)
}

func (w eventWords) one(name, value string) string {
	prefix, coded := codes[name]
	switch {
	case value == "":
		return w.p.T("event.empty")
	case name == "group" || name == "company_group":
		return w.group(w.p, value)
	case name == "hired_on" || name == "notice_on" || name == "last_on":
		return dayWords(w.p, value)
	case !coded:
		return value
	}
	words := strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == ' ' || r == '/' })
	for i, word := range words {
		words[i] = w.either(prefix+word, word)
	}
	return listed(w.p, words)
}
