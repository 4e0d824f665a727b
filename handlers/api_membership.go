package handlers

import (
	"context"

	"shuke/handlers/api"
	"shuke/models/membership"
)

func (a *App) callJoin(ctx context.Context, in *inquiry, r *api.JoinRequest) (*api.JoinAnswer, error) {
	number, err := a.Members.Join(ctx, in.Actor, r.Joining())
	if err != nil {
		return nil, r.Rejected(err)
	}
	out := &api.JoinAnswer{}
	out.Body.Number = number
	return out, nil
}

func (a *App) callLeave(ctx context.Context, in *inquiry, r *api.LeaveRequest) (*api.Empty, error) {
	return &api.Empty{}, refusedAt(a.Members.Leave(ctx, in.Actor, r.Leaving()), r.Of)
}

func (a *App) callNumber(ctx context.Context, in *inquiry, r *api.NumberRequest) (*api.Empty, error) {
	return &api.Empty{}, refusedAt(a.Members.ChangeNumber(ctx, in.Actor, r.Numbering()), r.Of)
}

func (a *App) callAttend(ctx context.Context, in *inquiry, r *api.AttendRequest) (*api.Empty, error) {
	return &api.Empty{}, a.Members.Attend(ctx, in.Actor, membership.Attendance{PublicID: r.ID, EventID: r.Event, Came: r.Body.Came})
}

// refusedAt names the places in the request that an error is about.
func refusedAt(err error, at func(string) string) error {
	if err == nil {
		return nil
	}
	return &api.Rejected{Cause: err, At: at}
}
