package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"shuke/bench"
	"shuke/models/db"
	"shuke/models/demo"
	"shuke/models/imports"
	"shuke/models/staff"
	"shuke/policies"
)

type benchCommand struct {
	Area      []string `default:"pages" help:"pages, arrivals, import, throughput, serve."`
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
	lines := map[string][]bench.Line{}
	for _, size := range b.Size {
		for _, name := range b.Databases {
			base, err := b.base(ctx, server, name, size)
			if err != nil {
				return err
			}
			grows, err := b.measure(ctx, c, base)
			if err != nil {
				return fmt.Errorf("%s, %d: %w", name, size, err)
			}
			lines[name] = append(lines[name], grows...)
		}
	}
	for _, name := range b.Databases {
		bench.Growth(os.Stdout, lines[name])
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

// measure measures one house and returns the lines that must not grow with it.
func (b *benchCommand) measure(ctx context.Context, c *commands, at base) (grows []bench.Line, err error) {
	flags := map[string]any{"data_dir": at.dir, "database": at.database, "keys_database": at.keys}
	p, err := c.open(ctx, flags, true)
	if err != nil {
		return nil, err
	}
	defer p.close()
	people, err := p.benchDemo(ctx, at.size)
	if err != nil {
		return nil, err
	}
	clerk := people[slices.IndexFunc(people, func(s demo.SignIn) bool { return s.Role == string(policies.FrontDesk) })]
	app, err := p.app(slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		return nil, err
	}
	u, err := url.Parse(p.settings.URL)
	if err != nil {
		return nil, err
	}
	house := bench.House{App: app, Host: u.Host, Main: p.main, Size: at.size, Login: clerk.Login, Password: clerk.Password}
	for _, area := range b.Area {
		switch area {
		case "pages":
			grows, err = house.Pages(ctx, os.Stdout)
		case "arrivals":
			var sheet []bench.Line
			sheet, err = p.sheet(ctx, at, house)
			grows = append(grows, sheet...)
		case "import":
			err = b.imports(ctx, c, at)
		case "serve":
			err = serving(ctx, at, func(s *bench.Process) error { return house.Serving(ctx, os.Stdout, s) })
		case "throughput":
			err = serving(ctx, at, func(s *bench.Process) error { return house.Throughput(ctx, os.Stdout, s, at.dir) })
		default:
			err = fmt.Errorf("unknown area %q", area)
		}
		if err != nil {
			return nil, err
		}
	}
	return grows, nil
}

// serving runs work against a server of its own on the base.
func serving(ctx context.Context, at base, work func(*bench.Process) error) error {
	server, err := bench.Serve(ctx, []string{"SHUKE_DATA_DIR=" + at.dir, "SHUKE_DATABASE=" + at.database, "SHUKE_KEYS_DATABASE=" + at.keys})
	if err != nil {
		return err
	}
	return errors.Join(work(server), server.Stop())
}

// importedRows is how many rows the import is measured with.
const importedRows = 50_000

// imports measures an import into a fresh house and its rows by bulk means into
// another.
func (b *benchCommand) imports(ctx context.Context, c *commands, at base) error {
	dir, err := os.MkdirTemp(b.Dir, "import-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	var houses [2]*program
	for i := range houses {
		if houses[i], err = b.fresh(ctx, c, filepath.Join(dir, strconv.Itoa(i)), at); err != nil {
			return err
		}
		defer houses[i].close()
	}
	file := filepath.Join(dir, "guests.csv")
	if err := bench.Guests(file, importedRows); err != nil {
		return err
	}
	if _, err := houses[0].staff.AddBranch(ctx, shell(), staff.Branch{Code: "bench", NameZH: "测", NameEN: "Bench", TimeZone: "Asia/Shanghai", Region: "CN"}); err != nil {
		return err
	}
	actor, err := houses[0].importer(ctx, "")
	if err != nil {
		return err
	}
	begun := time.Now()
	p := houses[0]
	report, err := imports.New(p.main, p.vault, p.log, p.customers, p.clock).Run(ctx, imports.Options{Path: file, Channel: "pos", Source: "bench", Actor: actor})
	if err != nil {
		return err
	}
	took := time.Since(begun)
	if report.Created != importedRows {
		return fmt.Errorf("import made %d customers", report.Created)
	}
	return bench.Import(ctx, os.Stdout, importedRows, took, map[bool]*db.DB{false: houses[0].main, true: houses[0].keys}, map[bool]*db.DB{false: houses[1].main, true: houses[1].keys})
}

// fresh opens an empty house beside the base, thrown away afterwards.
func (b *benchCommand) fresh(ctx context.Context, c *commands, dir string, at base) (*program, error) {
	flags := map[string]any{"data_dir": dir, "database": "sqlite:" + filepath.Join(dir, "shuke.db"), "keys_database": "sqlite:" + filepath.Join(dir, "keys.db")}
	if strings.HasPrefix(at.database, "mysql:") {
		server := bench.MariaDBAt(filepath.Join(b.Dir, "mariadb"))
		for key, name := range map[string]string{"database": "import_" + filepath.Base(dir), "keys_database": "import_" + filepath.Base(dir) + "_keys"} {
			if err := errors.Join(server.Drop(ctx, name), server.Create(ctx, name)); err != nil {
				return nil, err
			}
			flags[key] = server.Address(name)
		}
	}
	return c.open(ctx, flags, true)
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
