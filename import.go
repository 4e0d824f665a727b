package main

import (
	"context"
	"fmt"
	"path/filepath"

	"shuke/models/customer"
	"shuke/models/imports"
	"shuke/models/staff"
	"shuke/policies"
	"shuke/views/text"
)

type importCommand struct {
	Customers   importCustomersCommand   `cmd:"" help:"Import customers from a CSV file, a workbook (.xlsx) or cards (.vcf)."`
	Preferences importPreferencesCommand `cmd:"" help:"Import what customers said they want or never want; rows find their customer by a key."`
	Stays       importStaysCommand       `cmd:"" help:"Import stays; a row whose reservation number is known changes that stay."`
	Undo        importUndoCommand        `cmd:"" help:"Take back everything an import did."`
}

// importFlags are what every import asks.
type importFlags struct {
	File     string   `arg:"" type:"existingfile" help:"The file."`
	Channel  string   `required:"" help:"How the facts reached us: survey activity service pos fair complaint website call_in call_out device media registry bank research list partner referral association."`
	Source   string   `required:"" help:"Name of the list or system."`
	Map      []string `help:"COL=FIELD, COL a heading or a number, FIELD the key on the page of the field. What was said of the last file with the same headings is remembered." placeholder:"COL=FIELD" sep:"none"`
	NoHeader bool     `help:"The first row is data."`
	Sheet    string   `help:"Sheet of a workbook; the first that holds anything when left out."`
	KeepGood bool     `help:"Import what is good of a row with a bad cell."`
	Branch   string   `help:"Code of the branch that the rows come from; the first when left out."`
	Preview  bool     `help:"Say what would happen, row by row for the first ones, and write nothing."`
}

const keyFields = "email phone member_no document_no licence_no plate, or a field of your own that is a key of imports."

type importCustomersCommand struct {
	importFlags
	Key    string `help:"Field by which rows join customers: ${key_fields}"`
	Create bool   `help:"Make a customer where the key meets none."`
	Update bool   `help:"Replace what differs of a customer whom the key meets, as an edit would; an empty cell erases nothing."`
}

// Run imports the file and prints what became of its rows.
func (i *importCustomersCommand) Run(c *commands) error {
	o := imports.Options{Target: imports.ToCustomers, Key: i.Key, Create: i.Create}
	if i.Update {
		o.Mode = imports.Update
	}
	return i.run(c, o)
}

type importPreferencesCommand struct {
	importFlags
	Key string `required:"" help:"Field by which rows find their customer: ${key_fields}"`
}

// Run imports the file and prints what became of its rows.
func (i *importPreferencesCommand) Run(c *commands) error {
	return i.run(c, imports.Options{Target: imports.ToPreferences, Key: i.Key})
}

type importStaysCommand struct {
	importFlags
	Key string `help:"Field by which rows find their customer: ${key_fields} Rows that meet nobody wait under the guest's name."`
}

// Run imports the file and prints what became of its rows.
func (i *importStaysCommand) Run(c *commands) error {
	return i.run(c, imports.Options{Target: imports.ToStays, Key: i.Key})
}

// run imports the file, or says what an import would do.
func (i *importFlags) run(c *commands, o imports.Options) error {
	return c.with(func(ctx context.Context, p *program) error {
		actor, err := p.importer(ctx, i.Branch)
		if err != nil {
			return err
		}
		o.Path, o.FileName, o.Channel, o.Source = i.File, filepath.Base(i.File), customer.Channel(i.Channel), i.Source
		o.Maps, o.NoHeader, o.Sheet, o.KeepGood = i.Map, i.NoHeader, i.Sheet, i.KeepGood
		o.OSUser, o.Actor, o.Progress = actor.OSUser, actor, sayProgress
		service := imports.New(p.main, p.vault, p.log, p.customers, p.clock)
		if i.Preview {
			preview, err := service.Preview(ctx, o, previewRows)
			if err != nil {
				return err
			}
			sayPreview(preview)
			return sayReport(preview.Report)
		}
		report, err := service.Run(ctx, o)
		if err != nil {
			return err
		}
		return sayReport(report)
	})
}

// previewRows is how many rows a preview prints.
const previewRows = 20

type importUndoCommand struct {
	ID     int64  `arg:"" help:"Number of the import, as its report said."`
	Reason string `required:"" help:"Why, for the record."`
}

// Run takes the import back, or prints what stands in the way.
func (i *importUndoCommand) Run(c *commands) error {
	return c.with(func(ctx context.Context, p *program) error {
		texts, err := text.Load()
		if err != nil {
			return err
		}
		words := texts.Printer(text.English, nil)
		service := imports.New(p.main, p.vault, p.log, p.customers, p.clock)
		in, err := service.Undoable(ctx, i.ID)
		if err != nil {
			return err
		}
		for _, o := range in {
			say("%s: %s (%d)\n", o.PublicID, words.T("import.obstacle."+o.Reason), o.Count)
		}
		undone, err := service.Undo(ctx, shell(), i.ID, i.Reason)
		if err != nil {
			return err
		}
		say("import %d undone: %d customers removed, %d as they were, %d facts taken back, %d stays\n", undone.ImportID, undone.Customers, undone.Restored, undone.Facts, undone.Stays)
		return nil
	})
}

func sayPreview(p imports.Preview) {
	say("\r")
	for i, c := range p.Columns {
		if c.Field != "" {
			say("column %d %q: %s (%s)\n", i+1, c.Heading, c.Field, c.Why)
		}
	}
	for _, r := range p.Rows {
		say("line %d: %s %s %s\n", r.Line, r.Outcome, r.PublicID, r.Name)
		for _, change := range r.Changes {
			say("  %s: %q -> %q\n", change.Field, change.Was, change.Is)
		}
	}
	say("this is a preview: nothing was written\n")
}

// importer is the command line at a branch: its country reads telephone
// numbers, its clock the days.
func (p *program) importer(ctx context.Context, code string) (policies.Actor, error) {
	branches, err := p.staff.Branches(ctx)
	if err != nil {
		return policies.Actor{}, err
	}
	for _, b := range branches {
		if code == "" || b.Code == code {
			a := shell()
			a.BranchID, a.Region, a.Zone, a.Now = b.ID, b.Region, staff.Zone(b.TimeZone), p.clock.Now()
			return a, nil
		}
	}
	if code == "" {
		return policies.Actor{}, fmt.Errorf("there is no branch yet: shuke branch add")
	}
	return policies.Actor{}, fmt.Errorf("no branch %q", code)
}

func sayProgress(r imports.Report) {
	say("\r  %d / %d", r.Rows, r.Total)
}

func sayReport(r imports.Report) error {
	texts, err := text.Load()
	if err != nil {
		return err
	}
	words := texts.Printer(text.English, nil)
	say("\r")
	for _, p := range r.Problems {
		word := "reported"
		if p.Refused {
			word = "refused"
		}
		say("line %d: %s: %s: %s (%s)\n", p.Line, word, p.Column, words.T("import.reason."+string(p.Reason)), p.Reason)
	}
	if len(r.Sheets) > 0 {
		say("sheet %q; sheets left out: %q\n", r.Sheet, r.Sheets)
	}
	if len(r.Hidden) > 0 {
		say("hidden columns, read all the same: %q\n", r.Hidden)
	}
	if len(r.ByValues) > 0 {
		say("columns guessed by their values alone, look whether they were taken right: %q\n", r.ByValues)
	}
	if len(r.Unmapped) > 0 {
		say("columns left out: %q\n", r.Unmapped)
	}
	switch {
	case r.Already:
		say("this file was imported before with the same options: nothing was changed\n")
	case r.Resumed:
		say("went on where an earlier run was cut short\n")
	}
	if r.ImportID != 0 {
		say("import %d: ", r.ImportID)
	}
	say("rows %d, created %d, joined %d, refused %d, skipped %d, warned %d\n", r.Rows, r.Created, r.Joined, r.Refused, r.Skipped, r.Warned)
	return nil
}
