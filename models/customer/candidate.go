package customer

import (
	"context"

	"shuke/models/db"
)

// candidate is what a look-up reads of a customer: what explains a hit and what
// it shows, with the moment when the branch last dealt with them, 0 when not
// lately.
type candidate struct {
	Customer
	seenAt   int64
	withheld bool // some branch, or nobody, may find them
}

const candidateSQL = `SELECT c.id, c.public_id, c.kind, c.name, c.reading, c.other_names, c.address_as, c.phones, c.emails, c.plates, c.member_no, c.tier, c.city, c.employer, COALESCE(r.at, 0), c.withheld
FROM customers c LEFT JOIN recents r ON r.branch_id = ? AND r.customer_id = c.id AND r.at >= ? WHERE c.id IN ?`

// candidates reads customers by inner id into a map, in one statement.
func (s *Service) candidates(ctx context.Context, ids []int64, branchID, since int64, into map[int64]candidate) error {
	if len(ids) == 0 {
		return nil
	}
	rows, err := s.db.Read(ctx).Raw(candidateSQL, branchID, since, db.Padded(ids)).Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var c candidate
		var names, phones, emails, plates, members string
		var withheld int64
		if err := rows.Scan(&c.ID, &c.PublicID, &c.Kind, &c.Name, &c.Reading, &names, &c.AddressAs, &phones, &emails, &plates, &members, &c.Tier, &c.City, &c.Employer, &c.seenAt, &withheld); err != nil {
			return err
		}
		c.OtherNames, c.Phones, c.Emails, c.Plates, c.MemberNos = lines(names), lines(phones), lines(emails), lines(plates), lines(members)
		c.withheld = withheld > 0
		into[c.ID] = c
	}
	return rows.Err()
}
