package text

import "golang.org/x/text/language"

// Language is one of the languages the product speaks, as a BCP 47 tag: it is
// what stands in html lang, in the cookie and as the folder of its messages.
type Language string

// The languages. Chinese comes first and is what a visitor gets whose browser
// asks for neither.
const (
	Chinese Language = "zh-CN"
	English Language = "en"
)

// Languages returns all languages, the default first.
func Languages() []Language { return []Language{Chinese, English} }

// ParseLanguage returns the language with exactly this tag.
func ParseLanguage(tag string) (Language, bool) {
	for _, l := range Languages() {
		if string(l) == tag {
			return l, true
		}
	}
	return Chinese, false
}

// Other returns the language a switch leads to.
func (l Language) Other() Language {
	if l == English {
		return Chinese
	}
	return English
}

// matcher picks among these tags and is never changed. Traditional Chinese
// stands by itself because it is too far from zh-CN to beat English otherwise.
var matcher = language.NewMatcher([]language.Tag{
	language.MustParse(string(Chinese)), language.MustParse(string(English)), language.TraditionalChinese,
})

// Match chooses the language of a visitor: the person's own choice (the cookie)
// if it is one of ours, else what the browser's Accept-Language prefers, else
// Chinese. Any Chinese, traditional included, is answered in ours.
func Match(cookie, acceptLanguage string) Language {
	if l, ok := ParseLanguage(cookie); ok {
		return l
	}
	wanted, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil || len(wanted) == 0 {
		return Chinese
	}
	_, i, confidence := matcher.Match(wanted...)
	if confidence != language.No && i == 1 {
		return English
	}
	return Chinese
}
