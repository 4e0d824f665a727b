package consent

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"shuke/models/audit"
	"shuke/models/clock"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/policies"
)

// Text names one version of a wording: "marketing@2".
type Text struct {
	Of      string
	Version int64
}

// String writes the name as events keep it; "" for none.
func (t Text) String() string {
	if t.Of == "" {
		return ""
	}
	return fmt.Sprintf("%s@%d", t.Of, t.Version)
}

// ParseText reads such a name; what is none gives the zero Text.
func ParseText(s string) Text {
	of, version, found := strings.Cut(s, "@")
	n, err := strconv.ParseInt(version, 10, 64)
	if !found || err != nil || n < 1 {
		return Text{}
	}
	return Text{of, n}
}

func (t Text) known(tx *db.Tx) (bool, error) {
	var found []int64
	err := tx.Raw("SELECT version FROM wordings WHERE wording = ? AND version = ?", t.Of, t.Version).Scan(&found).Error
	return len(found) == 1, err
}

// LatestText names the version of a purpose's wording that is read out now.
func LatestText(tx *db.Tx, p Purpose) (Text, error) {
	t := Text{Of: string(p)}
	err := tx.Raw("SELECT COALESCE(MAX(version), 0) FROM wordings WHERE wording = ?", t.Of).Row().Scan(&t.Version)
	return t, err
}

// The wordings that stand under no purpose: what the sheet for the customer says
// of their rights, and what the house promises.
const (
	Rights  = "rights"
	Promise = "promise"
)

// Wordings lists the names of all wordings in the order of pages.
func Wordings() []string {
	out := make([]string, 0, len(Purposes)+2)
	for _, p := range Purposes {
		out = append(out, string(p))
	}
	return append(out, Rights, Promise)
}

// Wording is one version of a text.
type Wording struct {
	Text
	ZH, EN string
	At     time.Time
	By     int64 // 0: it came with the program
}

// In returns the text in a language ("zh-CN", "en").
func (w Wording) In(lang string) string {
	if lang == "en" {
		return w.EN
	}
	return w.ZH
}

// Library keeps the wordings.
type Library struct {
	db    *db.DB
	log   *audit.Log
	guard *policies.Guard
	clock clock.Clock
}

// NewLibrary returns the library on a migrated database.
func NewLibrary(d *db.DB, log *audit.Log, guard *policies.Guard, c clock.Clock) *Library {
	return &Library{db: d, log: log, guard: guard, clock: c}
}

//go:embed wordings.json
var shippedText []byte

// shipped reads the texts that come with the program.
func shipped() (map[string]struct{ ZH, EN string }, error) {
	var out map[string]struct{ ZH, EN string }
	if err := json.Unmarshal(shippedText, &out); err != nil {
		return nil, fmt.Errorf("consent: wordings.json: %w", err)
	}
	for _, name := range Wordings() {
		if out[name].ZH == "" || out[name].EN == "" {
			return nil, fmt.Errorf("consent: wordings.json lacks %s", name)
		}
	}
	return out, nil
}

const insertWordingSQL = "INSERT INTO wordings (wording, version, zh, en, created_at, created_by) VALUES (?,?,?,?,?,?)"

// Install brings the shipped texts into the database. What the house wrote
// itself stays in force; a text of ours that it never touched is renewed as a
// further version, since events name the one that was read out.
func (l *Library) Install(ctx context.Context) error {
	texts, err := shipped()
	if err != nil {
		return err
	}
	err = l.db.InTx(ctx, func(tx *db.Tx) error {
		have, err := latest(tx)
		if err != nil {
			return err
		}
		for _, name := range Wordings() {
			now, known := have[name]
			if known && (now.By != 0 || (now.ZH == texts[name].ZH && now.EN == texts[name].EN)) {
				continue
			}
			if _, err := tx.Run(insertWordingSQL, name, now.Version+1, texts[name].ZH, texts[name].EN, db.Millis(l.clock.Now()), 0); err != nil {
				return err
			}
		}
		return nil
	})
	if db.Duplicate(err) { // another instance was installing the same
		return nil
	}
	return err
}

const (
	wordingColumns = "w.wording, w.version, w.zh, w.en, w.created_at, w.created_by"
	latestSQL      = "SELECT " + wordingColumns + ` FROM wordings w JOIN (SELECT wording, MAX(version) AS version FROM wordings GROUP BY wording) n
 ON n.wording = w.wording AND n.version = w.version`
)

func latest(tx *db.Tx) (map[string]Wording, error) {
	return byName(scanWordings(tx.Raw(latestSQL).Rows()))
}

// Latest returns the version in force of every wording.
func (l *Library) Latest(ctx context.Context) (map[string]Wording, error) {
	return byName(scanWordings(l.db.Read(ctx).Raw(latestSQL).Rows()))
}

// Versions returns all versions of a wording, the newest first.
func (l *Library) Versions(ctx context.Context, name string) ([]Wording, error) {
	if !slices.Contains(Wordings(), name) {
		return nil, fault.New(fault.NotFound, "error.not_found")
	}
	return scanWordings(l.db.Read(ctx).Raw("SELECT "+wordingColumns+" FROM wordings w WHERE w.wording = ? ORDER BY w.version DESC", name).Rows())
}

func byName(list []Wording, err error) (map[string]Wording, error) {
	out := make(map[string]Wording, len(list))
	for _, w := range list {
		out[w.Of] = w
	}
	return out, err
}

func scanWordings(rows *sql.Rows, err error) ([]Wording, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Wording
	for rows.Next() {
		var w Wording
		var at int64
		if err := rows.Scan(&w.Of, &w.Version, &w.ZH, &w.EN, &at, &w.By); err != nil {
			return nil, err
		}
		w.At = db.Time(at)
		out = append(out, w)
	}
	return out, rows.Err()
}
