package browser

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"testing"

	"shuke/config"
	"shuke/handlers"
	"shuke/handlers/webhooks"
	"shuke/models/audit"
	"shuke/models/clock"
	"shuke/models/consent"
	"shuke/models/customer"
	"shuke/models/intake"
	"shuke/models/membership"
	"shuke/models/modelstest"
	"shuke/models/rights"
	"shuke/models/staff"
	"shuke/models/webhook"
	"shuke/policies"
	"shuke/views/text"
)

// site is a House with the whole program before it, on a port of this machine.
type site struct {
	*modelstest.House
	url string
	ids map[string]string // public ids of the guests, by name
	// Intakes takes files in; nothing runs in the background unless a test says so.
	Intakes *intake.Service
	// around, when set before the first request, stands before the program.
	around func(http.Handler) http.Handler
}

// newSite opens a site with the guests of the tests; all of it goes when the
// test ends.
func newSite(t *testing.T) *site {
	t.Helper()
	needChrome(t)
	s := &site{House: modelstest.NewHouse(t), ids: map[string]string{}}
	s.Intakes = s.intakes(t)
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
		Staff: s.Staff, Customers: s.Customers, Relations: s.Relations, Cards: s.Cards, Standing: s.Standing, Members: s.Members, Purposes: s.Purposes, Library: s.Library, Rights: s.Rights, Gate: s.Gate, Guard: s.Guard, Arrivals: s.Arrivals, Hub: s.Hub, Webhooks: s.Webhooks, Intakes: s.Intakes, Dispatcher: webhooks.NewDispatcher(s.Webhooks, clock.Of(s.Clock), slog.New(slog.DiscardHandler)), Events: audit.NewReader(s.Main), Clock: clock.Of(s.Clock), Texts: texts,
		Links: s.links(t), Ready: func(context.Context) error { return nil },
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
	ctx, stop := context.WithCancel(context.Background())
	told := make(chan struct{})
	go func() { s.Hub.Run(ctx); close(told) }()
	t.Cleanup(func() { server.Close(); stop(); <-told })
}

// Numbers that only a reveal may show.
const (
	passport  = "E77554433"
	childName = "周满满"
	ownValue  = "27.35"
)

// fill adds the guests, so chosen that letters, digits and lengths of names all
// occur: two with the initials zmy, one of a single telephone, long ones.
func (s *site) fill() {
	s.programs()
	defer s.deliver()
	pillow := s.AddOwn(modelstest.OwnDraft("枕头硬度", "Pillow", func(d *customer.OwnDraft) {
		d.Type, d.Options, d.Glance, d.Kind, d.HelpZH, d.HelpEN = "choice", "软 | Soft\n- 特硬 | Extra firm\n硬 | Firm", "do", "both", "客人自己说的。", "In the guest's words."
	}))
	s.AddOwn(modelstest.OwnDraft("体脂率", "Body fat", func(d *customer.OwnDraft) {
		d.Type, d.UnitZH, d.UnitEN, d.Sensitivity = "number", "百分比", "percent", "sensitive"
	}))
	s.AddOwn(modelstest.OwnDraft("水烟口味", "Shisha", func(d *customer.OwnDraft) { d.Several, d.HalfLife = true, "365" }))
	s.ids["张慕言"] = s.AddGuest("张慕言", "phone", "138 0000 1234", "address_as", "张教授", "sex", "female", "birth", "1985-11-30", "language", "zh", "city", "杭州",
		"employer", "浙江大学", "tier", "gold", "document_kind", "passport", "document_no", passport, "hobby", "围棋",
		"taboo", "不要称呼“张阿姨”", "allergy_instruction", "不放花生，提前告诉厨房", "care_instruction", "房间备胡萝卜汁", "diet", "少盐", "email", "muyan@example.com",
		"child_name", childName, "child_birth", "2019-05-06", pillow, "soft", "own_body_fat", ownValue)
	s.members()
	s.ids["周明远"] = s.AddGuest("周明远", "phone", "13955554321", "city", "上海")
	s.ids["王小明"] = s.AddGuest("王小明", "phone", "13912348888")
	s.ids["Arabic"] = s.AddGuest("عبد الرحمن محمد الهاشمي", "phone", "+971501234567", "language", "ar")
	s.ids["long"] = s.AddGuest("Wolfeschlegelsteinhausenberger Maximiliane-Friederike", "phone", "+4915112345678", "language", "de", "employer", "Donaudampfschifffahrtsgesellschaft mbH Wien")
	s.speak()
	s.ids["company"] = s.AddCompany("望江软件股份有限公司杭州分公司", "company_short_name", "望江软件", "phone", "057112345678", "city", "杭州", "trade", "it")
}

// members are a guest with a level given by hand, near the next, who came to an
// event, and one who could join.
func (s *site) members() {
	ctx, a := context.Background(), s.Actor(policies.Manager)
	club, err := s.Members.SaveClub(ctx, a, membership.Club{NameZH: "熟客会", NameEN: "Regulars", Prefix: "Q", Digits: 6, CheckDigit: true, Joining: membership.OnRequest, On: true}, "")
	must(s.T, err)
	var given int64
	for i, t := range []membership.Tier{
		{NameZH: "青竹会员", NameEN: "Bamboo", Tone: "plain", BenefitsZH: []string{"延迟退房到下午一点"}, BenefitsEN: []string{"Check-out until one"}},
		{NameZH: "银杏会员", NameEN: "Ginkgo", Tone: "info", Months: 24, Stays: 3, Nights: 6, Any: true, GraceMonths: 6, BenefitsZH: []string{"欢迎水果", "双人早餐一份"}, BenefitsEN: []string{"Fruit in the room", "One breakfast for two"}},
		{NameZH: "金桂会员", NameEN: "Osmanthus", Tone: "brass", Months: 12, Nights: 16, Spend: 3_000_000, GraceMonths: 6, BenefitsZH: []string{"有空房就升一级房"}, BenefitsEN: []string{"A better room when there is one"}},
	} {
		t.ClubID, t.Rank = club, i+1
		if given, err = s.Members.SaveTier(ctx, a, t, ""); i == 1 {
			s.ids["tier"] = strconv.FormatInt(given, 10)
			must(s.T, err)
		}
	}
	event, err := s.Members.SaveEvent(ctx, a, membership.Event{ClubID: club, NameZH: "湖边秋茶会", NameEN: "Autumn tea by the lake", HeldOn: "2026-11-01", Place: "西湖店湖畔茶室", BranchID: a.BranchID}, "")
	must(s.T, err)
	id := s.ids["张慕言"]
	_, err = s.Members.Join(ctx, s.Clerk(), membership.Joining{PublicID: id, ClubID: club})
	must(s.T, err)
	tier, err := strconv.ParseInt(s.ids["tier"], 10, 64)
	must(s.T, err)
	must(s.T, s.Members.SetTier(ctx, a, membership.Change{PublicID: id, ClubID: club, Version: 1, TierID: tier, UntilOn: "2027-06-30", Reason: "老会员换卡，保留原等级"}))
	must(s.T, s.Members.Attend(ctx, s.Clerk(), membership.Attendance{PublicID: id, EventID: event, Came: true}))
	s.ids["club"] = strconv.FormatInt(club, 10)
}

// programs are connected: one asks with tokens, one is told and does not answer.
func (s *site) programs() {
	ctx := context.Background()
	for _, label := range []string{"餐厅收银", "Booking site of the long name that nobody shortens, all of it"} {
		_, err := s.Staff.AddToken(ctx, s.Actor(policies.Owner), staff.NewTokenDraft("front_desk", label))
		must(s.T, err)
	}
	id, _, err := s.Webhooks.Add(ctx, s.Actor(policies.Owner), webhook.Draft{Address: "http://127.0.0.1:1/a/path/so/long/that/it/has/to/break/somewhere/on/a/telephone?key=0123456789", Kinds: webhook.Kinds})
	must(s.T, err)
	s.ids["webhook"] = id
}

// deliver gives each guest's event an end of its own; the last wait.
func (s *site) deliver() {
	for name, end := range map[string]string{"张慕言": "outcome = 'delivered', status = 204, tries = 1", "周明远": "outcome = 'given_up', reason = 'certificate', tries = 8", "王小明": "outcome = 'covered'"} {
		s.Run("UPDATE webhook_deliveries SET ended_at = at, "+end+" WHERE customer = ?", s.ids[name])
	}
	s.Run("UPDATE webhook_deliveries SET tries = 2, reason = 'status', status = 502, due_at = at + 3600000 WHERE customer = ?", s.ids["long"])
}

// speak adds guests who said something of their own data.
func (s *site) speak() {
	t, ctx := s.T, context.Background()
	id := s.AddGuest("林开口", "phone", "13755556666", "city", "苏州", "diet", "清淡", "hobby", "昆曲", "care_instruction", "备一壶热水", "allergy_instruction", "不放虾，告诉厨房", "taboo", "不提年龄",
		"document_kind", "passport", "document_no", "E33445566", "child_name", "林小满", "birth", "1979-04-02", "home_address", "苏州市平江路一号", "job_post", "评弹演员")
	s.ids["林开口"] = id
	yes := rights.Decision{PublicID: id, Purpose: consent.Marketing, Channels: []consent.Channel{consent.WeChat, consent.Email}, Given: true, Who: consent.Self, How: consent.Written,
		Proof: "登记表在前台 3 号柜，2026 年第 118 号", Wording: consent.Text{Of: "marketing", Version: 1}}
	no := rights.Decision{PublicID: id, Purpose: consent.Marketing, Channels: []consent.Channel{consent.SMS}, Who: consent.Self, How: consent.Spoken}
	safety, service := no, yes
	safety.Purpose, safety.Channels = consent.Safety, nil
	service.Purpose, service.Channels, service.How, service.Wording = consent.Service, nil, consent.ByChat, consent.Text{Of: "service", Version: 1}
	for _, d := range []rights.Decision{yes, no, safety, service} {
		must(t, s.Rights.Record(ctx, s.Clerk(), d))
	}
	for _, r := range []consent.Restriction{{Kind: consent.NotPerson, Person: "李雷", Relation: "前夫"}, {Kind: consent.NotHours, From: 22 * 60, To: 8 * 60, Note: "夜戏散场才睡"}} {
		r.How = consent.Spoken
		must(t, s.Rights.Restrict(ctx, s.Clerk(), rights.Restricting{PublicID: id, Restriction: r}))
	}
	must(t, s.Rights.Take(ctx, s.Clerk(), rights.Ask{PublicID: id, Kind: rights.Correct, About: "单位换了，现在是苏州昆剧院", Who: consent.Self, How: consent.Spoken}))
	must(t, s.Rights.Take(ctx, s.Clerk(), rights.Ask{PublicID: id, Kind: rights.Erase, About: "想知道怎么删", Who: consent.Self, How: consent.ByCall}))
	shy := s.AddGuest("方不露", "phone", "13812349999")
	s.ids["方不露"] = shy
	must(t, s.Rights.Restrict(ctx, s.Actor(policies.Manager), rights.Restricting{PublicID: shy, Restriction: consent.Restriction{Kind: consent.NotBranch, NotAt: s.Clerk().BranchID, How: consent.Spoken}}))
	leaving := s.AddGuest("方不留")
	s.ids["方不留"] = leaving
	must(t, s.Rights.AskErasure(ctx, s.Actor(policies.Custodian), rights.Leave{PublicID: leaving, Who: consent.Self, How: consent.Written, Proof: "申请书在 3 号柜"}))
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
