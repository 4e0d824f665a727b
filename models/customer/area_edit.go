package customer

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"shuke/models/audit"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/policies"
)

// The house's own lists, as events and pages name them.
const (
	ListAreas       = "areas"
	ListDepartments = "departments"
	ListGestures    = "gestures"
)

// Icons are what an area can be shown with.
var Icons = []string{"check", "bed", "cup", "quiet", "sun", "clock", "key", "pin", "user", "chat", "bill", "gift", "calendar", "lock", "alert", "ban", "doc", "phone"}

var listKey = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)

// listEntry is what entries of all lists have.
type listEntry struct {
	key, zh, en string
	most        int // characters of a name
	position    int
}

func (e listEntry) check(f fault.Fields, zh, en string) {
	if !listKey.MatchString(e.key) || len(e.key) > 24 {
		f.Add("key", "list.key_invalid", nil)
	}
	for field, text := range map[string]string{zh: e.zh, en: e.en} {
		if strings.TrimSpace(text) == "" {
			f.Add(field, "error.required", nil)
		} else if len([]rune(text)) > e.most {
			f.Add(field, "error.too_long", map[string]any{"Max": e.most})
		} else if hasControls(text, false) {
			f.Add(field, "error.control_character", nil)
		}
	}
	if e.position < 0 || e.position > 9999 {
		f.Add("position", "value.number_invalid", nil)
	}
}

// SaveArea makes a service area, when its version is 0, or changes one. What was
// filed under an area stays there; one that is switched off takes nothing new.
func (s *Service) SaveArea(ctx context.Context, a policies.Actor, cat *Catalogue, in Area) error {
	f := fault.Fields{}
	listEntry{in.Key, in.NameZH, in.NameEN, 40, in.Position}.check(f, "name_zh", "name_en")
	if !slices.ContainsFunc(cat.departments, func(d Department) bool { return d.Key == in.Department }) {
		f.Add("department", "error.choose", nil)
	}
	if !slices.Contains(Icons, in.Icon) {
		f.Add("icon", "error.choose", nil)
	}
	if in.Prepares < PreparesNothing || in.Prepares > PreparesLikes {
		f.Add("prepares", "error.choose", nil)
	}
	words := slices.DeleteFunc(in.Words, func(w string) bool { return strings.TrimSpace(w) == "" })
	if len([]rune(joinLines(words))) > 2000 || hasControls(joinLines(words), true) {
		f.Add("words", "error.too_long", map[string]any{"Max": 2000})
	}
	if (in.Key == AreaOther || in.Key == AreaSafety) && !in.On {
		f.Add("on", "list.area_stays", nil)
	}
	if in.Key == AreaSafety && !in.Safety {
		f.Add("safety", "list.area_stays", nil)
	}
	return s.saveEntry(ctx, a, ListAreas, in.Key, in.Version, f,
		"UPDATE service_areas SET name_zh = ?, name_en = ?, words = ?, department = ?, icon = ?, safety = ?, prepares = ?, position = ?, is_on = ?, version = version + 1 WHERE k = ? AND version = ?",
		"INSERT INTO service_areas (name_zh, name_en, words, department, icon, safety, prepares, position, is_on, k) VALUES (?,?,?,?,?,?,?,?,?,?)",
		in.NameZH, in.NameEN, joinLines(words), in.Department, in.Icon, in.Safety, in.Prepares, in.Position, in.On)
}

// SaveDepartment makes a department or changes one.
func (s *Service) SaveDepartment(ctx context.Context, a policies.Actor, cat *Catalogue, in Department) error {
	f := fault.Fields{}
	listEntry{in.Key, in.NameZH, in.NameEN, 40, in.Position}.check(f, "name_zh", "name_en")
	if in.LeadMinutes < 0 || in.LeadMinutes > 24*60 {
		f.Add("lead", "value.number_invalid", nil)
	}
	if !in.On && slices.ContainsFunc(cat.areas, func(a Area) bool { return a.On && a.Department == in.Key }) {
		f.Add("on", "list.department_used", nil)
	}
	return s.saveEntry(ctx, a, ListDepartments, in.Key, in.Version, f,
		"UPDATE departments SET name_zh = ?, name_en = ?, lead_minutes = ?, position = ?, is_on = ?, version = version + 1 WHERE k = ? AND version = ?",
		"INSERT INTO departments (name_zh, name_en, lead_minutes, position, is_on, k) VALUES (?,?,?,?,?,?)",
		in.NameZH, in.NameEN, in.LeadMinutes, in.Position, in.On)
}

// SaveGesture makes a gesture or changes one.
func (s *Service) SaveGesture(ctx context.Context, a policies.Actor, in Gesture) error {
	f := fault.Fields{}
	listEntry{in.Key, in.TextZH, in.TextEN, 120, in.Position}.check(f, "text_zh", "text_en")
	if !slices.Contains(Occasions, in.Occasion) {
		f.Add("occasion", "error.choose", nil)
	}
	if in.Occasion == OnStay && (in.Every < 2 || in.Every > 1000) || in.Occasion != OnStay && in.Every != 0 {
		f.Add("every", "list.every_invalid", nil)
	}
	if in.Price < 0 || in.Price > 100_000_000 {
		f.Add("price", "value.money_invalid", nil)
	}
	if !slices.Contains(Posts, in.Post) {
		f.Add("post", "error.choose", nil)
	}
	if slices.ContainsFunc(in.Tags, func(t string) bool { return !slices.Contains(Tags, t) }) {
		f.Add("tags", "error.choose", nil)
	}
	return s.saveEntry(ctx, a, ListGestures, in.Key, in.Version, f,
		"UPDATE gestures SET text_zh = ?, text_en = ?, occasion = ?, every = ?, price = ?, post = ?, tags = ?, position = ?, is_on = ?, version = version + 1 WHERE k = ? AND version = ?",
		"INSERT INTO gestures (text_zh, text_en, occasion, every, price, post, tags, position, is_on, k) VALUES (?,?,?,?,?,?,?,?,?,?)",
		in.TextZH, in.TextEN, in.Occasion, in.Every, in.Price, in.Post, joinLines(in.Tags), in.Position, in.On)
}

// saveEntry writes one entry of a list and puts it in force at the next request.
func (s *Service) saveEntry(ctx context.Context, a policies.Actor, list, key string, version int64, f fault.Fields, update, insert string, args ...any) error {
	if err := s.guard.Require(a, policies.AreaManage); err != nil {
		return err
	}
	if err := f.Err(); err != nil {
		return err
	}
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		query, args := insert, append(slices.Clone(args), key)
		if version > 0 {
			query, args = update, append(args, version)
		}
		n, err := tx.Run(query, args...)
		if err != nil {
			return err
		}
		if n != 1 {
			return fault.New(fault.Conflict, "error.stale")
		}
		if _, err := tx.Run("UPDATE fields_head SET version = version + 1 WHERE id = 1"); err != nil {
			return err
		}
		e := audit.By(a, "list.changed")
		e.Object = list + "." + key
		e.Details = []audit.Detail{{Name: "version", Value: strconv.FormatInt(version+1, 10)}}
		return s.log.Append(tx, e)
	})
	if db.Duplicate(err) {
		return fault.Fields{"key": {Key: "list.key_taken"}}.Err()
	}
	return err
}
