package catalogue

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

func keysWhere(t *testing.T, keep func(Field) bool) []string {
	t.Helper()
	fields := shipped(t)
	maps.DeleteFunc(fields, func(_ string, f Field) bool { return !keep(f) })
	return slices.Sorted(maps.Keys(fields))
}

func TestSensitiveFieldsAreTheListedOnes(t *testing.T) {
	want := strings.Fields(`allergy_diagnosis blood_group child_birth child_education child_name child_sex credit_trouble
		document_no health income job_income marriage_view medical_history political_interest religion
		spouse_blood_group symptom weight`)
	if got := keysWhere(t, func(f Field) bool { return f.Sensitivity == Sensitive }); !slices.Equal(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
}

func TestCreedPoliticsAndAttitudesAreOff(t *testing.T) {
	for key, f := range shipped(t) {
		if f.On && (strings.HasSuffix(key, "_view") || strings.HasPrefix(key, "career_goal") || strings.HasPrefix(key, "life_goal")) {
			t.Errorf("%s is on", key)
		}
	}
	fields := shipped(t)
	for _, key := range strings.Fields(`religion political_interest life_attitude schooling_view marriage_view relationship_view
		employer_view career_view household_registration native_place blood_group height weight income job_income credit_trouble
		medical_history health symptom allergy_diagnosis stubborn takes_advice self_view family_view friends_view colleagues_view
		relative_terms friend_terms neighbour_terms principal_family child_education`) {
		if f, ok := fields[key]; !ok || f.On {
			t.Errorf("%s: known %v, on %v", key, ok, f.On)
		}
	}
}

func TestTheFrontDeskHasWhatItNeedsDaily(t *testing.T) {
	fields := shipped(t)
	for _, key := range strings.Fields(`name reading address_as sex language phone email plate member_no tier document_kind
		document_no birth wedding_anniversary taboo allergy_instruction diet food_likes drink_likes invoice_title employer city
		opinion_of_us company_name licence_no`) {
		if f := fields[key]; !f.On || !slices.Contains(f.See, "front_desk") || !slices.Contains(f.Change, "front_desk") {
			t.Errorf("%s: on %v, see %v, change %v", key, f.On, f.See, f.Change)
		}
	}
}

// The floor gets instructions and what it takes to greet somebody, nothing else.
func TestTheFloorSeesInstructionsOnly(t *testing.T) {
	want := strings.Fields(`address_as allergy_instruction care_instruction child_setup company_name company_short_name
		daily_rhythm diet drink_likes drinking drinking_kind food_likes language mobility_help name reading sex sleep smoking
		taboo tier`)
	if got := keysWhere(t, func(f Field) bool { return slices.Contains(f.See, "floor") }); !slices.Equal(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
}

func TestChildrensFieldsAreSealed(t *testing.T) {
	for key, f := range shipped(t) {
		if (f.Record() == "child") != f.ChildData || f.ChildData && f.Sensitivity != Sensitive {
			t.Errorf("%s: record %q, child data %v, %s", key, f.Record(), f.ChildData, f.Sensitivity)
		}
	}
}

func TestNoneIsAnAnswerWhereItMeansSomething(t *testing.T) {
	fields := shipped(t)
	for _, key := range strings.Fields("children child_name plate religion fax spouse_name club employer alternatives allergy_instruction") {
		if !fields[key].NoneAllowed {
			t.Errorf("%s cannot be none", key)
		}
	}
}

func TestIdentityFieldsFeedTheLookUp(t *testing.T) {
	want := strings.Fields(`address_as alias city company_former_name company_name company_short_name contact_phone
		document_no email employer former_name home_phone language licence_no member_no name phone plate reading sex tier work_phone`)
	if got := keysWhere(t, func(f Field) bool { return f.Identity }); !slices.Equal(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
}

func TestHeadOfTheCard(t *testing.T) {
	for glance, want := range map[string]string{
		GlanceNever:    "", // what is never done or always done are preferences
		GlanceDo:       "",
		GlanceOccasion: "birth founded wedding_anniversary",
	} {
		if got := keysWhere(t, func(f Field) bool { return f.Glance == glance }); !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("%s: %v", glance, got)
		}
	}
}

func TestPreferencesAreWhatStaffDoOrNeverDo(t *testing.T) {
	for act, want := range map[string]string{
		ActNever:  "allergy_instruction contact_wish dislike taboo",
		ActDo:     "care_instruction child_setup daily_rhythm drink_likes eat_places food_likes mobility_help",
		ActEither: "diet sleep",
	} {
		if got := keysWhere(t, func(f Field) bool { return f.Act == act }); !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("%s: %v", act, got)
		}
	}
}
