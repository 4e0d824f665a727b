package customer

import (
	"fmt"

	"shuke/models/audit"
	"shuke/models/consent"
	"shuke/models/db"
	"shuke/models/vault"
	"shuke/policies"
)

// hows are the ways of agreeing to a note as consents name them.
var hows = map[string]consent.How{"spoken": consent.Spoken, "written": consent.Written, "message": consent.ByChat}

// agree records, in the transaction of a note about safety, that the guest lets us
// pass it on: what they said of it elsewhere is settled by what they say now.
// There is no event when they had agreed already.
func (s *Service) agree(tx *db.Tx, a policies.Actor, customerID int64, p Preference, key vault.Key) ([]audit.Event, error) {
	states, err := consent.Within(tx, customerID)
	if err != nil {
		return nil, err
	}
	if d, asked := states.Decision(consent.Safety, ""); asked && d.Given {
		return nil, nil
	}
	wording, err := consent.LatestText(tx, consent.Safety)
	if err != nil {
		return nil, err
	}
	said := consent.Event{CustomerID: customerID, Purpose: consent.Safety, Given: true, Who: consent.Self, How: hows[p.Consent], Wording: wording, Key: &key,
		By: a.StaffID, Branch: a.BranchID, Via: a.Via, At: s.clock.Now()}
	if said.How == consent.Written {
		said.Proof = fmt.Sprintf("喜好 / preference #%d", p.N) // where what was written is described
	}
	if err := consent.Append(tx, said); err != nil {
		return nil, err
	}
	e := audit.By(a, "consent.given")
	e.CustomerID, e.Object = customerID, string(consent.Safety)
	e.Details = []audit.Detail{{Name: "how", Value: string(said.How)}, {Name: "said_by", Value: string(said.Who)}, {Name: "wording", Value: wording.String()}}
	return []audit.Event{e}, nil
}
