package customer

import (
	"context"
	"encoding/json"
	"errors"
)

// SettleStepFrom takes a step that another instance may have taken already, and
// reports whether it found that out.
func (s *Service) SettleStepFrom(ctx context.Context, key string, from int64) (elsewhere bool, err error) {
	var u unsettled
	var definition string
	if err := s.db.Read(ctx).Raw("SELECT definition, shape FROM fields WHERE k = ?", key).Row().Scan(&definition, &u.shape); err != nil {
		return false, err
	}
	if err := json.Unmarshal([]byte(definition), &u.field); err != nil {
		return false, err
	}
	u.from = from
	err = s.settleStep(ctx, u)
	return errors.Is(err, errElsewhere), err
}
