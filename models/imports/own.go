package imports

import (
	"strings"

	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/models/tabular"
)

// ownNames are the headings that the target knows, and those of fields that the
// house made itself: both names and the key.
func ownNames(cat *customer.Catalogue, words *vocabulary) tabular.Names {
	names := tabular.Names{}
	words.name(names)
	for _, f := range cat.Own() {
		names.Add(f.Key, f.Key, f.Label("zh-CN"), f.Label("en"))
	}
	return names
}

// mayJoinBy refuses an own field as the key of an import unless the house made it
// one and the keys of all its values are there.
func mayJoinBy(cat *customer.Catalogue, key string) error {
	if !catalogue.IsOwn(key) {
		return nil
	}
	f, known := cat.Field(key)
	switch {
	case !known || !f.On || !f.ImportKey:
		fields := append([]string(nil), customer.KeyFields...)
		for _, own := range cat.Own() {
			if own.On && own.ImportKey {
				fields = append(fields, own.Key)
			}
		}
		return fault.Fields{"key": {Key: "import.option.key", Args: map[string]any{"Fields": strings.Join(fields, ", ")}}}.Err()
	case f.Settling():
		return fault.Fields{"key": {Key: "import.option.key_unready", Args: map[string]any{"Field": key}}}.Err()
	}
	return nil
}
