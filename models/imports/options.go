package imports

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/policies"
)

// Lengths that the columns take, in characters.
const (
	maxSource   = 80
	maxFileName = 200
)

// may refuses everybody but the command line and, in a session of a browser, who
// holds the permission: no token and no job of the program's own imports.
func (s *Service) may(a policies.Actor) error {
	switch a.Via {
	case policies.Command:
		return nil
	case policies.Browser:
		return s.guard.Require(a, policies.ImportRun)
	}
	return fault.Newf(fault.Denied, "error.denied", map[string]any{"Permission": policies.ImportRun.String()})
}

// check is the gate of this act and the form of its options.
func (s *Service) check(o *Options) error {
	if err := s.may(o.Actor); err != nil {
		return err
	}
	problems := fault.Fields{}
	o.Target, o.Mode = cmp.Or(o.Target, ToCustomers), cmp.Or(o.Mode, Add)
	if !slices.Contains(Targets, o.Target) {
		problems.Add("target", "import.option.target", nil)
	}
	if o.Mode != Add && o.Mode != Update {
		problems.Add("mode", "import.option.mode", nil)
	}
	switch {
	case o.Key == "" && (o.Mode == Update && o.Target != ToStays || o.Target == ToPreferences):
		problems.Add("key", "import.option.key_needed", nil)
	case o.Create && o.Target != ToCustomers:
		problems.Add("create", "import.option.create", nil)
	}
	if _, err := customer.ParseChannel(string(o.Channel)); err != nil {
		problems.Add("channel", "import.option.channel", nil)
	}
	o.Source = strings.TrimSpace(o.Source)
	if o.Source == "" || utf8.RuneCountInString(o.Source) > maxSource {
		problems.Add("source", "import.option.source", map[string]any{"Max": maxSource})
	}
	if o.Path == "" && o.Open == nil {
		problems.Add("file", "import.option.file", nil)
	}
	if o.Key != "" && !catalogue.IsOwn(o.Key) && !slices.Contains(customer.KeyFields, o.Key) {
		problems.Add("key", "import.option.key", map[string]any{"Fields": strings.Join(customer.KeyFields, ", ")})
	}
	if o.FileName == "" && o.Path != "" {
		o.FileName = filepath.Base(o.Path)
	}
	if name := []rune(o.FileName); len(name) > maxFileName {
		o.FileName = string(name[:maxFileName])
	}
	o.Actor.OSUser = o.OSUser
	return problems.Err()
}

// hash is equal for options under which a file means the same.
func (o Options) hash() (string, error) {
	maps := slices.Sorted(slices.Values(o.Maps))
	said := []any{o.Target, o.Channel, o.Source, maps, o.Key, o.Create, o.KeepGood, o.NoHeader}
	if o.Mode == Update {
		said = append(said, o.Mode) // files of before are known by what they were
	}
	text, err := json.Marshal(said)
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), err
}
