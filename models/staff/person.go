package staff

import (
	"context"
	"time"

	"shuke/policies"
)

// person is a row of staff with its branch.
type person struct {
	policies.Actor
	ID              int64
	passwordHash    string
	passwordExpires int64
	version         int64
	language        string
}

func (p person) actor(now time.Time) policies.Actor {
	a := p.Actor
	a.Now = now
	return a
}

const personSQL = `SELECT ` + personColumns + `, p.password_hash, p.password_expires_at, p.version
FROM staff p JOIN branches b ON b.id = p.branch_id WHERE `

// byLogin returns the person, or the zero person when there is none: callers
// that check passwords go on with it so that both take the same time.
func (s *Service) byLogin(ctx context.Context, login string) (person, error) {
	return s.onePerson(ctx, "p.login = ?", login)
}

func (s *Service) onePerson(ctx context.Context, where string, arg any) (person, error) {
	rows, err := s.db.Read(ctx).Raw(personSQL+where, arg).Rows()
	if err != nil {
		return person{}, err
	}
	defer rows.Close()
	if !rows.Next() {
		return person{}, rows.Err()
	}
	var p person
	var theme, zh, en, timeZone string
	a := &p.Actor
	err = rows.Scan(&a.StaffID, &a.Login, &a.Name, &a.Role, &a.BranchID, &a.Status, &a.Employment, &a.EmploymentConfirmed, &a.HiredOn,
		&a.NoticeOn, &a.LastOn, &a.PayBand, &a.PasswordTemporary, &p.language, &theme, &zh, &en, &timeZone, &a.Region,
		&p.passwordHash, &p.passwordExpires, &p.version)
	p.ID, a.Zone = a.StaffID, zone(timeZone)
	return p, err
}

// ActorByLogin returns the person as an actor of the command line or a job.
func (s *Service) ActorByLogin(ctx context.Context, login string) (policies.Actor, bool, error) {
	p, err := s.byLogin(ctx, login)
	return p.actor(s.clock.Now()), p.ID != 0, err
}

// ActorByID is ActorByLogin by the inner id.
func (s *Service) ActorByID(ctx context.Context, id int64) (policies.Actor, bool, error) {
	p, err := s.onePerson(ctx, "p.id = ?", id)
	return p.actor(s.clock.Now()), p.ID != 0, err
}
