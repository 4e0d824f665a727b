// Package stay keeps visits: reserved, in house, departed, and what they come to
// for each customer. It knows customers and branches by their ids only, asks no
// permission and shows nothing: the acts that use it do.
package stay

import (
	"crypto/rand"
	"strings"
	"time"

	"shuke/models/clock"
	"shuke/models/db"
)

// Status is how far a stay has come.
type Status string

// The states of a stay.
const (
	Reserved  Status = "reserved"
	InHouse   Status = "in_house"
	Departed  Status = "departed"
	NoShow    Status = "no_show"
	Cancelled Status = "cancelled"
)

// Statuses lists them in the order in which they come.
var Statuses = []Status{Reserved, InHouse, Departed, NoShow, Cancelled}

// TookPlace reports whether the guest came.
func (s Status) TookPlace() bool { return s == InHouse || s == Departed }

// Where stays come from. A link to a property system is one of its own.
const (
	ByHand   = "hand"
	ByAPI    = "api"
	ByImport = "import"
	ByLink   = "link"
)

// Stay is one visit to one branch.
type Stay struct {
	ID         int64
	PublicID   string
	BranchID   int64
	CustomerID int64 // 0 as long as nobody knows whose it is
	Status     Status
	Source     string
	Ref        string // number of the reservation in its source
	ArriveOn   string // days of the branch, 2006-01-02
	DepartOn   string
	ETA        int // minutes after midnight at which they are expected, -1 unknown
	ArrivedAt  time.Time
	DepartedAt time.Time
	Room       string
	RoomType   string
	Facing     string
	Floor      string
	Nights     int
	Rate       int64 // a night, in minor units
	Currency   string
	Adults     int
	Children   int
	Party      string // who comes along, in words
	GuestName  string // as another system has it, while CustomerID is 0
	Language   string
	Note       string
	ImportID   int64
	Linked     bool // a property system has named it, and says when it ends
	Version    int64
	CreatedAt  time.Time
	CreatedBy  int64
	UpdatedAt  time.Time
}

// Amount is what the stay comes to.
func (s Stay) Amount() int64 { return int64(s.Nights) * s.Rate }

// Nights counts the nights between two days; a stay within one day has none.
func Nights(arrive, depart string) int {
	from, err := time.Parse(time.DateOnly, arrive)
	to, err2 := time.Parse(time.DateOnly, depart)
	if err != nil || err2 != nil || to.Before(from) {
		return 0
	}
	return int(to.Sub(from) / (24 * time.Hour))
}

// Store reads and writes stays.
type Store struct {
	db    *db.DB
	clock clock.Clock
	ids   *db.Sequence
}

// NewStore returns a store on a migrated database.
func NewStore(d *db.DB, c clock.Clock) *Store {
	return &Store{db: d, clock: c, ids: db.NewSequence(d, "stay", 32)}
}

// letters of public ids leave out what is misread: I, L, O and U.
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// NewID is S- and ten random letters and digits.
func NewID() string {
	raw := make([]byte, 10)
	rand.Read(raw)
	var b strings.Builder
	b.WriteString("S-")
	for _, v := range raw {
		b.WriteByte(letters[v&31])
	}
	return b.String()
}

// ValidID reports whether text has the form of a public id.
func ValidID(text string) bool {
	return len(text) == 12 && strings.HasPrefix(text, "S-") && strings.Trim(text[2:], letters) == ""
}

const columns = `id, public_id, branch_id, customer_id, status, source, ref, arrive_on, depart_on, eta, arrived_at, departed_at, room, room_type, facing, floor,
 nights, rate, currency, adults, children, party, guest_name, language, note, import_id, version, created_at, created_by, updated_at, linked`

// width is how many columns a stay has.
const width = 31

// Columns are the columns of a stay under a table's name, for statements that
// read stays beside other things; Scan reads them.
func Columns(table string) string {
	parts := strings.Split(columns, ",")
	for i, p := range parts {
		parts[i] = table + "." + strings.TrimSpace(p)
	}
	return strings.Join(parts, ", ")
}

type scanner interface{ Scan(...any) error }

// Scan reads a stay and, after its columns, what else the statement returns.
func Scan(row scanner, more ...any) (Stay, error) {
	var s Stay
	var arrived, departed, created, updated int64
	err := row.Scan(append([]any{&s.ID, &s.PublicID, &s.BranchID, &s.CustomerID, &s.Status, &s.Source, &s.Ref, &s.ArriveOn, &s.DepartOn, &s.ETA, &arrived, &departed,
		&s.Room, &s.RoomType, &s.Facing, &s.Floor, &s.Nights, &s.Rate, &s.Currency, &s.Adults, &s.Children, &s.Party, &s.GuestName, &s.Language, &s.Note,
		&s.ImportID, &s.Version, &created, &s.CreatedBy, &updated, &s.Linked}, more...)...)
	s.ArrivedAt, s.DepartedAt, s.CreatedAt, s.UpdatedAt = db.Time(arrived), db.Time(departed), db.Time(created), db.Time(updated)
	return s, err
}

func (s Stay) args() []any {
	return []any{s.ID, s.PublicID, s.BranchID, s.CustomerID, s.Status, s.Source, s.Ref, s.ArriveOn, s.DepartOn, s.ETA, db.Millis(s.ArrivedAt), db.Millis(s.DepartedAt),
		s.Room, s.RoomType, s.Facing, s.Floor, s.Nights, s.Rate, s.Currency, s.Adults, s.Children, s.Party, s.GuestName, s.Language, s.Note,
		s.ImportID, s.Version, db.Millis(s.CreatedAt), s.CreatedBy, db.Millis(s.UpdatedAt), s.Linked}
}
