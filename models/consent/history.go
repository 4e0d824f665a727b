package consent

import (
	"context"

	"shuke/models/db"
	"shuke/models/vault"
)

// Said is an event as its history shows it.
type Said struct {
	Event
	Sealed     bool // there is a proof
	StaffName  string
	BranchZH   string
	BranchEN   string
	proofBytes []byte
}

// HistoryPage is how many events a page of the history holds.
const HistoryPage = 50

const saidSQL = `SELECT e.n, e.purpose, e.channel, e.given, e.said_by, e.how, e.wording, e.proof, e.staff_id, e.branch_id, e.via, e.at,
 COALESCE(p.name, ''), COALESCE(b.name_zh, ''), COALESCE(b.name_en, '')
FROM consent_events e LEFT JOIN staff p ON p.id = e.staff_id LEFT JOIN branches b ON b.id = e.branch_id
WHERE e.customer_id = ? AND e.n < ? ORDER BY e.n DESC LIMIT ?`

// History returns what a customer said, the latest first, before the given number
// (0: from the latest); one more than a page holds says that there are older.
func History(ctx context.Context, d *db.DB, customerID, before int64) ([]Said, error) {
	if before <= 0 {
		before = 1 << 62
	}
	rows, err := d.Read(ctx).Raw(saidSQL, customerID, before, HistoryPage+1).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Said
	for rows.Next() {
		s := Said{Event: Event{CustomerID: customerID}}
		var wording string
		var at int64
		if err := rows.Scan(&s.N, &s.Purpose, &s.Channel, &s.Given, &s.Who, &s.How, &wording, &s.proofBytes, &s.By, &s.Branch, &s.Via, &at,
			&s.StaffName, &s.BranchZH, &s.BranchEN); err != nil {
			return nil, err
		}
		s.Wording, s.At, s.Sealed = ParseText(wording), db.Time(at), s.proofBytes != nil
		out = append(out, s)
	}
	return out, rows.Err()
}

// Open opens the words about the proof.
func (s *Said) Open(key vault.Key) (err error) {
	if s.Sealed {
		s.Proof, err = key.Open(s.proofBytes, proofRow(s.CustomerID, s.N))
	}
	return err
}
