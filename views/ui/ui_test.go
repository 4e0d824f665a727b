package ui

import (
	"context"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"
)

func render(t *testing.T, c templ.Component, children ...templ.Component) string {
	t.Helper()
	ctx := context.Background()
	if len(children) > 0 {
		ctx = templ.WithChildren(ctx, templ.Join(children...))
	}
	var b strings.Builder
	if err := c.Render(ctx, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func parse(t *testing.T, html string) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(html))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestMarkedAddsNoBlank(t *testing.T) {
	for _, c := range []struct {
		parts []Segment
		want  string
	}{
		{[]Segment{{Text: "138****"}, {Text: "1234", Mark: true}}, "138****<mark>1234</mark>"},
		{[]Segment{{Text: "Z", Mark: true}, {Text: "hāng "}, {Text: "M", Mark: true}, {Text: "ùyán"}}, "<mark>Z</mark>hāng <mark>M</mark>ùyán"},
		{[]Segment{{Text: "van "}, {Text: "der ", Mark: true}, {Text: " Berg"}}, "van <mark>der </mark> Berg"},
		{[]Segment{{Text: "<b>", Mark: true}}, "<mark>&lt;b&gt;</mark>"},
		{nil, ""},
	} {
		if got := render(t, Marked(c.parts)); got != c.want {
			t.Errorf("%v: %q, want %q", c.parts, got, c.want)
		}
	}
}

func TestFieldTiesInputToLabelHintAndError(t *testing.T) {
	doc := parse(t, render(t, Field(FieldProps{Name: "phone", Label: "电话", Value: `"1`, Hint: "可带区号", Error: "少一位", Required: "必填", InputMode: "tel", MaxLength: 40})))
	in := doc.Find("input")
	for attr, want := range map[string]string{
		"id": "f-phone", "name": "phone", "value": `"1`, "aria-invalid": "true", "aria-describedby": "f-phone-error f-phone-hint",
		"inputmode": "tel", "maxlength": "40", "type": "text", "autocomplete": "off",
	} {
		if got, _ := in.Attr(attr); got != want {
			t.Errorf("%s = %q, want %q", attr, got, want)
		}
	}
	if _, ok := in.Attr("required"); !ok {
		t.Error("not required")
	}
	if doc.Find("label[for=f-phone]").Length() != 1 || doc.Find("#f-phone-error").Text() != "少一位" || doc.Find("#f-phone-hint").Text() != "可带区号" {
		t.Error("label, error or hint is missing")
	}
	clean := parse(t, render(t, Field(FieldProps{Name: "phone", Label: "电话"}))).Find("input")
	for _, attr := range []string{"aria-invalid", "aria-describedby", "required", "readonly", "disabled"} {
		if _, ok := clean.Attr(attr); ok {
			t.Errorf("a clean field has %s", attr)
		}
	}
}

func TestTextareaKeepsTheTextAsItIs(t *testing.T) {
	doc := parse(t, render(t, Textarea(TextareaProps{Name: "note", Label: "备注", Value: "一\n  二"})))
	if got := doc.Find("textarea").Text(); got != "一\n  二" {
		t.Errorf("%q", got)
	}
}

func TestSelectGroupsAndSelects(t *testing.T) {
	doc := parse(t, render(t, Select(SelectProps{Name: "b", Label: "门店", Empty: "请选择", Options: []Option{
		{Value: "1", Label: "西湖", Group: "杭州"}, {Value: "2", Label: "武林", Group: "杭州", Selected: true}, {Value: "3", Label: "其他"},
	}})))
	if doc.Find("optgroup").Length() != 1 || doc.Find("optgroup option").Length() != 2 || doc.Find("select > option").Length() != 2 {
		t.Error("groups are wrong")
	}
	if v, _ := doc.Find("option[selected]").Attr("value"); v != "2" {
		t.Errorf("selected %q", v)
	}
}

func TestChoiceHasUniqueIDsAndTheSummaryLeadsToTheFirst(t *testing.T) {
	choice := render(t, Choice(ChoiceProps{Name: "why", Legend: "为什么", Error: "选一个", Options: []Option{{Value: "a", Label: "甲"}, {Value: "b", Label: "乙", Selected: true}}}))
	doc := parse(t, choice+render(t, ErrorSummary("有 2 处要改", []Problem{{Field: "why", Text: "选一个"}, {Field: "#x", Text: "另一处"}, {Text: "整张表"}})))
	if doc.Find("#f-why").Length() != 1 || doc.Find("#f-why-1[checked]").Length() != 1 {
		t.Error("ids of the radios are wrong")
	}
	if href, _ := doc.Find(".problems a").First().Attr("href"); href != "#f-why" {
		t.Errorf("summary leads to %q", href)
	}
	if doc.Find(".problems a").Length() != 2 || doc.Find(".problems[role=alert][tabindex='-1'] li").Length() != 3 {
		t.Error("summary is wrong")
	}
	if got := render(t, ErrorSummary("没有", nil)); got != "" {
		t.Errorf("an empty summary prints %q", got)
	}
}

func TestBarStaysWithinItsBounds(t *testing.T) {
	for _, c := range []struct {
		v, m      int
		value, mx string
	}{{39, 80, "39", "80"}, {-1, 5, "0", "5"}, {9, 5, "5", "5"}, {0, 0, "0", "1"}} {
		bar := parse(t, render(t, Bar(BarProps{Value: c.v, Max: c.m, Label: "x"}))).Find("progress")
		if v, _ := bar.Attr("value"); v != c.value {
			t.Errorf("value %q, want %q", v, c.value)
		}
		if m, _ := bar.Attr("max"); m != c.mx {
			t.Errorf("max %q, want %q", m, c.mx)
		}
	}
}

func TestMaskSaysWhatItIsAndRevealedKeepsWhatComesAfter(t *testing.T) {
	doc := parse(t, render(t, Revealed(RevealedProps{Value: "510104", Seconds: 60, Left: "秒", Done: "已遮蔽", Hide: "遮蔽"}), Mask("5101••••", "证件号，已遮蔽")))
	if s, _ := doc.Find("[data-reveal-seconds]").Attr("data-reveal-seconds"); s != "60" {
		t.Errorf("seconds %q", s)
	}
	if !strings.Contains(render(t, Mask("5101••••", "证件号，已遮蔽")), `<span class="sr">证件号，已遮蔽</span>`) {
		t.Error("the mask is silent")
	}
	html, err := doc.Find("template").Html()
	if err != nil || !strings.Contains(html, "5101••••") {
		t.Errorf("what comes after is missing: %q %v", html, err)
	}
}

func TestLinksDoNotRunScript(t *testing.T) {
	for _, html := range []string{
		render(t, LinkButton(LinkProps{Href: "javascript:alert(1)", Text: "x"})),
		render(t, Name("x", "javascript:alert(1)")),
		render(t, Segmented("x", []View{{Text: "x", Href: "javascript:alert(1)"}})),
	} {
		if strings.Contains(html, "javascript:") {
			t.Errorf("%s", html)
		}
	}
}
