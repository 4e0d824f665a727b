package arrival

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"shuke/models/audit"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/models/live"
	"shuke/models/stay"
	"shuke/models/webhook"
	"shuke/policies"
)

// Topic is that of changes to sheets.
const Topic = stay.Topic

// Ticked is what open sheets are told of a tick.
type Ticked struct {
	Kind string `json:"kind"` // tick, or row when the whole row is to be read anew
	Stay string `json:"stay"`
	Key  string `json:"key,omitempty"`
	Done bool   `json:"done"`
	By   string `json:"by,omitempty"` // name of the member of staff
	At   int64  `json:"at,omitempty"`
	Day  string `json:"day,omitempty"`
}

var errGone = fault.New(fault.Conflict, "arrival.preparation_gone")

// Tick says that something is ready, or that it is not after all. Two people at
// once are no conflict: the first is named. All open sheets of the branch learn
// it once it is kept.
func (s *Service) Tick(ctx context.Context, a policies.Actor, cat *customer.Catalogue, publicID, key string, done bool) (Row, error) {
	if done {
		return s.TickAll(ctx, a, cat, publicID, []string{key}, nil)
	}
	return s.TickAll(ctx, a, cat, publicID, nil, []string{key})
}

// TickAll is Tick for several lines of one guest: those that are ready and those
// that are not after all. A line that is gone since is passed over, unless none
// is left. The row that comes back is recorded like one that was opened.
func (s *Service) TickAll(ctx context.Context, a policies.Actor, cat *customer.Catalogue, publicID string, ready, open []string) (Row, error) {
	if err := s.guard.Require(a, policies.ArrivalTick); err != nil {
		return Row{}, err
	}
	before, err := s.row(ctx, a, cat, publicID)
	if err != nil {
		return Row{}, err
	}
	found := 0
	var turn []Preparation // that are not yet as they are said to be
	for i, keys := range [][]string{open, ready} {
		for _, key := range keys {
			p, is := before.preparation(key)
			if is {
				found++
			}
			if is && p.Done() != (i == 1) {
				turn = append(turn, p)
			}
		}
	}
	switch {
	case found == 0 && len(ready)+len(open) > 0:
		return Row{}, errGone
	case len(turn) == 0:
		return before, s.show(ctx, a, "arrival.row_opened", publicID, []Row{before})
	}
	err = s.tell(ctx, func(tx *db.Tx) error {
		for _, p := range turn {
			if err := s.tick(tx, a, before.Stay, p.Key, !p.Done()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return Row{}, err
	}
	return s.OpenRow(ctx, a, cat, publicID)
}

// preparation finds what can be ticked.
func (r Row) preparation(key string) (Preparation, bool) {
	for _, list := range [][]Preparation{r.Preparations, r.Never} {
		for _, p := range list {
			if p.Key == key && p.Tickable() {
				return p, true
			}
		}
	}
	return Preparation{}, false
}

// tick writes the state and tells of it; a state that is there already, because
// somebody was quicker, stays theirs.
func (s *Service) tick(tx *db.Tx, a policies.Actor, in stay.Stay, key string, done bool) error {
	now := s.clock.Now()
	_, err := tx.Run("INSERT INTO preparations (stay_id, k, branch_id, created_at, created_by) VALUES (?,?,?,?,?)"+
		tx.Dialect.Upsert("stay_id, k", "branch_id = new.branch_id"), in.ID, key, in.BranchID, db.Millis(now), a.StaffID)
	if err != nil {
		return err
	}
	var at time.Time
	by, condition := int64(0), "done_at <> 0"
	if done {
		at, by, condition = now, a.StaffID, "done_at = 0"
	}
	n, err := tx.Run("UPDATE preparations SET done_at = ?, done_by = ? WHERE stay_id = ? AND k = ? AND dropped_at = 0 AND "+condition, db.Millis(at), by, in.ID, key)
	if err != nil || n == 0 {
		return err
	}
	if err := announce(tx, in, Ticked{Kind: "tick", Key: key, Done: done, By: a.Name, At: db.Millis(now)}, now); err != nil {
		return err
	}
	action := "preparation.done"
	if !done {
		action = "preparation.undone"
	}
	e := audit.By(a, action)
	e.CustomerID, e.Object = in.CustomerID, in.PublicID
	e.Details = []audit.Detail{{Name: "preparation", Value: key}}
	return s.log.Append(tx, e)
}

// announce tells open sheets and programs of a change, in its transaction.
func announce(tx *db.Tx, in stay.Stay, t Ticked, at time.Time) error {
	t.Stay, t.Day = in.PublicID, in.ArriveOn
	body, err := json.Marshal(t)
	if err != nil {
		return err
	}
	if err := live.Announce(tx, live.Change{Topic: Topic, BranchID: in.BranchID, Body: string(body)}, at); err != nil {
		return err
	}
	return emit(tx, in, at)
}

// emit tells programs that something about the arrival of a customer changed. Of
// a stay that nobody has claimed there is nothing they could ask for.
func emit(tx *db.Tx, in stay.Stay, at time.Time) error {
	if in.CustomerID == 0 {
		return nil
	}
	var who string
	if err := tx.Raw("SELECT public_id FROM customers WHERE id = ?", in.CustomerID).Row().Scan(&who); err != nil {
		return err
	}
	return webhook.Emit(tx, webhook.ArrivalChanged, who, at)
}

// handLimit bounds what is added to one stay by hand, and wordingLimit each text.
const (
	handLimit    = 40
	wordingLimit = 120
)

// Prepare adds something to be made ready for one stay that follows from no
// wish. Due is in minutes after midnight of the day of arrival, -1 as the
// department's work is due. It returns the key of the preparation.
func (s *Service) Prepare(ctx context.Context, a policies.Actor, cat *customer.Catalogue, publicID, wording, department string, due int, key string) (added string, err error) {
	if err := s.guard.Require(a, policies.ArrivalTick); err != nil {
		return "", err
	}
	problems := fault.Fields{}
	wording = strings.TrimSpace(wording)
	if wording == "" {
		problems.Add("wording", "error.required", nil)
	}
	if len([]rune(wording)) > wordingLimit {
		problems.Add("wording", "error.too_long", map[string]any{"Max": wordingLimit})
	}
	if strings.ContainsFunc(wording, func(r rune) bool { return r < ' ' }) {
		problems.Add("wording", "error.control_character", nil)
	}
	if d := cat.Department(department); !d.On {
		problems.Add("department", "error.choose", nil)
	}
	if due < -1 || due >= 24*60 {
		problems.Add("due", "stay.time_invalid", nil)
	}
	if err := problems.Err(); err != nil {
		return "", err
	}
	once := db.Once{StaffID: a.StaffID, Key: key, Request: []string{"prepare", publicID, wording, department, strconv.Itoa(due)}}
	write := func(tx *db.Tx) error {
		answer, done, err := once.Before(tx)
		if err != nil || done {
			added = answer
			return err
		}
		in, err := stay.Lock(tx, publicID)
		if err != nil {
			return err
		}
		if err := mine(a, in); err != nil {
			return err
		}
		added, err = s.prepareByHand(tx, a, in, wording, department, due, once)
		return err
	}
	err = s.tell(ctx, write)
	if db.Duplicate(err) && key != "" { // the same form, sent twice at once: the other was first
		err = s.tell(ctx, write)
	}
	return added, err
}

func (s *Service) prepareByHand(tx *db.Tx, a policies.Actor, in stay.Stay, wording, department string, due int, once db.Once) (string, error) {
	var count int
	if err := tx.Raw("SELECT COUNT(*) FROM preparations WHERE stay_id = ? AND k LIKE 'h%'", in.ID).Row().Scan(&count); err != nil {
		return "", err
	}
	if count >= handLimit {
		return "", fault.Fields{"wording": {Key: "arrival.too_many"}}.Err()
	}
	now := s.clock.Now()
	k := "h" + strconv.Itoa(count+1)
	_, err := tx.Run("INSERT INTO preparations (stay_id, k, branch_id, department, wording, due, created_at, created_by) VALUES (?,?,?,?,?,?,?,?)",
		in.ID, k, in.BranchID, department, wording, due, db.Millis(now), a.StaffID)
	if err != nil {
		return "", err
	}
	if err := once.After(tx, k, now); err != nil {
		return "", err
	}
	if err := announce(tx, in, Ticked{Kind: "row"}, now); err != nil {
		return "", err
	}
	e := audit.By(a, "preparation.added")
	e.CustomerID, e.Object = in.CustomerID, in.PublicID
	e.Details = []audit.Detail{{Name: "preparation", Value: k}, {Name: "department", Value: department}}
	return k, s.log.Append(tx, e)
}

// Drop takes back what was added by hand.
func (s *Service) Drop(ctx context.Context, a policies.Actor, publicID, key string) error {
	if err := s.guard.Require(a, policies.ArrivalTick); err != nil {
		return err
	}
	return s.tell(ctx, func(tx *db.Tx) error {
		in, err := stay.Lock(tx, publicID)
		if err != nil {
			return err
		}
		if err := mine(a, in); err != nil {
			return err
		}
		now := s.clock.Now()
		n, err := tx.Run("UPDATE preparations SET dropped_at = ? WHERE stay_id = ? AND k = ? AND k LIKE 'h%' AND dropped_at = 0", db.Millis(now), in.ID, key)
		if err != nil {
			return err
		}
		if n == 0 {
			return errGone
		}
		if err := announce(tx, in, Ticked{Kind: "row"}, now); err != nil {
			return err
		}
		e := audit.By(a, "preparation.dropped")
		e.CustomerID, e.Object = in.CustomerID, in.PublicID
		e.Details = []audit.Detail{{Name: "preparation", Value: key}}
		return s.log.Append(tx, e)
	})
}
