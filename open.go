package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/user"
	"path/filepath"
	"strings"
	"time"

	"shuke/config"
	"shuke/handlers/webhooks"
	"shuke/models/arrival"
	"shuke/models/audit"
	"shuke/models/card"
	"shuke/models/clock"
	"shuke/models/consent"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/disclosure"
	"shuke/models/imports"
	"shuke/models/intake"
	"shuke/models/lease"
	"shuke/models/live"
	"shuke/models/membership"
	"shuke/models/purpose"
	"shuke/models/relation"
	"shuke/models/rights"
	"shuke/models/staff"
	"shuke/models/standing"
	"shuke/models/uses"
	"shuke/models/vault"
	"shuke/models/webhook"
	"shuke/policies"
)

// program is everything a command works with, opened.
type program struct {
	settings  config.Settings
	main      *db.DB
	keys      *db.DB
	vault     *vault.Vault
	log       *audit.Log
	gate      *disclosure.Gate
	guard     *policies.Guard
	clock     clock.Clock
	leases    *lease.Service
	staff     *staff.Service
	customers *customer.Service
	relations *relation.Service
	uses      *uses.Counter
	purposes  *purpose.Service
	cards     *card.Reader
	hub       *live.Hub
	standing  *standing.Service
	members   *membership.Service
	arrivals  *arrival.Service
	webhooks  *webhook.Service
	imports   *imports.Service
	intakes   *intake.Service
	sending   *webhooks.Dispatcher // of a program that serves
	library   *consent.Library
	rights    *rights.Service
}

func (c *commands) settings(flags map[string]any) (config.Settings, error) {
	all := map[string]any{}
	if c.DataDir != "" {
		all["data_dir"] = c.DataDir
	}
	for name, value := range flags {
		if value != "" {
			all[name] = value
		}
	}
	s, err := config.Load(c.Config, os.Environ(), all)
	if err != nil {
		return s, fmt.Errorf("settings:\n%w", err)
	}
	return s, checkDataDir(s.DataDir)
}

// checkDataDir makes the folder for its owner alone, or refuses one that others
// can look into: keys lie there.
func checkDataDir(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	info, err := os.Stat(dir)
	if err != nil {
		return err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return fmt.Errorf("data folder %s can be read by others (%v): chmod 700 %s", dir, info.Mode().Perm(), dir)
	}
	return nil
}

// ours reports whether nobody but this program uses the database: the embedded one
// is migrated on the way, a server may be shared with instances of another version
// and is migrated by who says so.
func ours(s config.Settings) bool { return strings.HasPrefix(s.Database, "sqlite:") }

// open opens the databases and all that stands on them. With migrate, the
// schema is brought up to date first; else it must fit.
func (c *commands) open(ctx context.Context, flags map[string]any, migrate bool) (*program, error) {
	s, err := c.settings(flags)
	if err != nil {
		return nil, err
	}
	p := &program{settings: s, clock: clock.Real()}
	if p.main, err = db.Open(ctx, s.Database); err != nil {
		return nil, err
	}
	if p.keys, err = db.Open(ctx, s.KeysDatabase); err != nil {
		return nil, errors.Join(err, p.main.Close())
	}
	if err := p.prepare(ctx, migrate); err != nil {
		return nil, errors.Join(err, p.main.Close(), p.keys.Close())
	}
	if p.guard, err = policies.NewGuard(); err != nil {
		return nil, errors.Join(err, p.main.Close(), p.keys.Close())
	}
	p.log = audit.NewLog(p.clock)
	p.leases = lease.NewService(p.main, p.clock, slog.Default())
	p.gate = disclosure.NewGate(p.main, p.log, p.clock)
	p.staff = staff.NewService(p.main, p.log, p.guard, p.clock)
	p.customers = customer.NewService(p.main, p.vault, p.log, p.gate, p.guard, p.clock)
	p.hub = live.NewHub(p.main, p.clock)
	p.standing = standing.NewService(p.main, p.log, p.guard, p.clock)
	p.members = membership.NewService(p.main, p.customers, p.log, p.guard, p.clock)
	p.arrivals = arrival.NewService(p.main, p.customers, p.members, p.log, p.gate, p.guard, p.hub, p.clock)
	p.relations = relation.NewService(p.main, p.vault, p.log, p.gate, p.guard, p.clock, p.customers)
	p.webhooks = webhook.NewService(p.main, p.vault, p.log, p.guard, p.clock, webhookHosts(s.WebhookHosts))
	p.uses = uses.NewCounter(p.main, p.clock)
	p.customers.CountUses(p.uses)
	if p.purposes, err = purpose.NewService(p.main, p.log, p.guard, p.clock, p.customers, p.uses); err != nil {
		return nil, errors.Join(err, p.main.Close(), p.keys.Close())
	}
	p.cards = card.NewReader(p.main, p.customers, p.members, p.arrivals.Stays(), p.purposes, p.gate, p.guard)
	p.library = consent.NewLibrary(p.main, p.log, p.guard, p.clock)
	p.rights = rights.NewService(rights.Deps{DB: p.main, Vault: p.vault, Log: p.log, Gate: p.gate, Guard: p.guard, Clock: p.clock, Customers: p.customers, Library: p.library, Members: p.members})
	p.imports = imports.New(p.main, p.vault, p.log, p.customers, p.clock)
	p.intakes, err = intake.New(intake.Services{DB: p.main, Vault: p.vault, Log: p.log, Gate: p.gate, Guard: p.guard, Clock: p.clock, Staff: p.staff,
		Imports: p.imports, Leases: p.leases, Errors: slog.Default()}, filepath.Join(s.DataDir, "intake"))
	if err != nil {
		return nil, errors.Join(err, p.close())
	}
	if migrate {
		if err := errors.Join(p.customers.InstallCatalogue(ctx), p.library.Install(ctx)); err != nil {
			return nil, errors.Join(err, p.close())
		}
	}
	return p, nil
}

// webhookHosts are the hosts of the settings as the domain knows them.
func webhookHosts(listed []config.WebhookHost) webhook.Hosts {
	out := make(webhook.Hosts, len(listed))
	for i, h := range listed {
		out[i] = webhook.Host(h)
	}
	return out
}

// prepare checks or migrates both schemas and opens the vault.
func (p *program) prepare(ctx context.Context, migrate bool) error {
	for set, d := range map[db.Set]*db.DB{db.Main: p.main, db.Keys: p.keys} {
		if !migrate {
			if err := d.CheckSchema(ctx, set); err != nil {
				return err
			}
			continue
		}
		steps, err := d.Migrate(ctx, set)
		if err != nil {
			return err
		}
		if steps > 0 {
			slog.Info("schema brought up to date", "steps", steps)
		}
	}
	return p.openVault(ctx)
}

// openVault makes a keyset only for databases in which nothing is sealed yet.
func (p *program) openVault(ctx context.Context) error {
	var sealed []string
	if err := p.keys.Read(ctx).Raw("SELECT owner FROM data_keys LIMIT 1").Scan(&sealed).Error; err != nil {
		return err
	}
	if len(sealed) == 0 {
		if err := vault.CreateKeyset(p.settings.DataDir); err != nil {
			return err
		}
	}
	v, err := vault.Open(p.settings.DataDir, p.keys, p.clock)
	if err != nil {
		return err
	}
	p.vault = v
	return v.Check(ctx)
}

func (p *program) close() error {
	p.purposes.Stop()
	p.gate.Stop()
	return errors.Join(p.flushUses(context.Background()), p.main.Close(), p.keys.Close())
}

// flushTimeout is how long the last writing of uses may take.
const flushTimeout = 5 * time.Second

func (p *program) flushUses(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, flushTimeout)
	defer cancel()
	return p.uses.Flush(ctx)
}

// shell is the actor of the command line: nobody signed in, but the operating
// system knows who typed.
func shell() policies.Actor {
	name := "unknown"
	if u, err := user.Current(); err == nil {
		name = u.Username
	}
	return policies.Actor{Via: policies.Command, OSUser: name}
}
