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
	Customers importCustomersCommand `cmd:"" help:"Import customers from a CSV file, a workbook (.xlsx) or cards (.vcf)."`
}

type importCustomersCommand struct {
	File     string   `arg:"" type:"existingfile" help:"The file."`
	Channel  string   `required:"" help:"How the facts reached us: survey activity service pos fair complaint website call_in call_out device media registry bank research list partner referral association."`
	Source   string   `required:"" help:"Name of the list or system."`
	Map      []string `help:"COL=FIELD, COL a heading or a number." placeholder:"COL=FIELD" sep:"none"`
	NoHeader bool     `help:"The first row is data."`
	Sheet    string   `help:"Sheet of a workbook; the first that holds anything when left out."`
	Key      string   `help:"Field by which rows join customers: email phone member_no document_no licence_no plate, or a field of your own that is a key of imports."`
	Create   bool     `help:"Make a customer where the key meets none."`
	KeepGood bool     `help:"Import what is good of a row with a bad cell."`
	Branch   string   `help:"Code of the branch the customers belong to; the first when left out."`
}

// Run imports the file and prints what became of its rows.
func (i *importCustomersCommand) Run(c *commands) error {
	return c.with(func(ctx context.Context, p *program) error {
		actor, err := p.importer(ctx, i.Branch)
		if err != nil {
			return err
		}
		report, err := imports.New(p.main, p.vault, p.log, p.customers, p.clock).Run(ctx, imports.Options{
			Path: i.File, FileName: filepath.Base(i.File), Channel: customer.Channel(i.Channel), Source: i.Source, Maps: i.Map, NoHeader: i.NoHeader, Sheet: i.Sheet,
			Key: i.Key, Create: i.Create, KeepGood: i.KeepGood, OSUser: actor.OSUser, Actor: actor, Progress: sayProgress,
		})
		if err != nil {
			return err
		}
		return sayReport(report)
	})
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
	if len(r.Unmapped) > 0 {
		say("columns left out: %q\n", r.Unmapped)
	}
	switch {
	case r.Already:
		say("this file was imported before with the same options: nothing was changed\n")
	case r.Resumed:
		say("went on where an earlier run was cut short\n")
	}
	say("rows %d, created %d, joined %d, refused %d, skipped %d, warned %d\n", r.Rows, r.Created, r.Joined, r.Refused, r.Skipped, r.Warned)
	return nil
}
