package errorview

import (
	"context"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"shuke/views/layout"
	"shuke/views/text"
)

func TestEveryKindHasItsWordsInEachLanguage(t *testing.T) {
	catalog, err := text.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range text.Languages() {
		printer := catalog.Printer(lang, nil)
		ctx := text.With(context.Background(), printer)
		for _, kind := range Kinds() {
			p := Props{Kind: kind, Ask: "值班经理", Retry: "/again", Home: "/", RequestID: "r-1"}
			for _, c := range []templ.Component{
				Page(layout.Props{Lang: string(lang)}, p), Plain(layout.PlainProps{Lang: string(lang)}, p), Panel(p),
			} {
				var b strings.Builder
				if err := c.Render(ctx, &b); err != nil {
					t.Fatal(err)
				}
				for _, key := range []string{".title", ".body"} {
					if !strings.Contains(b.String(), templ.EscapeString(printer.T("error.page."+string(kind)+key))) {
						t.Errorf("%s %s: no %s", lang, kind, key)
					}
				}
				if got := strings.Contains(b.String(), "r-1"); got != (kind == Internal || kind == Unavailable) {
					t.Errorf("%s: reference shown: %v", kind, got)
				}
			}
		}
	}
	if catalog.Missing() != 0 {
		t.Errorf("missing texts: %v", catalog.MissingKeys())
	}
}
