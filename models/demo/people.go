package demo

import (
	"context"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"

	"shuke/models/demodata"
	"shuke/models/fault"
	"shuke/models/staff"
	"shuke/models/vault"
	"shuke/policies"
)

// SignIn is an account of the demo that can sign in: the first of each role.
type SignIn struct{ Login, Password, Role, Name string }

// SignIns returns the accounts of a house that Fill has filled, with the
// passwords they were given; whoever changed theirs has another.
func SignIns(ctx context.Context, deps Deps) ([]SignIn, error) {
	m, found, err := readMark(ctx, deps.DB)
	if err != nil {
		return nil, err
	}
	if !found || !m.finished {
		return nil, fault.New(fault.NotFound, "demo.not_filled")
	}
	return signIns(deps.Vault, m.seed, demodata.New(m.seed).Staff())
}

func signIns(v *vault.Vault, seed uint64, people []demodata.Staff) ([]SignIn, error) {
	var out []SignIn
	seen := map[string]bool{}
	for _, p := range people {
		if seen[p.Role] {
			continue
		}
		seen[p.Role] = true
		word, err := password(v, seed, p.Login)
		if err != nil {
			return nil, err
		}
		out = append(out, SignIn{Login: p.Login, Password: word, Role: p.Role, Name: p.Name})
	}
	return out, nil
}

// Syllables that can be read aloud and typed on any keyboard.
const (
	onsets  = "bdfghjkmnprstvwz"
	nuclei  = "aeiou"
	numbers = 10_000
)

// password is the same whenever this house asks, and another in every house: it
// depends on the seed and on the key of the vault, so the source of this program
// opens no demo. Four syllables and four digits are 38 bits, against which stands
// the throttle of sign-in.
func password(v *vault.Vault, seed uint64, login string) (string, error) {
	index, err := v.BlindIndex("demo_password", strconv.FormatUint(seed, 10)+"|"+login)
	if err != nil {
		return "", err
	}
	raw, err := hex.DecodeString(index)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for i := range 4 {
		if i == 2 {
			b.WriteByte('-')
		}
		b.WriteByte(onsets[int(raw[2*i])%len(onsets)])
		b.WriteByte(nuclei[int(raw[2*i+1])%len(nuclei)])
	}
	n := (int(raw[8])<<16 | int(raw[9])<<8 | int(raw[10])) % numbers
	return fmt.Sprintf("%s-%04d", b.String(), n), nil
}

// takeOn makes branches and staff. Only those whose password is printed have one.
func (f *filling) takeOn(ctx context.Context) ([]SignIn, error) {
	accounts, err := signIns(f.Vault, f.o.Seed, f.from.Staff())
	if err != nil {
		return nil, err
	}
	passwords := map[string]string{}
	for _, a := range accounts {
		passwords[a.Login] = a.Password
	}
	var branches []staff.Branch
	for _, b := range f.from.Branches() {
		zone, err := time.LoadLocation(b.TimeZone)
		if err != nil {
			return nil, err
		}
		f.zones = append(f.zones, zone)
		branches = append(branches, staff.Branch{Code: strings.ToLower(b.Code), NameZH: b.NameZH, NameEN: b.NameEN, TimeZone: b.TimeZone, Region: b.Region})
	}
	var people []staff.Invented
	for _, p := range f.from.Staff() {
		people = append(people, staff.Invented{Draft: f.draft(p, branches[p.BranchIndex].Code), Password: passwords[p.Login], Language: p.Language})
	}
	f.branches, f.staff, err = f.Staff.Seed(ctx, branches, people, f.begin)
	return accounts, err
}

func (f *filling) draft(p demodata.Staff, branch string) staff.Draft {
	today := f.o.Now.In(f.zones[p.BranchIndex])
	day := func(daysAgo int) string { return today.AddDate(0, 0, -daysAgo).Format(time.DateOnly) }
	d := staff.Draft{
		Login: p.Login, Name: p.Name, Role: policies.Role(p.Role), Branch: branch, Status: policies.Active,
		Employment: policies.Employment(p.Employment), HiredOn: day(p.HiredDaysAgo), PayBand: p.PayBand,
	}
	if p.NoticeDaysAgo >= 0 {
		d.NoticeOn = day(p.NoticeDaysAgo)
	}
	if p.LeavesInDays >= 0 {
		d.LastOn = day(-p.LeavesInDays)
	}
	return d
}
