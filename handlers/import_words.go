package handlers

import (
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"shuke/models/customer"
	"shuke/models/imports"
	"shuke/models/intake"
	"shuke/views/importview"
	"shuke/views/text"
	"shuke/views/ui"
)

// importWords puts an import into the reader's words.
type importWords struct {
	in   *inquiry
	p    *text.Printer
	i    intake.Intake
	seen importSeen
	cat  *customer.Catalogue
	at   string // branch
}

func (a *App) importWords(c echo.Context, i intake.Intake, seen importSeen) (importWords, error) {
	in := inquiryOf(c)
	w := importWords{in: in, p: in.print, i: i, seen: seen}
	var err error
	if w.cat, err = in.catalogue(c); err != nil {
		return w, err
	}
	branches, err := a.Staff.Branches(c.Request().Context())
	for _, b := range branches {
		if b.ID == i.BranchID {
			w.at = b.NameZH
			if w.p.Language() == text.English {
				w.at = b.NameEN
			}
		}
	}
	return w, err
}

// before reports whether the file is still to be decided about.
func (w importWords) before() bool {
	return !w.gone() && (w.i.State == intake.Ready || w.i.State == intake.Asking || w.i.Open())
}

// gone reports whether the file is not there any more, for whatever reason.
func (w importWords) gone() bool { return w.i.FileGone || w.i.Failure.Key == "import.file_gone" }

func (w importWords) facts() []importview.Fact {
	p, i := w.p, w.i
	out := []importview.Fact{{Label: p.T("import.name"), Value: i.FileName}}
	if i.FileBytes > 0 {
		out[0].Note = sizeWords(p, i.FileBytes)
	}
	add := func(key, value, note string) {
		if value != "" {
			out = append(out, importview.Fact{Label: p.T(key), Value: value, Note: note})
		}
	}
	add("import.target", p.T("import.target."+string(i.Target)), p.T("import.mode."+string(i.Mode)))
	add("import.source", i.Source, p.T("channel."+string(i.Channel)))
	add("import.key", w.key(), "")
	add("import.branch", w.at, "")
	add("import.sheet", i.Report.Sheet, "")
	add("import.handed_in", importBy(p, i), p.Relative(i.CreatedAt, w.in.Actor.Now))
	if i.StartedBy != 0 && i.StartedBy != i.StaffID {
		add("import.started", i.StartedName, "")
	}
	if i.ApprovedBy != 0 {
		add("import.approved", i.ApprovedName, p.Relative(i.ApprovedAt, w.in.Actor.Now))
	}
	if !i.EndedAt.IsZero() && i.EndedAt.UnixMilli() > 0 {
		add("import.ended", p.Relative(i.EndedAt, w.in.Actor.Now), "")
	}
	if i.State == intake.Undone {
		add("import.undone", i.UndoName, p.Relative(i.UndoneAt, w.in.Actor.Now))
		add("import.undo_why", i.UndoReason, "")
	}
	return out
}

func (w importWords) key() string {
	if f, known := w.cat.Field(w.i.Key); known {
		return f.Label(string(w.p.Language()))
	}
	return ""
}

func (w importWords) notices() []ui.NoticeProps {
	p, i := w.p, w.i
	why := p.T("import.broke")
	if i.Failure.Key != "" && p.Has(i.Failure.Key) {
		why = p.T(i.Failure.Key, i.Failure.Args)
	}
	switch {
	case i.State == intake.Failed:
		return []ui.NoticeProps{{Tone: ui.ToneBad, Icon: "alert", Title: p.T("import.failed_title"), Body: why}}
	case i.State == intake.Done && i.Failure.Key != "":
		return []ui.NoticeProps{{Tone: ui.ToneWarn, Icon: "alert", Title: p.T("import.undo_failed"), Body: why}}
	case (i.State == intake.Ready || i.State == intake.Asking) && i.FileGone:
		return []ui.NoticeProps{{Tone: ui.ToneInfo, Icon: "clock", Title: p.T("import.expired"), Body: p.T("import.expired_way")}}
	case i.Declined != "":
		return []ui.NoticeProps{{Tone: ui.ToneWarn, Icon: "shield", Title: p.T("import.declined"), Body: i.Declined}}
	case w.before() && !i.Here:
		return []ui.NoticeProps{{Tone: ui.ToneWarn, Icon: "wifi", Title: p.T("import.elsewhere_title"), Body: p.T("import.elsewhere")}}
	case i.Already:
		return []ui.NoticeProps{{Tone: ui.ToneInfo, Icon: "check", Title: p.T("import.already"), Body: p.T("import.already_body")}}
	}
	return nil
}

// busy is the job while there is one.
func (w importWords) busy() *importview.Busy {
	p, i := w.p, w.i
	b := importview.Busy{Again: importHref(i.ID), Poll: importHref(i.ID) + "/progress"}
	switch {
	case i.State == intake.Ready && !i.Checked && !i.FileGone:
		b.Title, b.Says = p.T("import.checking"), p.T("import.checking_says")
	case i.State == intake.Waiting:
		b.Title, b.Says = p.T("import.waiting"), p.T("import.waiting_says")
	case i.State == intake.Running:
		b.Title, b.Says = p.T("import.running_title"), p.T("import.progress", map[string]any{"Done": p.Number(i.Rows), "Total": p.Number(i.Total)})
		if i.StopAsked {
			b.Says = p.T("import.stopping_says")
		}
		if i.Total > 0 {
			b.Value, b.Most = strconv.FormatInt(i.Rows, 10), strconv.FormatInt(i.Total, 10)
			b.Percent = p.Percent(float64(i.Rows) / float64(i.Total))
		}
		b.Counts = w.counts()
	case i.State == intake.Undoing:
		b.Title, b.Says = p.T("import.undoing"), p.T("import.undoing_says")
	default:
		return nil
	}
	return &b
}

func (w importWords) counts() []importview.Count {
	return countVMs(w.p, w.i.Created, w.i.Joined, w.i.Refused, w.i.Skipped, w.i.Warned)
}

func countVMs(p *text.Printer, created, joined, refused, skipped, warned int64) []importview.Count {
	out := []importview.Count{
		{Number: p.Number(created), Label: p.T("import.count.created")}, {Number: p.Number(joined), Label: p.T("import.count.joined")},
		{Number: p.Number(refused), Label: p.T("import.count.refused")}, {Number: p.Number(warned), Label: p.T("import.count.warned")}, {Number: p.Number(skipped), Label: p.T("import.count.skipped")},
	}
	if refused > 0 {
		out[2].Tone = ui.ToneBad
	}
	if warned > 0 {
		out[3].Tone = ui.ToneWarn
	}
	return out
}

// result is what a job did, once it ended.
func (w importWords) result() *importview.Result {
	p, i := w.p, w.i
	if i.ImportID == 0 || i.State == intake.Running || i.State == intake.Waiting || i.Already {
		return nil
	}
	out := importview.Result{Counts: w.counts(), Groups: groupVMs(p, i.Report.Groups), More: w.more()}
	if i.State == intake.Undone {
		back := i.TakenBack
		out.Counts = []importview.Count{{Number: p.Number(back.Customers), Label: p.T("import.count.gone")}, {Number: p.Number(back.Restored), Label: p.T("import.count.restored")},
			{Number: p.Number(back.Facts), Label: p.T("import.count.facts")}, {Number: p.Number(back.Stays), Label: p.T("import.count.stays")}}
	}
	switch {
	case i.Refused+i.Warned == 0:
	case i.Mine(w.in.Actor):
		out.BadRows, out.BadSays = importHref(i.ID)+"/bad-rows.csv", p.T("import.bad_rows_why")
	case i.OSUser != "":
		out.BadSays = p.T("import.bad_rows_command")
	case i.StartedBy != 0:
		out.BadSays = p.T("import.bad_rows_theirs", map[string]any{"Who": i.StartedName})
	}
	return &out
}

func (w importWords) more() string {
	if !w.i.Report.More {
		return ""
	}
	return w.p.T("import.more_problems", map[string]any{"Max": imports.MostProblems})
}

func groupVMs(p *text.Printer, all []intake.Group) []importview.Group {
	var out []importview.Group
	for _, g := range all {
		lines := make([]string, len(g.Lines))
		for i, n := range g.Lines {
			lines[i] = strconv.Itoa(n)
		}
		vm := importview.Group{Reason: p.T("import.reason." + string(g.Reason)), Column: g.Column, Tone: ui.ToneWarn, Word: p.T("import.taken"), Count: strconv.Itoa(g.Count), Lines: listed(p, lines)}
		if g.Refused {
			vm.Tone, vm.Word = ui.ToneBad, p.T("import.refused")
		}
		if g.Count > len(g.Lines) {
			vm.Lines += p.T("import.and_more")
		}
		out = append(out, vm)
	}
	return out
}

// sheets are those of a workbook to choose from.
func (w importWords) sheets(set intake.Settings) []ui.Option {
	var out []ui.Option
	if w.i.Report.Sheet == "" {
		return nil
	}
	for _, name := range append([]string{w.i.Report.Sheet}, w.i.Report.Sheets...) {
		out = append(out, ui.Option{Value: name, Label: name, Selected: name == set.Sheet || set.Sheet == "" && name == w.i.Report.Sheet})
	}
	return out
}

// obstacles are what stands in the way of taking an import back.
func (w importWords) obstacles() ([]importview.Obstacle, string) {
	var out []importview.Obstacle
	for _, o := range w.seen.obstacles {
		vm := importview.Obstacle{Text: w.p.T("import.obstacle." + o.Reason), Whose: o.PublicID}
		if o.Count > 1 {
			vm.Text = w.p.T("import.obstacle_count", map[string]any{"What": vm.Text, "Count": o.Count})
		}
		if strings.HasPrefix(o.PublicID, "K-") {
			vm.Href = "/customers/" + o.PublicID
		}
		out = append(out, vm)
	}
	more := ""
	if len(out) >= imports.MostObstacles {
		more = w.p.T("import.obstacles_more", map[string]any{"Max": imports.MostObstacles})
	}
	return out, more
}
