package demodata_test

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"shuke/models/catalogue"
	"shuke/models/demodata"
)

const sample = 20_000

func value(c demodata.Customer, field string) string {
	for _, f := range c.Facts {
		if f.Field == field {
			return f.Value
		}
	}
	return ""
}

func everybody(t *testing.T, g *demodata.Generator, n int) []demodata.Customer {
	t.Helper()
	all := make([]demodata.Customer, n)
	for i := range all {
		all[i] = g.Customer(i)
	}
	return all
}

func TestSameSeedAndNumberGiveTheSameCustomer(t *testing.T) {
	want := everybody(t, demodata.New(7), 2000)
	g := demodata.New(7)
	got := make([]demodata.Customer, len(want))
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for i := len(got) - 1 - w; i >= 0; i -= 4 {
				got[i] = g.Customer(i)
			}
		})
	}
	wg.Wait()
	if !reflect.DeepEqual(got, want) {
		t.Error("order or company changed somebody")
	}
	if reflect.DeepEqual(demodata.New(8).Customer(500), want[500]) {
		t.Error("another seed gives the same customer")
	}
}

func TestFactsFitTheCatalogue(t *testing.T) {
	fields, err := catalogue.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]catalogue.Field{}
	for _, f := range fields {
		known[f.Key] = f
	}
	g := demodata.New(1)
	branches, staff := len(g.Branches()), g.Staff()
	said := map[string]bool{}
	complain := func(i int, f demodata.Fact, what string) {
		if !said[f.Field+what] {
			said[f.Field+what] = true
			t.Errorf("customer %d: %+v: %s", i, f, what)
		}
	}
	for i, c := range everybody(t, g, sample) {
		seen := map[string]bool{}
		for _, f := range c.Facts {
			k, ok := known[f.Field]
			at := f.Field + strconv.Itoa(f.Item)
			switch {
			case !ok:
				complain(i, f, "unknown field")
				continue
			case !k.On:
				complain(i, f, "switched off")
			case !k.For(c.Kind):
				complain(i, f, "not of a "+c.Kind)
			case seen[at]:
				complain(i, f, "twice")
			case k.Repeat == "" && f.Item != 0:
				complain(i, f, "item of a field that does not repeat")
			case f.None && (!k.NoneAllowed || f.Value != ""):
				complain(i, f, "none")
			case !f.None && (strings.TrimSpace(f.Value) == "" || len([]rune(f.Value)) > k.MaxLength):
				complain(i, f, "empty or too long")
			case !f.None && len(k.Options) > 0 && !slices.ContainsFunc(k.Options, func(o catalogue.Option) bool { return o.Value == f.Value }):
				complain(i, f, "no option")
			case f.BranchIndex < 0 || f.BranchIndex >= branches || f.StaffIndex < 0 || f.StaffIndex >= len(staff):
				complain(i, f, "branch or staff")
			case f.DaysAgo < 0 || staff[f.StaffIndex].HiredDaysAgo < f.DaysAgo:
				complain(i, f, "heard by somebody not yet hired")
			}
			seen[at] = true
			if k.Type == catalogue.Date && !f.None {
				checkDate(t, f)
			}
		}
	}
}

// checkDate accepts years and whole solar days that exist and are past, and lunar
// days up to the 29th, which exist in every month.
func checkDate(t *testing.T, f demodata.Fact) {
	t.Helper()
	day := strings.TrimPrefix(f.Value, "lunar:")
	if len(day) == 4 {
		day += "-01-01"
	}
	d, err := time.Parse(time.DateOnly, day)
	if err != nil || d.Year() < 1920 || d.Year() > 2025 && f.Value[:4] != "2026" {
		t.Errorf("%s: %q", f.Field, f.Value)
	}
}

func TestChannelsAreThoseOfProvenance(t *testing.T) {
	known := strings.Fields("survey activity service pos fair complaint website call_in call_out device media registry bank research list partner referral association")
	for _, c := range everybody(t, demodata.New(1), 3000) {
		for _, f := range c.Facts {
			if !slices.Contains(known, f.Channel) {
				t.Fatalf("channel %q", f.Channel)
			}
		}
	}
}

func TestTheMedianCustomerHasTwentyFiveFacts(t *testing.T) {
	var counts []int
	firms := 0
	for _, c := range everybody(t, demodata.New(1), sample) {
		counts = append(counts, len(c.Facts))
		if c.Kind == demodata.Enterprise {
			firms++
		}
	}
	slices.Sort(counts)
	median, most := counts[len(counts)/2], counts[len(counts)-1]
	few, _ := slices.BinarySearch(counts, 4)
	many, _ := slices.BinarySearch(counts, 75)
	if median < 24 || median > 26 || most < 80 || few < sample/50 || sample-many < sample/500 {
		t.Errorf("median %d, most %d, %d with at most three, %d with 75 and more", median, most, few, sample-many)
	}
	if share := firms * 1000 / sample; share < 25 || share > 35 {
		t.Errorf("%d in a thousand are firms", share)
	}
}

func TestNobodyIsNameless(t *testing.T) {
	for i, c := range everybody(t, demodata.New(3), sample) {
		name := "name"
		if c.Kind == demodata.Enterprise {
			name = "company_name"
		}
		if c.Facts[0].Field != name || value(c, "phone") == "" {
			t.Fatalf("customer %d begins with %+v", i, c.Facts[0])
		}
	}
}

func TestNumbersAreMostlyUnique(t *testing.T) {
	phones, members, documents := map[string]int{}, map[string]int{}, map[string]int{}
	people := everybody(t, demodata.New(1), sample)
	for _, c := range people {
		for _, f := range c.Facts {
			switch f.Field {
			case "phone":
				phones[f.Value]++
			case "member_no":
				members[f.Value]++
			case "document_no":
				documents[f.Value]++
			}
		}
	}
	shared := 0
	for _, n := range phones {
		if n > 1 {
			shared++
		}
	}
	if shared < sample/200 || shared > sample/20 {
		t.Errorf("%d telephones are shared", shared)
	}
	for what, m := range map[string]map[string]int{"member number": members, "document": documents} {
		for v, n := range m {
			if n > 1 {
				t.Errorf("%s %s belongs to %d", what, v, n)
			}
		}
	}
}

func TestBirthdaysAreSometimesLunar(t *testing.T) {
	lunar, all := 0, 0
	for _, c := range everybody(t, demodata.New(1), sample) {
		if v := value(c, "birth"); v != "" {
			all++
			if strings.HasPrefix(v, "lunar:") {
				lunar++
			}
		}
	}
	if share := lunar * 1000 / all; share < 30 || share > 65 {
		t.Errorf("%d in a thousand", share)
	}
}

func TestHouseholdsShareTelephoneAndAddress(t *testing.T) {
	people := everybody(t, demodata.New(1), sample)
	together := 0
	for i := 10; i < sample; i++ {
		a, b := people[i-1], people[i]
		if value(a, "phone") == value(b, "phone") {
			together++
			if x, y := value(a, "home_address"), value(b, "home_address"); x != "" && y != "" && x != y {
				t.Errorf("%d and %d: %s, %s", i-1, i, x, y)
			}
		}
	}
	if together == 0 {
		t.Error("nobody lives together")
	}
}

func BenchmarkCustomer(b *testing.B) {
	g := demodata.New(1)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		g.Customer(i)
		i++
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "customers/s")
}
