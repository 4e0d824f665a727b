package static

import "bytes"

// bundles lists the files that are served as one, in the order in which they
// are joined. Style: the layers are declared in the first file, and within the
// layer of components narrow.css must come after what it bends. Script: one
// request instead of four keeps the desk page within its budget.
func bundles() map[string][]string {
	return map[string][]string{
		"css/shuke.css": {
			"css/reset.css", "css/tokens.css", "css/base.css", "css/layout.css",
			"css/controls.css", "css/lookup.css", "css/card.css", "css/people.css", "css/members.css", "css/fields.css", "css/forms.css", "css/preferences.css",
			"css/history.css", "css/charts.css", "css/case.css", "css/segments.css", "css/custody.css", "css/consent.css", "css/imports.css",
			"css/states.css", "css/feedback.css", "css/purposes.css", "css/plain.css", "css/narrow.css", "css/phone.css",
			"css/icons.css", "css/utilities.css",
		},
		"js/shuke.js": {"js/app.js", "js/lookup.js", "js/reveal.js", "js/forms.js", "js/note.js", "js/sheet.js"},
	}
}

// singles lists the files that are served as they are.
func singles() []string {
	return []string{"favicon.svg", "vendor/htmx-2.0.11.min.js"}
}

func join(parts []string) ([]byte, error) {
	var buf bytes.Buffer
	for _, name := range parts {
		b, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		buf.Write(bytes.TrimSpace(b))
		buf.WriteByte('\n')
	}
	return buf.Bytes(), nil
}
