// Package imports brings customers in from files: it reads a table, checks each
// row, makes or joins customers, and keeps every row as it came. It owns the
// transactions of an import and its progress, so that one that was killed goes
// on where it stopped and one that was done is not done again. It must not know
// pages or languages, and what it reports never repeats a value.
package imports

import (
	"io"
	"time"

	"shuke/models/audit"
	"shuke/models/clock"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/disclosure"
	"shuke/models/stay"
	"shuke/models/tabular"
	"shuke/models/vault"
	"shuke/policies"
)

// Options say what to import and how.
type Options struct {
	Path string // file to read: CSV or vCard, packed by gzip or not, or XLSX
	// Open gives what is to be read in place of the file at Path, from its
	// beginning each time. It is for what strangers upload: such a file is
	// read apart whatever its format. Path is then no more than its name.
	Open     func() (io.ReadCloser, error)
	FileName string // name to keep, the last part of Path when empty
	Sheet    string // of a workbook, "" for the first that holds anything
	Target   Target // what the rows become, ToCustomers when empty
	Mode     Mode   // what a row does to a customer it meets, Add when empty
	Channel  customer.Channel
	Source   string   // name of the list or system the file comes from
	Maps     []string // COL=FIELD, see tabular.ParseMaps
	NoHeader bool
	Key      string // field by which rows join customers, "" for none
	Create   bool   // make a customer where the key meets none
	KeepGood bool   // import what is good of a row with a bad cell
	OSUser   string // user of the operating system, for the record
	Actor    policies.Actor
	Progress func(Report) // called after each batch, nil for none
}

// Report says what an import did, over all its runs.
type Report struct {
	ImportID  int64
	Kind      tabular.Kind
	Sheet     string   // that was read
	Sheets    []string // of the workbook, that were left out
	Hidden    []string // headings of columns that were hidden in the sheet; they were read
	Encoding  string
	BOM       bool
	Delimiter string
	Gzip      bool
	Total     int64 // rows of the file
	Rows      int64 // rows done
	Created   int64 // customers made
	Joined    int64 // rows added to a customer who was there
	Refused   int64
	Skipped   int64     // empty rows, totals and footers
	Warned    int64     // rows taken of which something is reported
	Already   bool      // the same file was imported with the same options before: nothing was changed
	Resumed   bool      // an earlier run was cut short, this one went on
	Problems  []Problem // the first of them, see MostProblems
	Unmapped  []string  // headings of columns and names of properties that were left out
	ByValues  []string  // headings of columns of which nothing but their values told what they hold
}

// MostProblems is how many problems a report lists. Refused and Warned count
// the rows of all.
const MostProblems = 1000

// Problem is something wrong with a row. It never holds a value.
type Problem struct {
	Line    int    // physical line on which the row begins, or the row of the sheet, from 1
	Column  string // heading, or the column's number in a file without headings; "" for the whole row
	Field   string // key of the field, "" for the whole row
	Reason  Reason
	Refused bool // the row was refused; else what is left of it was taken

	column int // from 1, 0 for the whole row
}

// Service imports files.
type Service struct {
	db        *db.DB
	vault     *vault.Vault
	log       *audit.Log
	customers *customer.Service
	stays     *stay.Store
	guard     *policies.Guard
	gate      *disclosure.Gate
	clock     clock.Clock
	ids       *db.Sequence
	batchRows int
}

// rowsPerBatch is how many rows of a file go into one transaction: enough that
// the commit costs little, few enough that clerks do not wait for the writer.
const rowsPerBatch = 500

// New returns the service on migrated databases.
func New(d *db.DB, v *vault.Vault, log *audit.Log, customers *customer.Service, c clock.Clock) *Service {
	return &Service{db: d, vault: v, log: log, customers: customers, stays: stay.NewStore(d, c), guard: customers.Guard(), gate: customers.Gate(), clock: c,
		ids: db.NewSequence(d, "import", 1), batchRows: rowsPerBatch}
}

// place is the country and the time zone of the branch values come from.
func (o Options) place() (region string, zone *time.Location) {
	region, zone = o.Actor.Region, o.Actor.Zone
	if region == "" {
		region = "CN"
	}
	if zone == nil {
		zone = time.FixedZone("Asia/Shanghai", 8*60*60)
	}
	return region, zone
}
