package browser

import (
	"strings"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// press sends one key as a person strikes it.
func (b *tab) press(keys ...string) {
	b.t.Helper()
	for _, key := range keys {
		b.run(chromedp.KeyEvent(key))
	}
}

// strike sends a key without its character, as a browser does when the page took
// the key or a link was followed. KeyEvent would send the character after it, to
// whatever has the focus by then.
func (b *tab) strike(key string) {
	b.t.Helper()
	b.run(input.DispatchKeyEvent(input.KeyRawDown).WithKey(key), input.DispatchKeyEvent(input.KeyUp).WithKey(key))
}

// write puts words where the cursor is, key by key for those of a keyboard, as
// an input method does it for others.
func (b *tab) write(words string) {
	b.t.Helper()
	if strings.IndexFunc(words, func(r rune) bool { return r > 126 }) < 0 {
		b.run(chromedp.KeyEvent(words))
		return
	}
	b.run(input.InsertText(words))
}

// tabTo presses Tab until the focus is where the question says, as somebody
// without a mouse does.
func (b *tab) tabTo(question string) {
	b.t.Helper()
	for range 250 {
		b.press(kb.Tab)
		if b.is("(e => " + question + ")(document.activeElement)") {
			return
		}
	}
	b.t.Fatalf("Tab does not lead to %s\nat %s", question, b.where())
}

// box goes by Tab to the control of that name.
func (b *tab) box(name string) {
	b.t.Helper()
	b.tabTo("e.name === " + quoted(name))
}

// fill goes by Tab to a box and writes into it.
func (b *tab) fill(name, words string) {
	b.t.Helper()
	b.box(name)
	b.write(words)
}

// put sets a box directly, for parts of a journey that are not about keys.
func (b *tab) put(name, words string) {
	b.t.Helper()
	b.do("const e = document.querySelector('main [name=" + quoted(name) + "]:not([type=hidden])'); e.focus(); e.value = " + quoted(words) +
		"; e.dispatchEvent(new Event('input', {bubbles: true})); e.dispatchEvent(new Event('change', {bubbles: true}));")
}

// choose ticks the radio or box of that name and value.
func (b *tab) choose(name, value string) {
	b.t.Helper()
	b.click("main [name=" + quoted(name) + "][value=" + quoted(value) + "]")
}

// click presses what is at the selector with the mouse.
func (b *tab) click(selector string) {
	b.t.Helper()
	b.until("document.querySelector(" + quoted(selector) + ")")
	b.run(chromedp.Click(selector, chromedp.ByQuery))
}

// signIn enters as a person of the House; it ends on the page they begin with.
func (b *tab) signIn(login, password string) {
	b.t.Helper()
	b.open("/sign-in")
	b.put("login", login)
	b.put("password", password)
	b.click("main button.btn--main")
	b.until("location.pathname !== '/sign-in' && document.readyState === 'complete'")
}
