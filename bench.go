package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"slices"

	"shuke/bench"
	"shuke/models/demo"
	"shuke/policies"
)

type benchCommand struct {
	Area      []string `default:"pages" help:"pages, import, throughput, serve."`
	Size      []int    `default:"80000" help:"Customers in the base."`
	Databases []string `default:"sqlite,mysql" help:"sqlite, mysql."`
	Dir       string   `default:".build/bench" type:"path" help:"Folder of the prepared bases, built once and kept."`
}

// Run measures on prepared bases of invented data, which it builds when they
// are missing.
func (b *benchCommand) Run(c *commands) error {
	ctx := context.Background()
	var server *bench.MariaDB
	if slices.Contains(b.Databases, "mysql") {
		var err error
		if server, err = bench.StartMariaDB(ctx, filepath.Join(b.Dir, "mariadb")); err != nil {
			return err
		}
		defer server.Stop()
	}
	for _, size := range b.Size {
		for _, name := range b.Databases {
			base, err := b.base(ctx, server, name, size)
			if err != nil {
				return err
			}
			if err := b.measure(ctx, c, base); err != nil {
				return fmt.Errorf("%s, %d: %w", name, size, err)
			}
		}
	}
	return nil
}

// base is where a prepared house lies.
type base struct {
	dir, database, keys string
	size                int
}

func (b *benchCommand) base(ctx context.Context, server *bench.MariaDB, name string, size int) (base, error) {
	out := base{dir: filepath.Join(b.Dir, fmt.Sprintf("%s-%d", name, size)), size: size}
	out.database, out.keys = "sqlite:"+filepath.Join(out.dir, "shuke.db"), "sqlite:"+filepath.Join(out.dir, "keys.db")
	if name != "mysql" {
		return out, nil
	}
	schema := fmt.Sprintf("shuke_%d", size)
	out.database, out.keys = server.Address(schema), server.Address(schema+"_keys")
	for _, s := range []string{schema, schema + "_keys"} {
		if err := server.Create(ctx, s); err != nil {
			return out, err
		}
	}
	return out, nil
}

func (b *benchCommand) measure(ctx context.Context, c *commands, at base) error {
	flags := map[string]any{"data_dir": at.dir, "database": at.database, "keys_database": at.keys}
	p, err := c.open(ctx, flags, true)
	if err != nil {
		return err
	}
	defer p.close()
	people, err := p.benchDemo(ctx, at.size)
	if err != nil {
		return err
	}
	clerk := people[slices.IndexFunc(people, func(s demo.SignIn) bool { return s.Role == string(policies.FrontDesk) })]
	app, err := p.app(slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		return err
	}
	u, err := url.Parse(p.settings.URL)
	if err != nil {
		return err
	}
	house := bench.House{App: app, Host: u.Host, Main: p.main, Size: at.size, Login: clerk.Login, Password: clerk.Password}
	for _, area := range b.Area {
		switch area {
		case "pages":
			err = house.Pages(ctx, os.Stdout)
		default:
			err = fmt.Errorf("unknown area %q", area)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// benchDemo returns the sign-ins of the base, filling it first when it is new.
func (p *program) benchDemo(ctx context.Context, size int) ([]demo.SignIn, error) {
	state, err := demo.Look(ctx, p.main)
	if err != nil {
		return nil, err
	}
	if state == demo.Filled {
		return demo.SignIns(ctx, p.demoDeps())
	}
	return demo.Fill(ctx, p.demoDeps(), demo.Options{Customers: size, Seed: 1, By: shell()})
}
