package browser

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"shuke/models/clock"
	"shuke/models/imports"
	"shuke/models/intake"
	"shuke/models/lease"
	"shuke/models/modelstest"
	"shuke/policies"
)

// intakes takes files in for a site.
func (s *site) intakes(t *testing.T) *intake.Service {
	c, quiet := clock.Of(s.Clock), slog.New(slog.DiscardHandler)
	out, err := intake.New(intake.Services{DB: s.Main, Vault: s.Vault, Log: s.Log, Gate: s.Gate, Guard: s.Guard, Clock: c, Staff: s.Staff,
		Imports: imports.New(s.Main, s.Vault, s.Log, s.Customers, c), Leases: lease.NewService(s.Main, c, quiet)}, t.TempDir())
	must(t, err)
	return out
}

// hand hands a file in as the custodian.
func (s *site) hand(name, content string, change ...func(*intake.Settings)) {
	s.T.Helper()
	ctx, a := context.Background(), s.Actor(policies.Custodian)
	set := intake.Settings{Target: imports.ToCustomers, Mode: imports.Add, Channel: "pos", Source: "餐厅收银 2019 旧系统", BranchID: a.BranchID, KeepGood: true}
	for _, c := range change {
		c(&set)
	}
	id, err := s.Intakes.Receive(ctx, a, name, strings.NewReader(content))
	must(s.T, err)
	id, err = s.Intakes.Begin(ctx, a, id, set, "")
	must(s.T, err)
	s.ids[name] = id
}

// runs does the work in the background until the test ends.
func (s *site) runs() {
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { s.Intakes.Run(ctx); close(ended) }()
	s.T.Cleanup(func() { stop(); <-ended })
}

// files are imports in all the states there are.
func (s *site) files() {
	s.T.Helper()
	s.AddPerson("custodian2", policies.Custodian, modelstest.Shanghai)
	ctx, a := context.Background(), s.Actor(policies.Custodian)
	version := func(name string) int64 { return s.Count("SELECT version FROM intakes WHERE id = ?", s.ids[name]) }
	guests := "姓名,手机,生日,爱好,内部编号,备注\n王小明,13912348888,1990-02-30,围棋,A-1,\n李想,1391234,1988-05-06,钓鱼,A-2,常来\n,13912340003,,,A-3,\nWolfeschlegelsteinhausenberger Maximiliane,+4915112345678,1970-01-01,Donaudampfschifffahrt,A-4,\n"
	byPhone := func(set *intake.Settings) { set.Key, set.Create, set.Mode = "phone", true, imports.Update }
	s.hand("名单 ready.CSV", guests, byPhone)
	s.hand("名单 unfit.CSV", "电话一,电话二\n13912348888,13912348889\n")
	var long strings.Builder
	long.WriteString("姓名,手机\n")
	for i := range intake.AloneRows + 200 {
		fmt.Fprintf(&long, "客人%s,138%08d\n", strings.Map(func(r rune) rune { return '甲' + r - '0' }, fmt.Sprint(i)), i)
	}
	s.hand("名单 long.CSV", long.String())
	must(s.T, s.Intakes.Ask(ctx, a, s.ids["名单 long.CSV"], version("名单 long.CSV")))
	for _, name := range []string{"名单 waiting.CSV", "名单 running.CSV", "名单 failed.CSV", "名单 done.CSV", "名单 undone.CSV"} {
		s.hand(name, guests+name+",,,,,\n", byPhone)
	}
	s.Run("INSERT INTO imports (id, file_hash, options_hash, file_name, channel, source, started_at, finished_at, staff_id, os_user, rows_done, created, refused) VALUES (990, 'x', 'x', '旧系统导出的客人名单，最后一版.csv', 'list', '旧系统', 1700000000000, 1700000100000, 0, 'li', 2000, 1990, 10)")
	s.Run("INSERT INTO imports (id, file_hash, options_hash, file_name, channel, source, started_at, finished_at, staff_id, os_user, rows_done, created, refused) SELECT 992, 'y', 'y', file_name, channel, source, started_at, finished_at, 0, os_user, rows_done, created, refused FROM imports WHERE id = 990")
	s.Run("INSERT INTO import_rows (import_id, n, line, outcome, customer_id, problems) SELECT 990, 1, 2, 1, id, '' FROM customers WHERE public_id = ?", s.ids["王小明"])
	set := "UPDATE intakes SET started_by = staff_id, queued_at = 1, "
	s.Run(set+"state = 'waiting' WHERE id = ?", s.ids["名单 waiting.CSV"])
	s.Run(set+"state = 'running', rows_total = 80000, rows_done = 31500, created = 30000, joined = 1200, refused = 300 WHERE id = ?", s.ids["名单 running.CSV"])
	s.Run(set+`state = 'failed', failed = '{"Key":"import.file_gone"}', ended_at = ? WHERE id = ?`, s.Clock.Now().UnixMilli(), s.ids["名单 failed.CSV"])
	s.Run(set+"state = 'done', import_id = 990, ended_at = ?, file_gone_at = 1, rows_done = 5, created = 2, joined = 1, refused = 1, warned = 1 WHERE id = ?", s.Clock.Now().UnixMilli(), s.ids["名单 done.CSV"])
	s.Run(set+"state = 'undone', import_id = 991, undone_at = ?, undo_by = staff_id, undo_reason = '名单是别家店的', file_gone_at = 1, created = 2 WHERE id = ?", s.Clock.Now().UnixMilli(), s.ids["名单 undone.CSV"])
	must(s.T, s.Intakes.AddScan(ctx, a, s.ids["名单 done.CSV"], "登记本第 12 页.png", strings.NewReader("\x89PNG\r\n\x1a\n")))
}

// refusedFile sends the form of a new import with a source that is none.
func refusedFile(b *tab) {
	b.t.Helper()
	b.run(chromedp.SetUploadFiles("#f-file", []string{file(b.t, "a.csv", "姓名\n赵小六\n")}, chromedp.ByQuery))
	submits("source", " ", "channel", "pos")(b)
}

// standsInTheWay asks for an undo that later work forbids.
func standsInTheWay(b *tab) {
	b.t.Helper()
	submitsIn("#undo", "reason", "来错了")(b)
	b.until("document.querySelector('.imports__obstacles a')")
}

// file writes a file that a person has on their machine.
func file(t testing.TB, name, content string) string {
	path := filepath.Join(t.TempDir(), name)
	must(t, os.WriteFile(path, []byte(content), 0o600))
	return path
}

func TestAFileIsHandedInMappedTakenInAndTakenBack(t *testing.T) {
	s := newSite(t)
	s.runs()
	b := s.visitor(t)
	b.as(s.SignIn("custodian"))
	b.open("/imports")
	b.click("a[href='/imports/new']")
	b.at("/imports/new")
	b.run(chromedp.SetUploadFiles("#f-file", []string{file(t, "收银名单.csv", "姓名,联系,城市\n赵小六,13912340001,苏州\n,13912340002,杭州\n=cmd,13912340003,上海\n")}, chromedp.ByQuery))
	b.put("source", "餐厅收银")
	b.put("channel", "pos")
	b.click("main form button.btn--main")
	b.until("/^\\/imports\\/[0-9a-f]{16}$/.test(location.pathname)")
	b.shows("#mapping", "联系")
	b.shows("#import-work", "赵小六")
	const version = "document.querySelector('#decide [name=version]')?.value"
	b.until(version) // the file is read through before there is anything to decide
	before := b.value(version)
	b.put("map.2", "phone") // a column nobody could guess by its heading
	b.until(version + " > " + quoted(before))
	b.shows("#mapping", "你指明的")
	b.shows("#import-work", "139****0001")
	b.click("#start")
	b.until("document.querySelector('#result')")
	b.shows(".tag", "导完")
	b.do("fetch(document.querySelector(\"a[href$='bad-rows.csv'][download]\").href).then(a => a.text()).then(t => { window.rows = t })")
	b.until("window.rows")
	if rows := b.value("window.rows"); !strings.HasPrefix(rows, "行,原因,姓名,联系,城市") || !strings.Contains(rows, "没有姓名") || !strings.Contains(rows, "'=cmd") {
		t.Errorf("%q", rows)
	}
	there := s.Count("SELECT COUNT(*) FROM customers")
	b.put("reason", "名单不对")
	b.click("#undo")
	b.shows(".tag", "已撤回")
	if now := s.Count("SELECT COUNT(*) FROM customers"); now != there-1 {
		t.Errorf("%d customers, %d before", now, there)
	}
	b.quiet()
}

func TestWithoutScriptAFileIsHandedInMappedAndTakenIn(t *testing.T) {
	s := newSite(t)
	s.runs()
	b := s.visitor(t)
	b.run(emulation.SetScriptExecutionDisabled(true))
	b.signIn("custodian", modelstest.Password)
	b.at("/desk")
	b.open("/imports/new")
	b.run(chromedp.SetUploadFiles("#f-file", []string{file(t, "a.csv", "姓名,联系\n赵小六,13912340001\n")}, chromedp.ByQuery))
	b.fill("source", "餐厅收银")
	b.choose("target", "customers")
	b.run(chromedp.SetValue("[name=channel]", "pos", chromedp.ByQuery))
	b.click("main form button.btn--main")
	ready := "document.readyState === 'complete' && document.querySelector"
	b.until("/^\\/imports\\/[0-9a-f]{16}$/.test(location.pathname) && " + ready + "('#mapping')")
	page := b.path()
	b.run(chromedp.SetValue("[name='map.2']", "phone", chromedp.ByQuery))
	b.click("#mapping .panel__foot button")
	b.until(ready + "('[name=\"map.2\"] [value=phone][selected]')")
	b.shows("#import-work", "139****0001")
	b.click("#start")
	b.until(ready + "('#result, #busy')")
	for !b.is(ready + "('#result')") {
		b.open(page)
	}
	b.shows(".tag", "导完")
}
