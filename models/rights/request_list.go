package rights

import (
	"context"

	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/vault"
	"shuke/policies"
)

const requestsSQL = `SELECT r.customer_id, r.n, r.kind, r.said_by, r.how, r.customer_version, r.staff_id, COALESCE(p.name, ''), r.asked_at, r.due_at, r.outcome,
 COALESCE(d.name, ''), r.done_at, r.about, r.reply
FROM customer_requests r LEFT JOIN staff p ON p.id = r.staff_id LEFT JOIN staff d ON d.id = r.done_by
WHERE r.customer_id = ? ORDER BY r.n DESC`

// Requests returns what a customer asked for, the latest first.
func (s *Service) Requests(ctx context.Context, a policies.Actor, publicID string) (customer.Customer, []Request, error) {
	c, err := s.recorded(ctx, a, publicID)
	if err != nil {
		return customer.Customer{}, nil, err
	}
	if err := s.show(ctx, a, "restriction.requests_read", c.ID); err != nil {
		return customer.Customer{}, nil, err
	}
	list, err := s.requests(ctx, c.ID)
	return c, list, err
}

// requests reads a customer's requests with their words in the clear.
func (s *Service) requests(ctx context.Context, customerID int64) ([]Request, error) {
	rows, err := s.DB.Read(ctx).Raw(requestsSQL, customerID).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Request
	var words [][2][]byte
	for rows.Next() {
		var r Request
		var asked, due, done int64
		var about, reply []byte
		if err := rows.Scan(&r.CustomerID, &r.N, &r.Kind, &r.Who, &r.How, &r.Version, &r.By, &r.ByName, &asked, &due, &r.Outcome, &r.DoneByName, &done, &about, &reply); err != nil {
			return nil, err
		}
		r.AskedAt, r.DueAt, r.DoneAt = db.Time(asked), db.Time(due), db.Time(done)
		out, words = append(out, r), append(words, [2][]byte{about, reply})
	}
	if err := rows.Err(); err != nil || len(out) == 0 {
		return nil, err
	}
	key, err := s.Vault.Key(ctx, vault.Customer(customerID))
	if err != nil {
		return nil, err
	}
	for i := range out {
		if err := out[i].open(&key, words[i][0], words[i][1]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// openListed is how many open requests the list of all shows.
const openListed = 50

const openRequestsSQL = `SELECT c.public_id, r.customer_id, r.n, r.kind, r.how, r.asked_at, r.due_at, COALESCE(p.name, '')
FROM customer_requests r JOIN customers c ON c.id = r.customer_id LEFT JOIN staff p ON p.id = r.staff_id
WHERE r.outcome = '' ORDER BY r.due_at, r.customer_id LIMIT ?`

// OpenRequests lists what is to be answered, the soonest due first. It shows no
// customer: numbers, kinds and days alone.
func (s *Service) OpenRequests(ctx context.Context, a policies.Actor) ([]Request, error) {
	if err := s.Guard.Require(a, policies.ConsentRecord); err != nil {
		return nil, err
	}
	rows, err := s.DB.Read(ctx).Raw(openRequestsSQL, openListed).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Request
	for rows.Next() {
		var r Request
		var asked, due int64
		if err := rows.Scan(&r.PublicID, &r.CustomerID, &r.N, &r.Kind, &r.How, &asked, &due, &r.ByName); err != nil {
			return nil, err
		}
		r.AskedAt, r.DueAt = db.Time(asked), db.Time(due)
		out = append(out, r)
	}
	return out, rows.Err()
}
