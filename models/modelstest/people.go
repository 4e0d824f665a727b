package modelstest

import (
	"context"
	"sync"

	"shuke/models/db"
	"shuke/models/staff"
	"shuke/policies"
)

// Password is what every person of a House signs in with.
const Password = "kǒu-ling 74 mò"

// passwordHash is made once a process: argon2id is slow on purpose.
var passwordHash = sync.OnceValues(func() (string, error) {
	return staff.NewHasher().Hash(context.Background(), Password)
})

// Shell is the actor of the command line.
func Shell() policies.Actor { return policies.Actor{Via: policies.Command, OSUser: "tester"} }

// found makes the branches and one confirmed person a role at Shanghai, whose
// login is the role's name.
func (h *House) found() {
	h.T.Helper()
	for _, b := range []staff.Branch{
		{Code: Shanghai, NameZH: "上海外滩店", NameEN: "Shanghai Bund", TimeZone: "Asia/Shanghai", Region: "CN"},
		{Code: Hangzhou, NameZH: "杭州西湖店", NameEN: "Hangzhou West Lake", TimeZone: "Asia/Shanghai", Region: "CN"},
	} {
		_, err := h.Staff.AddBranch(context.Background(), Shell(), b)
		h.must(err)
	}
	for _, role := range policies.Roles {
		h.AddPerson(string(role), role, Shanghai)
	}
}

// AddPerson gives the House another confirmed person, who signs in with
// Password. The rows are written as staff.Add writes them, without its hash.
func (h *House) AddPerson(login string, role policies.Role, branch string) policies.Actor {
	h.T.Helper()
	ctx := context.Background()
	hash, err := passwordHash()
	h.must(err)
	b, err := h.Staff.Branch(ctx, branch)
	h.must(err)
	now := db.Millis(h.Clock.Now())
	h.must(h.Main.InTx(ctx, func(tx *db.Tx) error {
		var id int64
		if err := tx.Raw("SELECT next FROM sequences WHERE name = 'staff'").Row().Scan(&id); err != nil {
			return err
		}
		for _, q := range []struct {
			sql  string
			args []any
		}{
			{"UPDATE sequences SET next = next + 1 WHERE name = 'staff'", nil},
			{`INSERT INTO staff (id, login, name, role, branch_id, status, employment, hired_on, employment_change, employment_confirmed, password_hash, password_temporary, created_at)
 VALUES (?,?,?,?,?,'active','regular','2018-03-01',1,1,?,0,?)`, []any{id, login, "员工 " + login, role, b.ID, hash, now}},
			{`INSERT INTO employment_changes (staff_id, n, employment, hired_on, notice_on, last_on, pay_band, entered_by, entered_via, entered_at, confirmed_by, confirmed_at)
 VALUES (?,1,'regular','2018-03-01','','','',0,'command',?,1,?)`, []any{id, now, now}},
		} {
			if _, err := tx.Run(q.sql, q.args...); err != nil {
				return err
			}
		}
		return nil
	}))
	return h.ActorOf(login)
}

// Actor is the person of the role at Shanghai as a browser's request would know
// them now, without a sign-in.
func (h *House) Actor(role policies.Role) policies.Actor {
	h.T.Helper()
	return h.ActorOf(string(role))
}

// ActorOf is the person of that login as a browser's request would know them.
func (h *House) ActorOf(login string) policies.Actor {
	h.T.Helper()
	a, found, err := h.Staff.ActorByLogin(context.Background(), login)
	h.must(err)
	if !found {
		h.T.Fatalf("nobody signs in as %s", login)
	}
	a.Via, a.Address, a.RequestID = policies.Browser, "192.0.2.7", "req-test"
	return a
}

// Clerk is the front desk of Shanghai.
func (h *House) Clerk() policies.Actor {
	h.T.Helper()
	return h.Actor(policies.FrontDesk)
}

// SignIn signs the login in with Password and returns the cookie's secret.
func (h *House) SignIn(login string) string {
	h.T.Helper()
	token, err := h.Staff.Enter(context.Background(), staff.SignIn{Login: login, Password: Password, Address: "192.0.2.7", Agent: "test"})
	h.must(err)
	return token
}
