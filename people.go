package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"shuke/models/fault"
	"shuke/models/staff"
	"shuke/policies"
	"shuke/views/text"
)

type migrateCommand struct{}

// Run brings both databases up to date.
func (migrateCommand) Run(c *commands) error {
	p, err := c.open(context.Background(), nil, true)
	if err != nil {
		return err
	}
	say("up to date\n")
	return p.close()
}

type branchCommand struct {
	Add branchAddCommand `cmd:"" help:"Add a branch."`
}

type branchAddCommand struct {
	Code     string `required:"" help:"Short lasting code, e.g. xihu."`
	NameZH   string `required:"" name:"name-zh" help:"Name in Chinese."`
	NameEN   string `required:"" name:"name-en" help:"Name in English."`
	TimeZone string `default:"Asia/Shanghai" help:"Time zone."`
	Region   string `default:"CN" help:"Country, for telephone numbers without a prefix."`
}

// Run adds the branch.
func (b *branchAddCommand) Run(c *commands) error {
	return c.with(func(ctx context.Context, p *program) error {
		added, err := p.staff.AddBranch(ctx, shell(), staff.Branch{Code: b.Code, NameZH: b.NameZH, NameEN: b.NameEN, TimeZone: b.TimeZone, Region: b.Region})
		if err == nil {
			say("branch %s\n", added.Code)
		}
		return err
	})
}

type staffCommand struct {
	Add staffAddCommand `cmd:"" help:"Add a member of staff and print a first password."`
}

type staffAddCommand struct {
	Login      string `required:"" help:"Name to sign in with."`
	Name       string `required:"" help:"Name of the person."`
	Role       string `required:"" help:"front_desk, floor, sales, service, marketing …"`
	Branch     string `required:"" help:"Code of the branch."`
	Hired      string `required:"" help:"Day of hiring, 2006-01-02."`
	Employment string `default:"regular" help:"regular, temporary or intern."`
	PayBand    string `help:"Pay band."`
}

// Run adds the account; what is said of employment here is unconfirmed.
func (s *staffAddCommand) Run(c *commands) error {
	return c.with(func(ctx context.Context, p *program) error {
		password, err := p.staff.Add(ctx, shell(), staff.Draft{Login: s.Login, Name: s.Name, Role: policies.Role(s.Role), Branch: s.Branch,
			Employment: policies.Employment(s.Employment), HiredOn: s.Hired, PayBand: s.PayBand})
		if err == nil {
			say("login %s\nfirst password %s (to be changed at the first sign-in, within 7 days)\n", s.Login, password)
		}
		return err
	})
}

type tokenCommand struct {
	Add tokenAddCommand `cmd:"" help:"Make a token and print it once."`
}

type tokenAddCommand struct {
	Login     string   `required:"" help:"Whose rights the token has."`
	Label     string   `default:"command line" help:"What it is for."`
	Scope     []string `placeholder:"SCOPE" help:"What it may do, several times: customer.search, customer.read, customer.write. Without it all of them."`
	Days      int      `default:"90" help:"Days until it expires, at most 366."`
	PerSecond int      `default:"20" help:"Reads a second it may ask for; writes are five times as many."`
	PerHour   int      `default:"600" help:"Customers it may be shown an hour."`
}

// Run makes the token.
func (t *tokenAddCommand) Run(c *commands) error {
	return c.with(func(ctx context.Context, p *program) error {
		d := staff.NewTokenDraft(t.Login, t.Label)
		d.Days, d.PerSecond, d.PerHour = t.Days, t.PerSecond, t.PerHour
		if len(t.Scope) > 0 {
			d.Scopes = nil
		}
		for _, s := range t.Scope {
			d.Scopes = append(d.Scopes, policies.Scope(s))
		}
		token, err := p.staff.AddToken(ctx, shell(), d)
		if err == nil {
			say("%s\n", token)
		}
		return err
	})
}

// with opens the program for one chore; messages of the domain come out as
// sentences.
func (c *commands) with(chore func(context.Context, *program) error) error {
	ctx := context.Background()
	settings, err := c.settings(nil)
	if err != nil {
		return err
	}
	p, err := c.open(ctx, nil, ours(settings))
	if err != nil {
		return err
	}
	return errors.Join(spoken(chore(ctx, p)), p.close())
}

// spoken turns the domain's keys into sentences in English.
func spoken(err error) error {
	var f *fault.Error
	if !errors.As(err, &f) {
		return err
	}
	texts, loadErr := text.Load()
	if loadErr != nil {
		return err
	}
	p := texts.Printer(text.English, nil)
	out := []error{errors.New(p.T(f.Text.Key, f.Text.Args))}
	for _, field := range slices.Sorted(maps.Keys(f.Fields)) {
		m := f.Fields[field]
		out = append(out, fmt.Errorf("  %s: %s", field, p.T(m.Key, m.Args)))
	}
	return errors.Join(out...)
}
