package browser

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"testing"

	"shuke/config"
	"shuke/handlers"
	"shuke/models/audit"
	"shuke/models/clock"
	"shuke/models/modelstest"
	"shuke/views/text"
)

// site is a House with the whole program before it, on a port of this machine.
type site struct {
	*modelstest.House
	url string
	ids map[string]string // public ids of the guests, by name
	// around, when set before the first request, stands before the program.
	around func(http.Handler) http.Handler
}

// newSite opens a site with the guests of the tests; all of it goes when the
// test ends.
func newSite(t *testing.T) *site {
	t.Helper()
	needChrome(t)
	s := &site{House: modelstest.NewHouse(t), ids: map[string]string{}}
	s.fill()
	s.serve(t)
	return s
}

func (s *site) serve(t *testing.T) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	s.url = "http://" + listener.Addr().String()
	texts, err := text.Load()
	must(t, err)
	settings, err := config.Load("", nil, map[string]any{"url": s.url, "house": "望江酒店集团"})
	must(t, err)
	app, err := handlers.New(settings, handlers.Services{
		Staff: s.Staff, Customers: s.Customers, Cards: s.Cards, Library: s.Library, Rights: s.Rights, Gate: s.Gate, Guard: s.Guard, Events: audit.NewReader(s.Main), Clock: clock.Of(s.Clock), Texts: texts,
		Ready: func(context.Context) error { return nil },
	}, slog.New(slog.NewTextHandler(io.Discard, nil)))
	must(t, err)
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.around != nil {
			s.around(app).ServeHTTP(w, r)
			return
		}
		app.ServeHTTP(w, r)
	})}
	go server.Serve(listener)
	t.Cleanup(func() { server.Close() })
}

// Numbers that only a reveal may show.
const (
	passport  = "E77554433"
	childName = "周满满"
)

// fill adds the guests, so chosen that letters, digits and lengths of names all
// occur: two with the initials zmy, one of a single telephone, long ones.
func (s *site) fill() {
	s.ids["张慕言"] = s.AddGuest("张慕言", "phone", "138 0000 1234", "address_as", "张教授", "sex", "female", "birth", "1985-11-30", "language", "zh", "city", "杭州",
		"employer", "浙江大学", "tier", "gold", "document_kind", "passport", "document_no", passport, "hobby", "围棋",
		"taboo", "不要称呼“张阿姨”", "allergy_instruction", "不放花生，提前告诉厨房", "care_instruction", "房间备胡萝卜汁", "diet", "少盐", "email", "muyan@example.com",
		"child_name", childName, "child_birth", "2019-05-06")
	s.ids["周明远"] = s.AddGuest("周明远", "phone", "13955554321", "city", "上海")
	s.ids["王小明"] = s.AddGuest("王小明", "phone", "13912348888")
	s.ids["Arabic"] = s.AddGuest("عبد الرحمن محمد الهاشمي", "phone", "+971501234567", "language", "ar")
	s.ids["long"] = s.AddGuest("Wolfeschlegelsteinhausenberger Maximiliane-Friederike", "phone", "+4915112345678", "language", "de", "employer", "Donaudampfschifffahrtsgesellschaft mbH Wien")
	s.ids["company"] = s.AddCompany("望江软件股份有限公司杭州分公司", "company_short_name", "望江软件", "phone", "057112345678", "city", "杭州", "trade", "it")
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
