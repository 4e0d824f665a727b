package staff

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

	"shuke/models/audit"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/policies"
)

// Draft is what a page or the command line says of an account.
type Draft struct {
	Login      string
	Name       string
	Role       policies.Role
	Branch     string // code
	Status     policies.Status
	Employment policies.Employment
	HiredOn    string // 2006-01-02
	NoticeOn   string // "" when no notice has been given
	LastOn     string // last working day, "" when open
	PayBand    string
	Version    int64
}

// highRoles can open or guard more than a counter does. Only an owner gives
// them, and the command line not at all once there is an owner.
var highRoles = []policies.Role{policies.Owner, policies.Admin, policies.Custodian, policies.Manager, policies.Auditor}

var loginPattern = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{1,62}$`)
var payBandPattern = regexp.MustCompile(`^[A-Za-z0-9]{0,8}$`)

func (d Draft) check() fault.Fields {
	f := fault.Fields{}
	if !loginPattern.MatchString(d.Login) {
		f.Add("login", "staff.login_invalid", nil)
	}
	if n := len([]rune(strings.TrimSpace(d.Name))); n == 0 {
		f.Add("name", "error.required", nil)
	} else if n > 60 {
		f.Add("name", "error.too_long", map[string]any{"Max": 60})
	}
	if !slices.Contains(policies.Roles, d.Role) {
		f.Add("role", "error.choose", nil)
	}
	if !slices.Contains([]policies.Status{policies.Active, policies.Suspended, policies.Left}, d.Status) {
		f.Add("status", "error.choose", nil)
	}
	if !slices.Contains(policies.Employments, d.Employment) {
		f.Add("employment", "error.choose", nil)
	}
	if _, err := time.Parse(time.DateOnly, d.HiredOn); err != nil {
		f.Add("hired_on", "error.date", nil)
	}
	for field, date := range map[string]string{"notice_on": d.NoticeOn, "last_on": d.LastOn} {
		if date == "" {
			continue
		}
		if _, err := time.Parse(time.DateOnly, date); err != nil {
			f.Add(field, "error.date", nil)
		} else if date < d.HiredOn {
			f.Add(field, "staff.before_hired", nil)
		}
	}
	if !payBandPattern.MatchString(d.PayBand) {
		f.Add("pay_band", "staff.pay_band_invalid", nil)
	}
	return f
}

// mayGive refuses roles above what the actor may hand out.
func (s *Service) mayGive(ctx context.Context, a policies.Actor, role policies.Role) error {
	if !slices.Contains(highRoles, role) {
		return nil
	}
	if a.Via == policies.Command {
		owner, err := s.OwnerExists(ctx)
		if err != nil || !owner {
			return err
		}
		return fault.New(fault.Denied, "staff.role_needs_browser")
	}
	if a.Role != policies.Owner {
		return fault.Fields{"role": {Key: "staff.role_needs_owner"}}.Err()
	}
	return nil
}

func (s *Service) mayManage(a policies.Actor) error {
	if a.Via == policies.Command {
		return nil
	}
	return s.guard.Require(a, policies.StaffManage)
}

// FirstPasswordLife is how long a first password opens the account.
const FirstPasswordLife = 7 * 24 * time.Hour

// Add makes an account and returns its first password, which must be changed at
// the first sign-in. Facts of employment wait for a second person.
func (s *Service) Add(ctx context.Context, a policies.Actor, d Draft) (password string, err error) {
	d.Login, d.Status = strings.ToLower(strings.TrimSpace(d.Login)), policies.Active
	if err := s.mayManage(a); err != nil {
		return "", err
	}
	if err := d.check().Err(); err != nil {
		return "", err
	}
	if err := s.mayGive(ctx, a, d.Role); err != nil {
		return "", err
	}
	password = firstPassword()
	return password, s.insert(ctx, a, d, password, true, false)
}

func (s *Service) insert(ctx context.Context, a policies.Actor, d Draft, password string, temporary, confirmed bool) error {
	branch, err := s.Branch(ctx, d.Branch)
	if fault.Is(err, fault.NotFound) {
		return fault.Fields{"branch": {Key: "error.choose"}}.Err()
	}
	if err != nil {
		return err
	}
	hash, err := s.hasher.Hash(ctx, password)
	if err != nil {
		return err
	}
	id, err := s.ids.Take(ctx, 1)
	if err != nil {
		return err
	}
	now, expires := s.clock.Now(), int64(0)
	if temporary {
		expires = db.Millis(now.Add(FirstPasswordLife))
	}
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Run(`INSERT INTO staff (id, login, name, role, branch_id, status, employment, hired_on, notice_on, last_on, pay_band,
 employment_change, employment_confirmed, password_hash, password_temporary, password_expires_at, created_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,1,?,?,?,?,?)`,
			id, d.Login, strings.TrimSpace(d.Name), d.Role, branch.ID, d.Status, d.Employment, d.HiredOn, d.NoticeOn, d.LastOn, d.PayBand,
			confirmed, hash, temporary, expires, db.Millis(now))
		if err != nil {
			return err
		}
		if err := s.insertEmployment(tx, a, id, 1, d, confirmed); err != nil {
			return err
		}
		e := audit.By(a, "staff.added")
		e.Object = d.Login
		e.Details = []audit.Detail{{Name: "role", Value: string(d.Role)}, {Name: "branch", Value: d.Branch}, {Name: "employment", Value: string(d.Employment)}, {Name: "hired_on", Value: d.HiredOn}}
		return s.log.Append(tx, e)
	})
	if db.Duplicate(err) {
		return fault.Fields{"login": {Key: "staff.login_taken"}}.Err()
	}
	return err
}

func (s *Service) insertEmployment(tx *db.Tx, a policies.Actor, id, n int64, d Draft, confirmed bool) error {
	now := db.Millis(s.clock.Now())
	var by, at int64
	if confirmed {
		by, at = a.StaffID, now
		if by == 0 {
			by = id
		}
	}
	_, err := tx.Run(`INSERT INTO employment_changes (staff_id, n, employment, hired_on, notice_on, last_on, pay_band, entered_by, entered_via, entered_at, confirmed_by, confirmed_at)
 VALUES (?,?,?,?,?,?,?,?,?,?,?,?)`, id, n, d.Employment, d.HiredOn, d.NoticeOn, d.LastOn, d.PayBand, a.StaffID, a.Via, now, by, at)
	return err
}

// Person is an account as the staff pages show it.
type Person struct {
	Draft
	ID                int64
	Confirmed         bool
	EnteredBy         int64 // who entered the facts of employment in force
	BranchNameZH      string
	BranchNameEN      string
	PasswordTemporary bool
}

const peopleSQL = `SELECT p.id, p.login, p.name, p.role, b.code, p.status, p.employment, p.hired_on, p.notice_on, p.last_on, p.pay_band, p.version,
 p.employment_confirmed, c.entered_by, b.name_zh, b.name_en, p.password_temporary
FROM staff p JOIN branches b ON b.id = p.branch_id JOIN employment_changes c ON c.staff_id = p.id AND c.n = p.employment_change `

// PeoplePage is how many accounts a page of the list holds.
const PeoplePage = 50

// People lists accounts by login, after the given one.
func (s *Service) People(ctx context.Context, after string) ([]Person, error) {
	return s.people(ctx, "WHERE p.login > ? ORDER BY p.login LIMIT ?", after, PeoplePage+1)
}

// Person returns the account of that login.
func (s *Service) Person(ctx context.Context, login string) (Person, error) {
	list, err := s.people(ctx, "WHERE p.login = ?", login)
	if err != nil {
		return Person{}, err
	}
	if len(list) == 0 {
		return Person{}, fault.New(fault.NotFound, "error.not_found")
	}
	return list[0], nil
}

func (s *Service) people(ctx context.Context, where string, args ...any) ([]Person, error) {
	rows, err := s.db.Read(ctx).Raw(peopleSQL+where, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Person
	for rows.Next() {
		var p Person
		err := rows.Scan(&p.ID, &p.Login, &p.Name, &p.Role, &p.Branch, &p.Status, &p.Employment, &p.HiredOn, &p.NoticeOn, &p.LastOn, &p.PayBand, &p.Version,
			&p.Confirmed, &p.EnteredBy, &p.BranchNameZH, &p.BranchNameEN, &p.PasswordTemporary)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, rows.Err()
}
