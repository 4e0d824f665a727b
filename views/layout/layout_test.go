package layout

import (
	"context"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"shuke/static"
	"shuke/views/text"
)

func props(lang text.Language, theme string) Props {
	return Props{
		Lang: string(lang), Theme: theme, Title: "标题", Sub: "副题", Branch: "西湖店", House: "栖迟",
		Groups: []NavGroup{{Label: "前台", Items: []NavItem{{Href: "/", Icon: "search", Text: "首页", Current: true}}}},
		Me:     Person{Name: "林", Login: "0417", Role: "前台"},
		Links:  Links{Home: "/", Lookup: "/lookup", Language: "/language", Theme: "/theme", SignOut: "/signout"},
		Here:   "/somewhere",
	}
}

func renderIn(t *testing.T, lang text.Language, c templ.Component) string {
	t.Helper()
	catalog, err := text.Load()
	if err != nil {
		t.Fatal(err)
	}
	ctx := text.With(context.Background(), catalog.Printer(lang, nil))
	var b strings.Builder
	if err := c.Render(templ.WithChildren(ctx, templ.NopComponent), &b); err != nil {
		t.Fatal(err)
	}
	if catalog.Missing() != 0 {
		t.Errorf("missing texts: %v", catalog.MissingKeys())
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

// The policy allows style and script from our own files only.
func TestNothingOnThePageNeedsALooserContentPolicy(t *testing.T) {
	inline := regexp.MustCompile(`(?i)<style|\sstyle=|\son[a-z]+=|hx-on|javascript:|hx-vals="js|<script(>|[^>]*>[^<])`)
	for _, lang := range text.Languages() {
		for _, c := range []templ.Component{Page(props(lang, "")), Plain(PlainProps{Lang: string(lang), Title: "登录", Links: props(lang, "").Links})} {
			html := renderIn(t, lang, c)
			if m := inline.FindString(html); m != "" {
				t.Errorf("%s: %q", lang, m)
			}
		}
	}
}

func TestPageNamesItsLanguageThemeAndTitle(t *testing.T) {
	doc := parse(t, renderIn(t, text.English, Page(props(text.English, "dark"))))
	html := doc.Find("html")
	if l, _ := html.Attr("lang"); l != "en" {
		t.Errorf("lang %q", l)
	}
	if th, _ := html.Attr("data-theme"); th != "dark" {
		t.Errorf("theme %q", th)
	}
	if got := doc.Find("title").Text(); got != "标题 · Shuke" {
		t.Errorf("title %q", got)
	}
	if _, ok := parse(t, renderIn(t, text.Chinese, Page(props(text.Chinese, "")))).Find("html").Attr("data-theme"); ok {
		t.Error("without a choice the system decides")
	}
}

func TestPageHasOneHeadingASkipLinkAndItsCurrentPlace(t *testing.T) {
	doc := parse(t, renderIn(t, text.Chinese, Page(props(text.Chinese, ""))))
	for selector, want := range map[string]int{
		"h1": 1, "a.skip[href='#main']": 1, "main#main": 1, "nav a[aria-current=page]": 1, "form[data-lookup]": 1,
		"form[action='/language'][method=post] input[name=here][value='/somewhere']": 1, "form[action='/signout'][method=post] button": 1,
		"button[name=theme]": 2, "a[href='/signout']": 0,
	} {
		if got := doc.Find(selector).Length(); got != want {
			t.Errorf("%s: %d, want %d", selector, got, want)
		}
	}
	desk := props(text.Chinese, "light")
	desk.NoLookup = true
	doc = parse(t, renderIn(t, text.Chinese, Page(desk)))
	if doc.Find("form[data-lookup]").Length() != 0 || doc.Find("button[name=theme]").Length() != 1 {
		t.Error("the desk has its own look-up, and a chosen theme one way out")
	}
}

func TestHtmxKeepsNothingAndEvaluatesNothing(t *testing.T) {
	var config map[string]any
	if err := json.Unmarshal([]byte(htmxConfig), &config); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]any{
		"allowEval": false, "includeIndicatorStyles": false, "historyEnabled": false, "historyCacheSize": 0.0, "selfRequestsOnly": true, "allowScriptTags": false,
	} {
		if config[key] != want {
			t.Errorf("%s = %v, want %v", key, config[key], want)
		}
	}
}

// Page, style, script, htmx and the mark: five requests, and 60 KB with the
// hits of a look-up to come.
func TestFrameAsksForFourFiles(t *testing.T) {
	doc := parse(t, renderIn(t, text.Chinese, Page(props(text.Chinese, ""))))
	asked, bytes := 0, 0
	doc.Find("link[href], script[src], img[src]").Each(func(_ int, s *goquery.Selection) {
		url := s.AttrOr("href", s.AttrOr("src", ""))
		_, gzipped, _, ok := static.Open(url)
		if !ok {
			t.Errorf("%s is not ours", url)
		}
		asked++
		bytes += len(gzipped)
	})
	if asked > 4 || bytes > 45<<10 {
		t.Errorf("%d files, %d bytes gzipped", asked, bytes)
	}
}
