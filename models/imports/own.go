package imports

import (
	"strings"

	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/models/tabular"
)

// knownNames are the headings that the target knows, those of fields that the house
// made itself, and the names on its cards: of every field both names and the key.
// What the list of headings knows means what it says there: 电话 is above many
// columns, and only sometimes is it a field's name.
func knownNames(cat *customer.Catalogue, words *vocabulary) tabular.Names {
	names := tabular.Names{}
	words.name(names)
	for _, f := range cat.Own() {
		names.Add(f.Key, f.Key, f.Label("zh-CN"), f.Label("en"))
	}
	if words != nil { // of stays or wishes, whose rows fill no other field
		return names
	}
	for _, f := range cat.All() {
		for _, heading := range []string{f.Key, f.Label("zh-CN"), f.Label("en")} {
			if f.On && !tabular.IsHeading(heading) {
				names.Add(f.Key, heading)
			}
		}
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
