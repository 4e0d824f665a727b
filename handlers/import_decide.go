package handlers

import (
	"strconv"

	"shuke/models/intake"
	"shuke/policies"
	"shuke/views/importview"
)

// decide is what this person can do with an import now, and why not more.
func (w importWords) decide() importview.Decide {
	p, i := w.p, w.i
	href := importHref(i.ID)
	d := importview.Decide{Version: strconv.FormatInt(i.Version, 10), Reason: w.seen.reason, Wrong: w.seen.wrong.fields}
	rows := map[string]any{"Rows": p.Number(i.Total), "Max": p.Number(intake.AloneRows)}
	if i.MayUndo() {
		d.Undo = href + "/undo"
		d.Obstacles, d.ObstaclesMore = w.obstacles()
	}
	switch i.State {
	case intake.Ready:
		w.decideReady(&d, href, rows)
	case intake.Asking:
		w.decideAsking(&d, href, rows)
	case intake.Waiting, intake.Running:
		d.Title, d.Says = p.T("import.job"), p.T("import.job_says")
		if !i.StopAsked {
			d.Cancel, d.CancelText, d.CancelSays = href+"/cancel", p.T("import.cancel"), p.T("import.cancel_says")
		}
	case intake.Failed, intake.Cancelled:
		if w.gone() {
			d.Title, d.Says, d.Again = p.T("import.go_on_title"), p.T("import.send_again_says"), importsHref+"/new"
		} else {
			d.Title, d.Says = p.T("import.go_on_title"), p.T("import.go_on_says")
			d.Start, d.StartText = href+"/start", p.T("import.go_on")
		}
	}
	return d
}

func (w importWords) decideReady(d *importview.Decide, href string, rows map[string]any) {
	p, i := w.p, w.i
	switch {
	case i.FileGone:
		d.Title, d.Says, d.Again = p.T("import.go_on_title"), p.T("import.send_again_says"), importsHref+"/new"
	case !i.Checked:
		d.Title, d.Says = p.T("import.decide"), p.T("import.decide_checking")
	case i.Failure.Key != "":
		d.Title, d.Says = p.T("import.decide"), p.T("import.decide_unfit")
	case i.NeedsSecond():
		d.Title, d.Says, d.Ask = p.T("import.decide"), p.T("import.decide_second", rows), href+"/ask"
	default:
		d.Title, d.Says = p.T("import.decide"), p.T("import.decide_says", rows)
		d.Start, d.StartText = href+"/start", p.T("import.start", rows)
	}
}

func (w importWords) decideAsking(d *importview.Decide, href string, rows map[string]any) {
	p, i := w.p, w.i
	d.Title, d.Says = p.T("import.second"), p.T("import.second_says", rows)
	d.First = &importview.Sign{Label: p.T("import.first_person"), Name: i.AskedName, When: p.Relative(i.AskedAt, w.in.Actor.Now), Signed: true}
	d.Second = &importview.Sign{Label: p.T("import.second_person"), Name: p.T("import.second_open"), When: p.T("import.second_who")}
	if i.MayApprove(w.in.Actor) && w.in.can(policies.ImportApprove) {
		d.Approve, d.Decline = href+"/approve", href+"/decline"
		return
	}
	d.Cancel, d.CancelText = href+"/cancel", p.T("import.withdraw")
}
