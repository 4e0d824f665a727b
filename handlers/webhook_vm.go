package handlers

import (
	"slices"
	"strconv"
	"time"

	"shuke/models/webhook"
	"shuke/views/text"
	"shuke/views/ui"
	"shuke/views/webhookview"
)

const webhooksHref = "/webhooks"

func webhookHref(id string) string { return webhooksHref + "/" + id }

// webhookState is how an endpoint does, in a word or two.
func webhookState(p *text.Printer, e webhook.Endpoint) webhookview.State {
	switch {
	case !e.On && e.Off != "":
		return webhookview.State{Tone: ui.ToneBad, Icon: "ban", Text: p.T("webhook.state_off")}
	case !e.On:
		return webhookview.State{Icon: "x", Text: p.T("webhook.state_off")}
	case e.Failures > 0:
		return webhookview.State{Tone: ui.ToneWarn, Icon: "alert", Text: p.T("webhook.state_failing")}
	}
	return webhookview.State{Tone: ui.ToneOK, Icon: "check", Text: p.T("webhook.state_on")}
}

// webhookNotices say why nothing is sent to an endpoint just now.
func webhookNotices(p *text.Printer, e webhook.Endpoint, now time.Time) []ui.NoticeProps {
	switch {
	case !e.On && e.Off == webhook.Failing:
		return []ui.NoticeProps{{Tone: ui.ToneBad, Icon: "ban", Title: p.T("webhook.off_failing"), Body: p.T("webhook.off_failing_way")}}
	case e.On && e.PausedUntil.After(now):
		return []ui.NoticeProps{{Tone: ui.ToneWarn, Icon: "clock", Title: p.T("webhook.resting", map[string]any{"Time": p.Time(e.PausedUntil)})}}
	}
	return nil
}

func kindWords(p *text.Printer, kinds []string) []string {
	var out []string
	for _, k := range kinds {
		out = append(out, p.T("webhook.kind."+k))
	}
	return out
}

func kindOptions(p *text.Printer, chosen []string) []ui.Option {
	var out []ui.Option
	for _, k := range webhook.Kinds {
		out = append(out, ui.Option{Value: k, Label: p.T("webhook.kind." + k), Selected: slices.Contains(chosen, k)})
	}
	return out
}

// hostNames lists the hosts of the settings as addresses begin with them.
func hostNames(p *text.Printer, hosts webhook.Hosts) string {
	var out []string
	for _, h := range hosts {
		out = append(out, h.Origin())
	}
	return listed(p, out)
}

func webhookDraft(f form) webhook.Draft {
	return webhook.Draft{Address: f.trimmed("address"), Kinds: f.all("kinds"), On: f.text("on") == "yes", Version: f.int("version"), Once: f.text("once")}
}

// webhookForm fills the form with what was typed, or with what stands.
func (a *App) webhookForm(p *text.Printer, d webhook.Draft, wrong problems) webhookview.Form {
	hint := p.T("webhook.no_hosts_way")
	if hosts := hostNames(p, a.Webhooks.Hosts()); hosts != "" {
		hint = p.T("webhook.address_hint", map[string]any{"Hosts": hosts})
	}
	return webhookview.Form{
		Action: webhookHref(d.ID), Version: strconv.FormatInt(d.Version, 10), Once: d.Once, Address: d.Address,
		AddressHint: hint, Kinds: kindOptions(p, d.Kinds), On: d.On,
		Wrong: wrong.fields, Problems: wrong.list,
	}
}

// reasonWords say why a try failed.
func reasonWords(p *text.Printer, r webhook.Reason, status int) string {
	if r == "" {
		return ""
	}
	return p.T("webhook.reason."+string(r), map[string]any{"Status": status})
}

var outcomeLooks = map[webhook.Outcome]webhookview.State{
	webhook.Waiting: {Tone: ui.ToneInfo, Icon: "clock", Text: "waiting"}, webhook.Delivered: {Tone: ui.ToneOK, Icon: "check", Text: "delivered"},
	webhook.Covered: {Icon: "down", Text: "covered"}, webhook.GivenUp: {Tone: ui.ToneBad, Icon: "x", Text: "given_up"},
}

func deliveryVMs(p *text.Printer, all []webhook.Delivery, now time.Time) []webhookview.Delivery {
	var out []webhookview.Delivery
	for _, d := range all {
		look := outcomeLooks[d.Outcome]
		look.Text = p.T("webhook.outcome." + look.Text)
		row := webhookview.Delivery{Time: p.Relative(d.At, now), Kind: p.T("webhook.kind." + d.Kind), Customer: d.Customer, Tries: strconv.Itoa(d.Tries), State: look, Why: reasonWords(p, d.Reason, d.Status)}
		if d.Outcome == webhook.Waiting && d.Tries > 0 {
			row.Next = p.T("webhook.retry", map[string]any{"Time": p.Relative(d.DueAt, now)})
		}
		out = append(out, row)
	}
	return out
}
