package relation

import (
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/policies"
)

// row is one direction of a relation as it is stored.
type row struct {
	customerID int64
	state      int
	kind       Kind
	ref        string
	otherID    int64
	name       string
	sealedName []byte
	sealedBorn []byte
	note       string
	who        string
	consent    bool
	channel    customer.Channel
	staffID    int64
	branchID   int64
	recordedAt int64
}

const rowColumns = "customer_id, state, kind, ref, other_id, name, sealed_name, sealed_born, note, who, consent, channel, staff_id, branch_id, recorded_at"

// rowWidth is how many columns of a row are written when it is made.
const rowWidth = 15

func insertRows(tx *db.Tx, rows ...row) error {
	if len(rows) == 0 {
		return nil
	}
	args := make([]any, 0, rowWidth*len(rows))
	for _, r := range rows {
		args = append(args, r.customerID, r.state, r.kind, r.ref, r.otherID, r.name, blob(r.sealedName), blob(r.sealedBorn), r.note, r.who, r.consent, r.channel, r.staffID, r.branchID, r.recordedAt)
	}
	_, err := tx.Run("INSERT INTO relations ("+rowColumns+") VALUES "+db.Rows(len(rows), rowWidth), args...)
	return err
}

// blob is NULL for nothing on either database.
func blob(sealed []byte) any {
	if sealed == nil {
		return nil
	}
	return sealed
}

// find returns the row of that name on the customer's side, in whatever state.
func find(tx *db.Tx, customerID int64, ref string) (row, error) {
	var r row
	if !validRef(ref) {
		return r, errNotFound
	}
	err := tx.Raw("SELECT "+rowColumns+" FROM relations WHERE customer_id = ? AND state IN (0, 1) AND ref = ?", customerID, ref).Row().Scan(
		&r.customerID, &r.state, &r.kind, &r.ref, &r.otherID, &r.name, &r.sealedName, &r.sealedBorn, &r.note, &r.who, &r.consent, &r.channel, &r.staffID, &r.branchID, &r.recordedAt)
	if db.NoRow(err) {
		err = errNotFound
	}
	return r, err
}

// mine is find for an act of the actor: a link that is hidden from them is not
// there, one that has ended meanwhile is a conflict. Both customers are locked.
func (s *Service) mine(tx *db.Tx, a policies.Actor, customerID int64, ref string) (row, error) {
	r, err := find(tx, customerID, ref)
	if err != nil {
		return r, err
	}
	ids := []int64{customerID}
	if r.otherID != 0 {
		ids = append(ids, r.otherID)
	}
	if err := lock(tx, ids...); err != nil {
		return r, err
	}
	if r, err = find(tx, customerID, ref); err != nil { // as it is now that nobody changes it
		return r, err
	}
	if r.otherID != 0 && !s.guard.Can(a, policies.RelationHidden) {
		hidden, err := isHidden(tx, customerID, r.otherID)
		if err != nil {
			return r, err
		}
		if hidden {
			return r, errNotFound
		}
	}
	if r.state != inForce {
		return r, errStale
	}
	return r, nil
}
