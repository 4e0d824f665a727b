package handlers

import (
	"context"

	"shuke/handlers/api"
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
