package relation

import (
	"slices"

	"shuke/models/consent"
	"shuke/policies"
)

// restrainedSQL keeps off a card whom a restriction of either customer keeps off
// it: family that is not to be shown, a person who is to be told nothing, and
// others at a branch that they avoid, which is its one argument. Kinds up to 40
// are family and those who live together.
const restrainedSQL = ` AND NOT EXISTS (SELECT 1 FROM restrictions x WHERE x.customer_id = r.customer_id AND x.ended_at = 0
  AND (x.kind = 'household' AND r.kind <= 40 OR x.kind = 'person' AND LOWER(x.person) = LOWER(COALESCE(c.name, r.name))))
 AND NOT EXISTS (SELECT 1 FROM restrictions y WHERE y.customer_id = r.other_id AND y.ended_at = 0
  AND (y.kind = 'household' AND r.kind <= 40 OR y.kind = 'branch' AND y.not_at = ? OR y.kind = 'person' AND LOWER(y.person) = (SELECT LOWER(m.name) FROM customers m WHERE m.id = r.customer_id)))`

// notForgottenSQL leaves out whoever asked to be forgotten: nobody sees them.
const notForgottenSQL = ` AND NOT EXISTS (SELECT 1 FROM erasures z WHERE z.customer_id = r.other_id AND z.state IN (1, 2, 4))`

// avoided is the branch whose avoiders the actor does not see; no branch has the
// number of those who see them.
func avoided(guard *policies.Guard, a policies.Actor) int64 {
	if guard.Can(a, policies.CustomerRestricted) {
		return -1
	}
	return a.BranchID
}

// withdrawn reports whether a link is there no more for what the customer said: a
// child's name, once they no longer let us keep what is known of children, and
// family that is not to be shown.
func withdrawn(states consent.States, l Link) bool {
	return l.Sealed && !states.Allows(consent.Child, "") || states.HidesHousehold() && l.Kind <= Household
}

// Usable are the links that the customer still lets us show.
func Usable(states consent.States, links []Link) []Link {
	return slices.DeleteFunc(links, func(l Link) bool { return withdrawn(states, l) })
}
