package customer

import (
	"slices"

	"shuke/policies"
)

// sight is what of an identity a role may see in a look-up. What it may not see
// neither shows nor explains a hit: else a field that is off or not for the role
// could be read by asking for it.
type sight struct {
	address, principal, phones, emails, plates, member, tier, city, employer, documents bool
}

func sightOf(cat *Catalogue, r policies.Role) sight {
	any := func(keys ...string) bool {
		return slices.ContainsFunc(keys, func(key string) bool {
			f, known := cat.Field(key)
			return known && f.On && f.MaySee(r)
		})
	}
	return sight{
		address: any("address_as"), principal: any("principal_address_as"), phones: any("phone", "home_phone", "work_phone"), emails: any("email"), plates: any("plate"),
		member: any("member_no"), tier: any("tier"), city: any("city"), employer: any("employer"), documents: any("document_no", "licence_no"),
	}
}

// of takes from an identity what may not be seen. Names stay: they are what a
// hit is.
func (s sight) of(c Customer) Customer {
	address := s.address
	if c.Kind == Enterprise {
		address = s.principal
	}
	for _, part := range []struct {
		seen bool
		text *string
	}{{address, &c.AddressAs}, {s.tier, &c.Tier}, {s.city, &c.City}, {s.employer, &c.Employer}} {
		if !part.seen {
			*part.text = ""
		}
	}
	for _, part := range []struct {
		seen bool
		list *[]string
	}{{s.phones, &c.Phones}, {s.emails, &c.Emails}, {s.plates, &c.Plates}, {s.member, &c.MemberNos}} {
		if !part.seen {
			*part.list = nil
		}
	}
	return c
}
