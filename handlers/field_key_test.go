package handlers

import (
	"strings"
	"testing"

	"shuke/models/modelstest"
)

// Whoever maps a column at the command line, or writes a program, types the key.
func TestTheFieldPageShowsTheKeyForImportsAndPrograms(t *testing.T) {
	t.Parallel()
	h := newWebHouse(t)
	key := h.AddOwn(modelstest.OwnDraft("球会", "Golf club"))
	session := h.session("custodian")
	for language, label := range map[string]string{"zh-CN": "代号（导入和程序里用）", "en": "Key for imports and programs"} {
		for _, of := range []string{key, "member_no"} {
			d := h.do(ask{path: "/fields/" + of, session: session, header: []string{"Accept-Language", language}}).doc(t)
			if got := d.Find("dt:contains('" + label + "') + dd code").Text(); strings.TrimSpace(got) != of {
				t.Errorf("%s, %s: %q", of, language, got)
			}
		}
	}
	if !strings.HasPrefix(key, "own_") {
		t.Error(key)
	}
}
