package auditview

import (
	"context"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"shuke/views/text"
	"shuke/views/ui"
)

func TestTheRecordLeadsToNoCustomer(t *testing.T) {
	catalog, err := text.Load()
	if err != nil {
		t.Fatal(err)
	}
	list := List{
		Subjects: []ui.Option{{Label: "全部", Selected: true}}, Older: "/audit?before=8",
		Events: []Event{{Number: "9", Actor: "林", Who: "lin·前台", Action: "打开客户卡", Customer: "K-7F3Q9D2MXA", Outcome: "完成"}, {Number: "8", Broken: true}},
	}
	for _, lang := range text.Languages() {
		var b strings.Builder
		if err := ListPage(list).Render(text.With(context.Background(), catalog.Printer(lang, nil)), &b); err != nil {
			t.Fatal(err)
		}
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(b.String()))
		if err != nil {
			t.Fatal(err)
		}
		if doc.Find("table a, table form").Length() != 0 {
			t.Errorf("%s: a way out of the record", lang)
		}
		if !strings.Contains(doc.Find("tbody tr").First().Text(), "K-7F3Q9D2MXA") {
			t.Errorf("%s: the public id is missing", lang)
		}
		if doc.Find("tbody tr").Last().Find(".t-bad").Length() != 1 {
			t.Errorf("%s: a broken event does not stand out", lang)
		}
	}
	if catalog.Missing() != 0 {
		t.Errorf("missing texts: %v", catalog.MissingKeys())
	}
}
