package catalogue

import (
	"fmt"
	"regexp"
	"slices"
)

var (
	keyForm   = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)
	languages = []string{"zh-CN", "en"}
	purposes  = []string{"keep", "sell_more", "tailor", "develop", "win_new", "market"}

	// Administrators and auditors never see a customer, and marketing sees totals.
	roles = []string{"front_desk", "floor", "sales", "service", "manager", "custodian", "owner"}

	// maxLengths are the lengths in characters where a field names none.
	maxLengths = map[Type]int{
		Text: 60, LongText: 500, Name: 60, Reading: 80, Date: 20, Phone: 32, Email: 254, Plate: 12, Document: 30,
		Choice: 40, Number: 12, Money: 18, Language: 35, Address: 160, PersonName: 60, URL: 200,
	}

	// bandTypes says which types a band can be made of.
	bandTypes = map[string][]Type{
		BandAge: {Date}, BandYear: {Date}, BandIncome: {Money}, BandRegion: {Text, Address}, BandCode: {Choice, Language},
	}
)

func validGroup(g Group) error {
	if g.Kind != Individual && g.Kind != Enterprise {
		return fmt.Errorf("group %q: kind %q", g.Key, g.Kind)
	}
	if err := inBoth(g.Labels, "labels"); err != nil {
		return fmt.Errorf("group %q: %w", g.Key, err)
	}
	for name, labels := range g.Records {
		if err := inBoth(labels, "labels"); err != nil {
			return fmt.Errorf("record %q: %w", name, err)
		}
	}
	return nil
}

func (f Field) valid(g Group) error {
	if !keyForm.MatchString(f.Key) {
		return fmt.Errorf("key is not snake case")
	}
	if f.Kind != g.Kind && f.Kind != Both {
		return fmt.Errorf("kind %q in a group for %q", f.Kind, g.Kind)
	}
	if (f.Kind == Both) != (f.CompanyGroup != "") {
		return fmt.Errorf("company_group and kind both go together")
	}
	for _, check := range []func() error{
		f.validTexts, f.validShape, f.validUse, f.validSight, f.validPreference,
		func() error { return f.validRepeat(g) },
	} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func (f Field) validTexts() error {
	if err := inBoth(f.Labels, "labels"); err != nil {
		return err
	}
	if err := inBoth(f.Benefit, "benefit"); err != nil {
		return err
	}
	if len(f.Help) > 0 {
		return inBoth(f.Help, "help")
	}
	return nil
}

func (f Field) validShape() error {
	if maxLengths[f.Type] == 0 {
		return fmt.Errorf("type %q", f.Type)
	}
	if closed := f.Type == Choice || f.Type == Language; closed != (len(f.Options) > 0) {
		return fmt.Errorf("type %q with %d options", f.Type, len(f.Options))
	}
	seen := map[string]bool{}
	for _, o := range f.Options {
		if o.Value == "" || seen[o.Value] {
			return fmt.Errorf("option %q empty or twice", o.Value)
		}
		seen[o.Value] = true
		if err := inBoth(o.Labels, "option "+o.Value); err != nil {
			return err
		}
	}
	if f.Band != "" && !slices.Contains(bandTypes[f.Band], f.Type) {
		return fmt.Errorf("band %q of type %q", f.Band, f.Type)
	}
	if !slices.Contains([]string{"", GlanceNever, GlanceDo, GlanceOccasion}, f.Glance) {
		return fmt.Errorf("glance %q", f.Glance)
	}
	if f.Glance == GlanceOccasion && f.Type != Date {
		return fmt.Errorf("an occasion needs a date")
	}
	return nil
}

func (f Field) validUse() error {
	if len(f.Purposes) == 0 {
		return fmt.Errorf("no purpose")
	}
	for _, p := range f.Purposes {
		if !slices.Contains(purposes, p) {
			return fmt.Errorf("purpose %q", p)
		}
	}
	if f.HalfLifeDays < 0 || f.MaxLength < 0 {
		return fmt.Errorf("negative half-life or length")
	}
	return nil
}

// validSight holds the floor values: no shipped data may show facts to those who
// work with totals, nor sealed ones to those who need instructions only.
func (f Field) validSight() error {
	if !slices.Contains([]Sensitivity{Open, Personal, Sensitive}, f.Sensitivity) {
		return fmt.Errorf("sensitivity %q", f.Sensitivity)
	}
	if len(f.See) == 0 || len(f.Change) == 0 {
		return fmt.Errorf("nobody may see or change it")
	}
	for _, r := range f.See {
		if !slices.Contains(roles, r) {
			return fmt.Errorf("role %q may not see facts", r)
		}
		if r == "floor" && f.Sensitivity == Sensitive {
			return fmt.Errorf("sensitive, yet the floor sees it")
		}
	}
	for _, r := range f.Change {
		if !slices.Contains(f.See, r) {
			return fmt.Errorf("role %q may change what it does not see", r)
		}
	}
	if f.ChildData && f.Sensitivity != Sensitive {
		return fmt.Errorf("a child's data that is not sensitive")
	}
	if f.Glance != "" && f.Sensitivity == Sensitive {
		return fmt.Errorf("sensitive, yet in the head of the card")
	}
	return nil
}

func (f Field) validRepeat(g Group) error {
	if r := f.Record(); r != "" && g.Records[r] == nil {
		return fmt.Errorf("no record %q in the group", r)
	}
	return nil
}

func inBoth(l Labels, what string) error {
	for _, lang := range languages {
		if l[lang] == "" {
			return fmt.Errorf("%s: nothing in %s", what, lang)
		}
	}
	if len(l) != len(languages) {
		return fmt.Errorf("%s: a language too many", what)
	}
	return nil
}

// validPreference holds what is done for a customer to be readable by whoever
// does it: text, open to be seen, and with a strength.
func (f Field) validPreference() error {
	if !f.Preference() {
		if f.Area != "" || f.Strength != 0 {
			return fmt.Errorf("area or strength of what is no preference")
		}
		return nil
	}
	if !slices.Contains([]string{ActDo, ActNever, ActEither}, f.Act) {
		return fmt.Errorf("act %q", f.Act)
	}
	if f.Strength < 1 || f.Strength > 3 {
		return fmt.Errorf("strength %d", f.Strength)
	}
	if f.Type != Text && f.Type != LongText || f.Sensitivity == Sensitive || f.Record() != "" || f.Glance != "" {
		return fmt.Errorf("a preference is open text that stands alone")
	}
	return nil
}
