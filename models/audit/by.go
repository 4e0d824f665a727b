package audit

import "shuke/policies"

// By starts an event of the actor: who, in which role and employment, from
// where. The caller adds what was done.
func By(a policies.Actor, action string) Event {
	return Event{
		ActorID: a.StaffID, Role: string(a.Role), Employment: string(a.Employment), BranchID: a.BranchID, Via: string(a.Via),
		Session: a.Session, Address: a.Address, OSUser: a.OSUser, RequestID: a.RequestID, Action: action, Outcome: OK,
	}
}
