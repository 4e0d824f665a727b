package browser

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"shuke/models/arrival"
	"shuke/models/customer"
	"shuke/models/modelstest"
	"shuke/models/stay"
	"shuke/policies"
)

// takes writes down what a guest wants.
func (s *site) takes(guest, words string, change func(*customer.Note)) int64 {
	s.T.Helper()
	n := customer.Note{PublicID: s.ids[guest], Words: words, Channel: "service", Consent: "spoken"}
	if change != nil {
		change(&n)
	}
	done, err := s.Customers.TakeNote(context.Background(), s.Clerk(), s.Catalogue(), n)
	must(s.T, err)
	return done.N
}

// books adds a stay of today at a branch.
func (s *site) books(at policies.Actor, change func(*arrival.Booking)) string {
	s.T.Helper()
	b := arrival.Booking{Status: stay.Reserved, ArriveOn: at.Today(), DepartOn: at.Now.AddDate(0, 0, 2).Format(time.DateOnly), ETA: 15 * 60, Adults: 1}
	change(&b)
	id, err := s.Arrivals.Book(context.Background(), at, b)
	must(s.T, err)
	return id
}

// day fills the sheet of today: a guest with wishes and one who must not be given
// something, somebody late, somebody in house, somebody whom nobody knows.
func (s *site) day(t *testing.T) (wish, safety int64, stayID, unknown string) {
	t.Helper()
	wish = s.takes("张慕言", "枕头要高一点的两个", nil)
	safety = s.takes("张慕言", "对花生过敏，会肿", nil)
	s.takes("张慕言", "早餐鸡蛋要嫩一点", nil)
	s.takes("long", "Wakes at five, wants a kettle, two oat milks and the pillow that he left here in the spring of last year", func(n *customer.Note) { n.Area, n.Act, n.Strength = "minibar_drinks", "do", 3 })
	manager := s.Actor(policies.Manager)
	stayID = s.books(manager, func(b *arrival.Booking) {
		b.Customer, b.Room, b.RoomType, b.Floor, b.Facing, b.Party = s.ids["张慕言"], "1206", "豪华大床", "12", "江景", "先生同住"
	})
	s.books(manager, func(b *arrival.Booking) { b.Customer, b.Room, b.ETA = s.ids["long"], "808", 9*60 })
	s.books(manager, func(b *arrival.Booking) { b.Customer, b.Room, b.Status = s.ids["周明远"], "305", stay.InHouse })
	unknown = s.books(manager, func(b *arrival.Booking) { b.GuestName, b.ETA = "WANG XIAOMING", -1 })
	_, err := s.Arrivals.Prepare(context.Background(), manager, s.Catalogue(), stayID, "生日蛋糕一个，蜡烛三根", "food", 18*60, "")
	must(t, err)
	return wish, safety, stayID, unknown
}

func TestThePagesOfArrivalsAndWishesAreSoundInEveryLook(t *testing.T) {
	s := newSite(t)
	wish, safety, stayID, unknown := s.day(t)
	card := "/customers/" + s.ids["张慕言"]
	opened := func(b *tab) { b.do("document.querySelectorAll('details').forEach(d => { d.open = true; })") }
	stops := []stop{
		{"desk arrivals", "front_desk", "/desk", nil},
		{"card arriving", "front_desk", card, nil},
		{"arrivals", "front_desk", "/arrivals", nil},
		{"arrivals of the floor", "floor", "/arrivals", nil},
		{"arrivals empty", "front_desk", "/arrivals?day=2026-11-24", nil},
		{"in house", "front_desk", "/arrivals?view=staying", nil},
		{"arrivals on paper", "front_desk", "/arrivals/print", nil},
		{"stay new", "front_desk", "/stays/new", nil},
		{"stay refused", "front_desk", "/stays/new", submits("arrive_on", "2026-11-30", "depart_on", "2026-11-20")},
		{"stay", "front_desk", "/stays/" + stayID, opened},
		{"stay of nobody", "front_desk", "/stays/" + unknown, opened},
		{"check-in unready", "front_desk", "/stays/" + stayID + "/check-in", nil},
		{"wish of the floor", "floor", "/stays/" + stayID + "/note", opened},
		{"wish new", "front_desk", card + "/note", opened},
		{"wishes", "manager", card + "/preferences", opened},
		{"wish", "front_desk", card + "/preferences/" + number(wish), opened},
		{"wish of safety", "front_desk", card + "/preferences/" + number(safety), opened},
		{"words", "custodian", card + "/preferences/" + number(safety) + "/words", nil},
		{"lists", "manager", "/lists", nil},
		{"area", "manager", "/lists/areas/bed_pillow", nil},
		{"department new", "manager", "/lists/departments/new", nil},
		{"gesture new", "manager", "/lists/gestures/new", nil},
	}
	s.sweep(t, stops)
}

// The waiter of one house hears it at breakfast; in another city it is asked back
// at the counter, and the kitchen has it on its list.
func TestAnEggSaidAtBreakfastIsAskedBackInTheOtherCity(t *testing.T) {
	s := newSite(t)
	stayID := s.books(s.Actor(policies.Manager), func(b *arrival.Booking) {
		b.Customer, b.Room, b.Status = s.ids["张慕言"], "1206", stay.InHouse
	})
	waiter := s.visitor(t)
	waiter.as(s.SignIn("floor"))
	waiter.open("/arrivals?view=staying")
	waiter.click("a[href='/stays/" + stayID + "/note']")
	waiter.until("document.querySelector('[data-note-words]')")
	waiter.fill("words", "早餐鸡蛋要嫩一点")
	waiter.until("document.querySelector('.note__reading [name=area]:checked, .note__reading [name=area][type=hidden]')?.value === 'breakfast_food'")
	waiter.press(kb.Enter)
	waiter.until("!location.pathname.endsWith('/note')")

	clerk := s.AddPerson("elsewhere", policies.FrontDesk, modelstest.Hangzhou)
	arrives := s.books(s.AddPerson("elsewhere-manager", policies.Manager, modelstest.Hangzhou), func(b *arrival.Booking) { b.Customer = s.ids["张慕言"] })
	other := s.visitor(t)
	other.as(s.SignIn(clerk.Login))
	other.open("/arrivals")
	other.shows("[data-sheet-row='"+arrives+"']", "嫩")
	other.open("/customers/" + s.ids["张慕言"])
	other.shows(".act-list", "嫩")
	other.click("a[href$='/preferences']")
	other.shows("main", "早餐鸡蛋要嫩一点")
}

// Three at once, each on a machine of their own: what one ticks the others see
// without doing anything, and it is on the paper.
func TestThreePeopleTickOneSheetAtOnceAndItPrints(t *testing.T) {
	s := newSite(t)
	wish, safety, stayID, _ := s.day(t)
	keys := []string{stay.WishKey(wish), stay.WishKey(safety), "h1"}
	box := func(key string) string {
		return "[data-sheet-row='" + stayID + "'] [data-prep='" + key + "'] input[type=checkbox]"
	}
	roles := []policies.Role{policies.FrontDesk, policies.Floor, policies.Manager}
	var people []*tab
	for _, role := range roles {
		b := s.visitor(t)
		b.as(s.SignIn(string(role)))
		b.open("/arrivals")
		b.until("document.documentElement.dataset.live === 'yes'")
		people = append(people, b)
	}
	for i, b := range people {
		b.click(box(keys[i]))
	}
	for _, b := range people {
		for _, key := range keys {
			b.until("document.querySelector(\"" + box(key) + "\").checked")
		}
		b.until("document.querySelector('[data-count=ready]')?.innerText.includes('3')")
	}
	paper := people[0]
	paper.open("/arrivals/print")
	paper.onPaper()
	if text := paper.text("main"); !strings.Contains(text, "P-261122-") || !strings.Contains(text, "张慕言") || !strings.Contains(text, "花生") {
		t.Errorf("%s", text)
	}
	if over := paper.value(sideways); over != "" {
		t.Errorf("wider than the paper: %s", over)
	}
	paper.run(chromedp.ActionFunc(func(ctx context.Context) error {
		pdf, _, err := page.PrintToPDF().WithPaperWidth(8.27).WithPaperHeight(11.69).WithPreferCSSPageSize(true).Do(ctx)
		if n := strings.Count(string(pdf), "/Type /Page\n"); err == nil && (n < 1 || n > 2) {
			t.Errorf("%d sheets of paper", n)
		}
		return err
	}))
}

// What could not be kept must not look as if it were: somebody would rely on it.
func TestATickThatIsNotKeptDoesNotLookSo(t *testing.T) {
	s := newSite(t)
	wish, _, stayID, _ := s.day(t)
	b := s.visitor(t)
	b.as(s.SignIn("front_desk"))
	b.run(chromedp.ActionFunc(func(ctx context.Context) error { // news of the stays just booked would write the rows anew
		_, err := page.AddScriptToEvaluateOnNewDocument("window.EventSource = class extends EventTarget {}").Do(ctx)
		return err
	}))
	b.open("/arrivals")
	box := "[data-sheet-row='" + stayID + "'] [data-prep='" + stay.WishKey(wish) + "'] input[type=checkbox]"
	b.do("document.querySelector(\"" + box + "\").closest('form').setAttribute('action', '/stays/s-0000000000000000/ticks')")
	b.click(box)
	b.until("document.querySelector('#live').innerText.trim() !== ''")
	b.complained("404 from /stays/")
	if b.is("document.querySelector(\"" + box + "\").checked") {
		t.Error("it looks as if it were ready")
	}
	b.do("document.querySelector(\"" + box + "\").closest('form').setAttribute('action', '/stays/" + stayID + "/ticks')")
	b.click(box)
	b.until("document.querySelector(\"" + box + "\").closest('li').innerText.includes('" + s.Clerk().Name + "')")
	if !b.is("document.activeElement === document.querySelector(\"" + box + "\")") {
		t.Error("the line lost its place")
	}
}

func TestWithoutScriptTheLinesOfAGuestAreTickedTogether(t *testing.T) {
	s := newSite(t)
	wish, safety, stayID, _ := s.day(t)
	b := s.visitor(t)
	b.run(emulation.SetScriptExecutionDisabled(true))
	b.signIn("floor", modelstest.Password)
	b.until("document.readyState === 'complete' && document.querySelector('.app')")
	b.open("/arrivals")
	row := "[id='" + stayID + "']"
	line := func(n int64) string { return row + " [data-prep='" + stay.WishKey(n) + "'] input[type=checkbox]" }
	b.click(line(wish))
	b.click(line(safety))
	b.click(row + " form button")
	for _, n := range []int64{wish, safety} {
		b.until("document.querySelector(\"" + line(n) + "[checked]\")")
	}
	b.click(line(wish))
	b.click(row + " form button")
	b.until("!document.querySelector(\"" + line(wish) + "[checked]\") && document.querySelector(\"" + line(safety) + "[checked]\")")
}

// Two wishes about one thing help nobody in the kitchen: whoever notes the second
// is asked at once which of them holds, and is two keys away from the answer.
func TestASecondWishAboutTheSameThingAsksWhichHolds(t *testing.T) {
	s := newSite(t)
	card := "/customers/" + s.ids["周明远"]
	s.takes("周明远", "煎蛋要单面的", nil)
	b := s.visitor(t)
	b.as(s.SignIn("front_desk"))
	b.open(card)
	b.fill("words", "煎蛋要双面的")
	b.until("document.querySelector('.note__reading [name=area]:checked, .note__reading [name=area][type=hidden]')?.value === 'breakfast_food'")
	b.press(kb.Enter)
	b.until("location.search.startsWith('?new=') && document.querySelector('form[action$=\"/replace\"]')")
	b.shows("main", "“煎蛋要双面的”和这条是一回事吗")
	b.inspect("same thing")
	// A second Enter out of habit answers nothing, at once or with script off.
	b.until("document.activeElement?.id === 'same' && document.querySelector('h2[autofocus]')")
	b.press(kb.Enter)
	b.press(kb.Enter)
	b.open(card)
	b.shows("#wishes", "煎蛋要双面的")
	b.shows("#wishes", "煎蛋要单面的")
	b.do("history.back()")
	b.until("location.search.startsWith('?new=') && document.activeElement?.id === 'same'")
	b.press(kb.Tab)
	b.until("document.activeElement.form?.action.endsWith('/replace')")
	b.press(kb.Enter)
	b.at(card)
	b.shows("#wishes", "煎蛋要双面的")
	b.lacks("煎蛋要单面的")
}
