package catalogue

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
)

//go:embed fields/*.json
var files embed.FS

// order is the order of the files, which is that of the groups on the card.
var order = [...]string{
	"basic", "education", "career", "family", "life", "personality", "social",
	"company_basic", "company_character", "company_business", "company_dealing", "company_principals",
}

// Group is one heading of the card with the records that repeat below it.
type Group struct {
	Key     string            `json:"group"`
	Kind    string            `json:"kind"`
	Labels  Labels            `json:"labels"`
	Records map[string]Labels `json:"records"`
}

// Label returns the group's heading in the language.
func (g Group) Label(lang string) string { return g.Labels.In(lang) }

// Shipped returns all fields in the order of the card. The error names the file
// and the key of the first fault in the data.
func Shipped() ([]Field, error) {
	_, fields, err := load()
	return fields, err
}

// ShippedGroups returns the seven groups of individuals and the five of
// enterprises in the order of the card.
func ShippedGroups() ([]Group, error) {
	groups, _, err := load()
	return groups, err
}

func load() ([]Group, []Field, error) {
	var groups []Group
	var fields []Field
	where := map[string]string{}
	for _, name := range order {
		file := "fields/" + name + ".json"
		raw, err := files.ReadFile(file)
		if err != nil {
			return nil, nil, err
		}
		g, fs, err := decode(raw)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", file, err)
		}
		for i := range fs {
			fs[i].Order = (len(fields) + i + 1) * 10
			if IsOwn(fs[i].Key) {
				return nil, nil, fmt.Errorf("%s: %s: the prefix is for houses' own fields", file, fs[i].Key)
			}
			if first, taken := where[fs[i].Key]; taken {
				return nil, nil, fmt.Errorf("%s: %s: key is in %s already", file, fs[i].Key, first)
			}
			where[fs[i].Key] = file
		}
		groups, fields = append(groups, g), append(fields, fs...)
	}
	return groups, fields, companyGroups(groups, fields)
}

func decode(raw []byte) (Group, []Field, error) {
	var file struct {
		Group
		Fields []Field `json:"fields"`
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&file); err != nil {
		return Group{}, nil, err
	}
	if err := validGroup(file.Group); err != nil {
		return Group{}, nil, err
	}
	for i := range file.Fields {
		f := &file.Fields[i]
		f.Group = file.Key
		if f.Kind == "" {
			f.Kind = file.Kind
		}
		if f.MaxLength == 0 {
			f.MaxLength = maxLengths[f.Type]
		}
		if err := f.valid(file.Group); err != nil {
			return Group{}, nil, fmt.Errorf("%s: %w", f.Key, err)
		}
	}
	return file.Group, file.Fields, nil
}

// companyGroups checks what no single file can tell: that the second group of
// fields for both kinds is one of an enterprise.
func companyGroups(groups []Group, fields []Field) error {
	known := map[string]bool{}
	for _, g := range groups {
		known[g.Key] = g.Kind == Enterprise
	}
	for _, f := range fields {
		if f.CompanyGroup != "" && !known[f.CompanyGroup] {
			return fmt.Errorf("fields/%s.json: %s: no company group %q", f.Group, f.Key, f.CompanyGroup)
		}
	}
	return nil
}
