package catalogue

import (
	"strings"
	"testing"
)

// checklist holds every item the product names for a profile, group by group, as
// "group: item=key item=key…"; an item may need several keys, joined by a plus.
const checklist = `
basic: name=name former_names=former_name+alias reading=reading form_of_address=address_as sex=sex nationality=nationality language=language
basic: household_registration=household_registration native_place=native_place blood_group=blood_group height=height weight=weight
basic: birth_date=birth character=character id_number=document_kind+document_no home_address=home_address phone=home_phone fax=fax mobile=phone
basic: email=email plate=plate employer=employer post=post kind_of_work=work_kind work_address=work_address work_phone=work_phone work_fax=work_fax
basic: member_number=member_no tier=tier city=city province=province postcode=postcode invoice_title=invoice_title wechat=wechat
basic: emergency_contact=emergency_name+emergency_phone
education: secondary_university_graduate_school=school_level+school_name dates=school_from+school_to highest_degree=degree major=major
education: main_courses=main_courses honours=honours clubs=school_club favourite_sport=school_sport
career: earlier_jobs=job_from+job_to employers=job_employer places=job_place posts=job_post yearly_income=job_income
career: present_income=income attitude_to_employer=employer_view attitude_to_career=career_view
career: long_goals=career_goal_long medium_goals=career_goal_mid achievement=achievement trade=trade
family: marital_status=marital_status anniversary=wedding_anniversary how_kept=wedding_custom spouse_name=spouse_name spouse_birthday=spouse_birth
family: spouse_blood_group=spouse_blood_group spouse_education=spouse_education spouse_skills=spouse_skills spouse_interests=spouse_interests
family: spouse_hobbies=spouse_hobbies children_or_none=children names=child_name ages=child_birth birthdays=child_birth education=child_education
family: views_on_marriage=marriage_view views_on_schooling=schooling_view
life: medical_history=medical_history health=health drinking=drinking drinking_kind=drinking_kind drinking_amount=drinking_amount
life: drinking_attitude=drinking_attitude smoking=smoking smoking_kind=smoking_kind smoking_amount=smoking_amount smoking_attitude=smoking_attitude
life: where_to_eat=eat_places what_to_eat=food_likes+drink_likes+diet attitude_to_life=life_attitude motto=motto leisure=leisure holidays=holiday
life: sports=sport topics=topic media=media medium_goals=life_goal_mid long_goals=life_goal_long symptoms=symptom
life: allergy=allergy_instruction+allergy_diagnosis hobbies=hobby
personality: past_clubs=past_club present_clubs=club political_interest=political_interest religion=religion books=book taboos=taboo
personality: what_they_value=valued stubborn=stubborn takes_advice=takes_advice manner=manner
personality: by_self=self_view by_family=family_view by_friends=friends_view by_colleagues=colleagues_view
social: relatives=relative_name friends=friend_name neighbours=neighbour_name get_on=relative_terms+friend_terms+neighbour_terms
social: closest=closest_relative+closest_friend+closest_neighbour views_on_relationships=relationship_view introduced_by=referred_by
social: opinion_of_us=opinion_of_us what_else=alternatives why=alternatives_why
company_basic: name=company_name address=company_address phone=phone founded=founded legal_form=legal_form trade=trade assets=assets
company_basic: registered_capital=registered_capital scope=business_scope history=company_history licence=licence_no
company_character: size=company_size area_served=area_served idea=management_idea direction=direction features=features image=image reputation=reputation
company_business: selling_power=selling_power results=results potential=potential strengths=strengths problems=problems remedies=remedies
company_dealing: terms=terms credit_standing=credit_standing credit_trouble=company_credit_trouble relation=relation_with_us
company_dealing: attitude=cooperation_attitude opinion_of_us=opinion_of_us what_else=alternatives why=alternatives_why
company_principals: owners_managers_legal=principal_role name=principal_name age=principal_birth education=principal_education
company_principals: character=principal_character interests=principal_interests hobbies=principal_hobbies family=principal_family
company_principals: abilities=principal_abilities calibre=principal_calibre`

func TestEveryNamedItemHasItsField(t *testing.T) {
	fields := shipped(t)
	for line := range strings.Lines(strings.TrimSpace(checklist)) {
		group, items, _ := strings.Cut(strings.TrimSpace(line), ": ")
		kind := Individual
		if strings.HasPrefix(group, "company_") {
			kind = Enterprise
		}
		for _, item := range strings.Fields(items) {
			noun, keys, _ := strings.Cut(item, "=")
			for key := range strings.SplitSeq(keys, "+") {
				if f, ok := fields[key]; !ok || f.GroupFor(kind) != group {
					t.Errorf("%s, %s: field %q known %v, stands in %q", group, noun, key, ok, f.GroupFor(kind))
				}
			}
		}
	}
}
