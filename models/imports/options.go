package imports

import (
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

// check is the gate of this act and the form of its options. Only the command
// line imports: no policy opens this to a browser or a token.
func (o *Options) check() error {
	if o.Actor.Via != policies.Command {
		return fault.Newf(fault.Denied, "error.denied", map[string]any{"Permission": "customer.import"})
	}
	problems := fault.Fields{}
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
	text, err := json.Marshal([]any{"customers", o.Channel, o.Source, maps, o.Key, o.Create, o.KeepGood, o.NoHeader})
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), err
}
