package main

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"shuke/models/demo"
)

type demoCommand struct {
	Customers int    `default:"80000" help:"How many customers."`
	Seed      uint64 `default:"1" help:"The same seed gives the same house."`
}

// Run fills an empty house and prints who can sign in.
func (d *demoCommand) Run(c *commands) error {
	return c.with(func(ctx context.Context, p *program) error { return p.fillDemo(ctx, d.Customers, d.Seed) })
}

func (p *program) demoDeps() demo.Deps {
	return demo.Deps{DB: p.main, Vault: p.vault, Log: p.log, Clock: p.clock, Staff: p.staff, Customers: p.customers}
}

func (p *program) fillDemo(ctx context.Context, customers int, seed uint64) error {
	step := -1
	people, err := demo.Fill(ctx, p.demoDeps(), demo.Options{Customers: customers, Seed: seed, By: shell(), Progress: func(done, total int) {
		if tenth := 10 * done / max(total, 1); tenth != step {
			step = tenth
			say("  示例数据 sample data %d%%\n", 10*tenth)
		}
	}})
	if err != nil {
		return err
	}
	debug.FreeOSMemory() // filling takes more than serving ever will
	saySignIns(people)
	return nil
}

// readyDemo makes sure that the sample house stands, and refuses a real one.
func (p *program) readyDemo(ctx context.Context, customers int) error {
	state, err := demo.Look(ctx, p.main)
	if err != nil {
		return err
	}
	switch state {
	case demo.Empty:
		return p.fillDemo(ctx, customers, 1)
	case demo.Filled:
		people, err := demo.SignIns(ctx, p.demoDeps())
		if err == nil {
			saySignIns(people)
		}
		return err
	case demo.HalfFilled:
		return fmt.Errorf("the sample data were cut short: delete %s and start again", p.settings.DataDir)
	}
	return errors.New("this database holds real data: --demo is refused")
}

func saySignIns(people []demo.SignIn) {
	say("\n  示例账号 sample sign-ins\n\n")
	for _, s := range people {
		say("    %-10s %-16s %s %s\n", s.Login, s.Password, s.Role, s.Name)
	}
	say("\n")
}
