package staff

import (
	"context"
	"slices"

	"shuke/models/fault"
	"shuke/policies"
)

// RolesToGive lists the roles the actor may hand out, in the order of pages.
func (s *Service) RolesToGive(ctx context.Context, a policies.Actor) []policies.Role {
	return slices.DeleteFunc(slices.Clone(policies.Roles), func(r policies.Role) bool { return s.mayGive(ctx, a, r) != nil })
}

// MayChange returns nil when the actor may change the account, its password
// included, else the refusal that Edit and ResetPassword would answer.
func (s *Service) MayChange(ctx context.Context, a policies.Actor, p Person) error {
	if err := s.guard.Require(a, policies.StaffManage); err != nil {
		return err
	}
	if p.ID == a.StaffID {
		return fault.New(fault.Denied, "staff.not_oneself")
	}
	// Whoever holds a high role is only changed by those who could give it.
	if err := s.mayGive(ctx, a, p.Role); err != nil {
		return fault.New(fault.Denied, "staff.role_needs_owner")
	}
	return nil
}

// MayConfirm returns nil when the actor may confirm the person's facts of
// employment: nobody who entered them or is meant by them.
func (s *Service) MayConfirm(a policies.Actor, p Person) error {
	if err := s.guard.Require(a, policies.StaffConfirm); err != nil {
		return err
	}
	if p.ID == a.StaffID || p.EnteredBy == a.StaffID {
		return fault.New(fault.Denied, "staff.confirm_needs_another")
	}
	if slices.Contains(highRoles, p.Role) && a.Role != policies.Owner && a.Role != policies.Manager {
		return fault.New(fault.Denied, "staff.confirm_needs_owner")
	}
	return nil
}
