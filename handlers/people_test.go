package handlers

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"shuke/handlers/api"
	"shuke/models/relation"
	"shuke/policies"
)

// circle is a House with a guest and the people around.
type circle struct {
	*webHouse
	wang, li string
}

func newCircle(t *testing.T) circle {
	t.Helper()
	h := newWebHouse(t)
	return circle{h, h.AddGuest("王小明", "phone", "13812345678", "address_as", "王总", "child_name", "王知微", "child_birth", "2021-05-06", "spouse_name", "李梅", "companion", "小张"),
		h.AddGuest("李梅", "phone", "13912349999", "address_as", "李老师", "email", "limei@example.org", "taboo", "不提前任", "allergy_instruction", "花生过敏", "birth", "1985-11-25", "city", "苏州", "employer", "光华医院",
			"document_kind", "passport", "document_no", "E77554433", "hobby", "围棋")}
}

func (c circle) link(d relation.Draft) string {
	c.T.Helper()
	if d.PublicID == "" {
		d.PublicID = c.wang
	}
	d.Channel = "service"
	ref, err := c.Relations.Add(context.Background(), c.Actor(policies.Manager), c.Catalogue(), d)
	if err != nil {
		c.T.Fatal(err)
	}
	return ref
}

// post sends a form of the page by the person of that session.
func (c circle) post(session, path string, pairs ...string) got {
	c.T.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return c.do(ask{method: "POST", path: path, session: session, form: form})
}

func peopleOf(d *goquery.Document) []string {
	var out []string
	d.Find(".people > li").Each(func(_ int, s *goquery.Selection) {
		out = append(out, strings.Join(strings.Fields(s.Find(".people__kind").Text()+" "+s.Find(".people__name").Text()), " "))
	})
	return out
}

func TestTheCardShowsLinksAndThoseOfWhomFactsTellOnce(t *testing.T) {
	c := newCircle(t)
	c.link(relation.Draft{With: c.li, Kind: relation.Spouse, Who: "spouse.0", Note: "一起来时先问她"})
	d := c.page(c.session("manager"), "/customers/"+c.wang).doc(t)
	got := strings.Join(peopleOf(d), "\n")
	for _, want := range []string{"配偶 李梅称“李老师”", "子女 ••••••", "常同行 小张"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not among\n%s", want, got)
		}
	}
	if strings.Count(got, "李梅") != 1 || len(peopleOf(d)) != 3 {
		t.Errorf("somebody stands twice:\n%s", got)
	}
	if href, _ := d.Find(".people a.name").Attr("href"); href != "/customers/"+c.li {
		t.Errorf("her card is at %q", href)
	}
	if d.Find(".people a[href$='/relations/new?who=child.0'], .people a[href$='/relations/new?who=companion.0']").Length() != 2 {
		t.Error("no way to link or add those told of")
	}
	if text := d.Find("#people").Parent().Parent().Text(); strings.Contains(text, "王知微") || !strings.Contains(text, "一起来时先问她") {
		t.Error(text)
	}
	clerk := strings.Join(peopleOf(c.page(c.session("front_desk"), "/customers/"+c.wang).doc(t)), "\n")
	if strings.Count(clerk, "••••••") != 1 || !strings.Contains(clerk, "李梅") {
		t.Errorf("the front desk sees\n%s", clerk)
	}
}

// From A's card one sees of B the name, the form of address and the way to B's
// card, on every page and in every call, and nothing else.
func TestNothingSensitiveCrossesALink(t *testing.T) {
	c := newCircle(t)
	c.link(relation.Draft{With: c.li, Kind: relation.Spouse, Household: true})
	ended := c.link(relation.Draft{With: c.li, Kind: relation.Friend})
	manager := c.session("manager")
	c.post(manager, relationHref(c.wang, ended, "end"), "why", "mistake")
	token := c.token("manager")
	for _, path := range []string{"/customers/" + c.wang, relationsHref(c.wang), relationsHref(c.wang) + "/ended", newRelationHref(c.wang, "", c.li), "/customers/" + c.wang + "/household",
		"/customers/" + c.wang + "/people/companion.0/customer", "/api/v1/customers/" + c.wang, "/api/v1/customers/" + c.wang + "/relations"} {
		a := ask{path: path, session: manager}
		if strings.HasPrefix(path, "/api/") {
			a = ask{path: path, token: token}
		}
		g := c.do(a)
		if g.Code != 200 {
			t.Errorf("%s: %d", path, g.Code)
		}
		if !strings.HasSuffix(path, "companion.0/customer") && !strings.Contains(g.body, "李梅") {
			t.Errorf("%s does not name her", path)
		}
		for _, fact := range []string{"9999", "139****", "limei", "不提前任", "花生", "1985", "苏州", "光华", "E7755", "围棋"} {
			if strings.Contains(g.body, fact) {
				t.Errorf("%s tells of her: %s", path, fact)
			}
		}
	}
}

func TestAHiddenLinkIsOnNoPageAndInNoCall(t *testing.T) {
	c := newCircle(t)
	ref := c.link(relation.Draft{With: c.li, Kind: relation.Friend, Household: true})
	manager := c.session("manager")
	if g := c.post(manager, relationHref(c.wang, ref, "hide"), "where", "there", "reason", "asked"); g.Code != 303 {
		t.Fatalf("%d %s", g.Code, g.body)
	}
	token := c.token("manager")
	for _, path := range []string{"/customers/" + c.li, relationsHref(c.li), relationsHref(c.li) + "/ended", "/customers/" + c.li + "/household", "/api/v1/customers/" + c.li, "/api/v1/customers/" + c.li + "/relations"} {
		g := c.do(ask{path: path, session: manager})
		if strings.HasPrefix(path, "/api/") {
			g = c.do(ask{path: path, token: token})
		}
		if g.Code != 200 || strings.Contains(g.body, "王小明") || strings.Contains(g.body, c.wang) || strings.Contains(g.body, ref) {
			t.Errorf("%s: %d names him", path, g.Code)
		}
	}
	if text := c.page(manager, "/customers/"+c.wang).doc(t).Find(".people").Text(); !strings.Contains(text, "对方卡上不提") {
		t.Errorf("his card does not say so: %s", text)
	}
	custodian := c.page(c.session("custodian"), relationsHref(c.li)).doc(t)
	if custodian.Find("form[action$='/lift']").Length() != 1 {
		t.Error("the custodian cannot lift it")
	}
	if strings.Contains(c.page(c.session("custodian"), "/customers/"+c.li).body, "王小明") {
		t.Error("on the card it shows to the custodian")
	}
}

func TestSomebodyIsAddedByTheFormAndWhatIsWrongStandsAtItsBox(t *testing.T) {
	c := newCircle(t)
	clerk := c.session("front_desk")
	path := newRelationHref(c.wang, "", "")
	g := c.post(clerk, path, "once", "k1", "kind", "travels_with", "name", "小周", "note", "身份证 510104197403121230", "channel", "service")
	d := g.doc(t)
	if g.Code != 422 || d.Find("#f-note[aria-invalid]").Length() != 1 || d.Find(".problems a[href='#f-note']").Length() != 1 {
		t.Fatalf("%d %s", g.Code, d.Find(".problems").Text())
	}
	if v, _ := d.Find("#f-name").Attr("value"); v != "小周" {
		t.Errorf("the name came back as %q", v)
	}
	if v, _ := d.Find("input[name=once]").Attr("value"); v != "k1" {
		t.Errorf("the form has another key: %q", v)
	}
	if d.Find("#f-kind option[selected][value=travels_with]").Length() != 1 {
		t.Error("the kind is lost")
	}
	for range 2 {
		if g = c.post(clerk, path, "once", "k1", "kind", "travels_with", "name", "小周", "note", "常坐靠窗", "channel", "service"); g.Code != 303 || g.Header().Get("Location") != "/customers/"+c.wang+"#people" {
			t.Fatalf("%d %s", g.Code, g.body)
		}
	}
	if n := c.Count("SELECT COUNT(*) FROM relations"); n != 1 {
		t.Errorf("%d rows", n)
	}
	for name, pairs := range map[string][]string{
		"oneself":        {"with", c.wang, "kind", "friend"},
		"nobody":         {"with", "K-0000000000", "kind", "friend"},
		"linked already": {"with", c.wang, "kind", "spouse"},
	} {
		g := c.post(clerk, path, append(pairs, "once", "k-"+name, "channel", "service")...)
		if g.Code != 422 || g.doc(t).Find(".problems li").Length() != 1 {
			t.Errorf("%s: %d %s", name, g.Code, g.doc(t).Find(".problems").Text())
		}
	}
}

func TestALookUpOfTheFormLeadsBackToIt(t *testing.T) {
	c := newCircle(t)
	clerk := c.session("front_desk")
	find := relationsHref(c.wang) + "/find?who=spouse.0"
	for _, fragment := range []string{"true", "false"} {
		g := c.do(ask{method: "POST", path: find, session: clerk, form: url.Values{"q": {"limei"}}, header: []string{"HX-Request", fragment}})
		if g.Code != 200 {
			t.Fatalf("%d %s", g.Code, g.body)
		}
		if href, _ := g.doc(t).Find("a.hit").Attr("href"); href != relationsHref(c.wang)+"/new?who=spouse.0&with="+c.li {
			t.Errorf("a hit leads to %q", href)
		}
	}
	own := c.do(ask{method: "POST", path: find, session: clerk, form: url.Values{"q": {"wangxiaoming"}}, header: []string{"HX-Request", "true"}})
	if own.doc(t).Find("a.hit").Length() != 0 {
		t.Error("one can be linked with oneself")
	}
	for _, bad := range []string{"/customers/nobody/relations/find", relationsHref(c.wang) + "/find?who=//elsewhere.example"} {
		if g := c.do(ask{method: "POST", path: bad, session: clerk, form: url.Values{"q": {"limei"}}}); g.Code != 404 {
			t.Errorf("%s: %d", bad, g.Code)
		}
	}
	d := c.page(clerk, newRelationHref(c.wang, "spouse.0", c.li)).doc(t)
	if d.Find("#f-kind option[selected]").AttrOr("value", "") != "spouse" || d.Find("input[name=who]").AttrOr("value", "") != "spouse.0" {
		t.Error("what the facts say of the kind is lost")
	}
	g := c.post(clerk, newRelationHref(c.wang, "", ""), "once", "k", "with", c.li, "who", "spouse.0", "kind", "spouse", "household", "yes", "channel", "service")
	if g.Code != 303 {
		t.Fatalf("%d %s", g.Code, g.body)
	}
	if got := peopleOf(c.page(clerk, "/customers/"+c.wang+"/household").doc(t)); !slices.Equal(got, []string{"本人 王小明称“王总”", "配偶 李梅称“李老师”"}) {
		t.Errorf("%v", got)
	}
}

func TestAFormWithoutAChoiceComesBackOpenAtItsLine(t *testing.T) {
	c := newCircle(t)
	ref := c.link(relation.Draft{With: c.li, Kind: relation.Friend, Household: true})
	clerk := c.session("front_desk")
	for act, box := range map[string]string{"end": "end-" + ref, "hide": "hide-" + ref + "-reason"} {
		g := c.post(clerk, relationHref(c.wang, ref, act), "where", "here")
		d := g.doc(t)
		if g.Code != 422 || d.Find("details[open] form[action$='/"+act+"']").Length() != 1 || d.Find(".problems a[href='#"+box+"']").Length() != 1 || d.Find("[id='"+box+"']").Length() != 1 {
			t.Errorf("%s: %d %s", act, g.Code, d.Find(".problems").Text())
		}
		if act == "hide" && d.Find("input[name=where][value=here][checked]").Length() != 1 {
			t.Error("what was chosen is lost")
		}
	}
	g := c.post(clerk, "/customers/"+c.wang+"/household/leave", "member", c.li, "version", "1")
	if g.Code != 422 || g.doc(t).Find("details[open] input[name=member][value='"+c.li+"']").Length() != 1 {
		t.Errorf("leave: %d", g.Code)
	}
	if g := c.post(clerk, "/customers/"+c.wang+"/household/leave", "member", c.li, "version", "7", "why", "over"); g.Code != 409 {
		t.Errorf("a stale form: %d", g.Code)
	}
	if g := c.post(clerk, relationHref(c.wang, ref, "end"), "why", "over"); g.Code != 303 {
		t.Errorf("end: %d", g.Code)
	}
	if g := c.post(clerk, relationHref(c.wang, ref, "end"), "why", "over"); g.Code != 409 {
		t.Errorf("ended already: %d", g.Code)
	}
	past := c.page(clerk, relationsHref(c.wang)+"/ended").doc(t)
	if got := peopleOf(past); !slices.Equal(got, []string{"朋友 李梅称“李老师”"}) || !strings.Contains(past.Find(".people__acts").Text(), "不再是了") || !strings.Contains(past.Find(".people__acts").Text(), "员工 front_desk") {
		t.Errorf("%v %s", got, past.Find(".people__acts").Text())
	}
}

func TestACardIsMadeOfSomebodyKnownWithConsentForAChild(t *testing.T) {
	c := newCircle(t)
	manager := c.session("manager")
	form := "/customers/" + c.wang + "/people/child.0/customer"
	d := c.page(manager, form).doc(t)
	if d.Find("[name='name.0']").AttrOr("value", "") != "" || d.Find(".mask").Length() != 1 {
		t.Error("a sealed name is filled in")
	}
	if v := c.page(manager, "/customers/"+c.wang+"/people/companion.0/customer").doc(t).Find("[name='name.0']").AttrOr("value", ""); v != "小张" {
		t.Errorf("what may be seen is not filled in: %q", v)
	}
	g := c.post(manager, form, "once", "k", "relation", "child", "name.0", "王知微")
	if g.Code != 422 || g.doc(t).Find("#f-consent[aria-invalid]").Length() != 1 || g.doc(t).Find("[name='name.0']").AttrOr("value", "") != "王知微" {
		t.Fatalf("%d %s", g.Code, g.doc(t).Find(".problems").Text())
	}
	g = c.post(manager, form, "once", "k", "relation", "child", "name.0", "王知微", "consent", "yes", "document_no.0", "E11223344")
	if g.Code != 303 {
		t.Fatalf("%d %s", g.Code, g.body)
	}
	id := strings.TrimPrefix(g.Header().Get("Location"), "/customers/")
	if got := peopleOf(c.page(manager, "/customers/"+id).doc(t)); len(got) != 1 || !strings.HasPrefix(got[0], "父母 王小明") {
		t.Errorf("%v", got)
	}
	if _, known := c.Fact(id, "document_no.0"); known {
		t.Error("the form took what it did not ask for")
	}
	if f, _ := c.Fact(id, "name.0"); f.Channel != relation.ByOthers {
		t.Errorf("it came by %s", f.Channel)
	}
}

// The hint stands in the head for those who may see children's births, and tells
// no birthday.
func TestAStageOfLifeIsAHintForThoseWhoMaySeeTheField(t *testing.T) {
	c := newCircle(t)
	for range 2 { // the first time looks through those known before
		if _, err := c.Relations.Due(context.Background(), c.Relations.Today()); err != nil {
			t.Fatal(err)
		}
		c.Run("UPDATE stages SET due_on = '2026-10-01' WHERE stage = 'school' AND raised_at = 0")
	}
	for role, sees := range map[string]bool{"manager": true, "service": true, "owner": true, "front_desk": false, "sales": false} {
		head := c.page(c.session(role), "/customers/"+c.wang).doc(t).Find(".glance").Text()
		if strings.Contains(head, "孩子到了上学的年纪") != sees || strings.Contains(head, "2021") || strings.Contains(head, "05-06") || strings.Contains(head, "10-01") {
			t.Errorf("%s: %s", role, head)
		}
	}
	c.SwitchField("child_birth", false)
	if head := c.page(c.session("manager"), "/customers/"+c.wang).doc(t).Find(".glance").Text(); strings.Contains(head, "孩子") {
		t.Error("switched off it shows")
	}
}

func TestANameIsRevealedForAReason(t *testing.T) {
	c := newCircle(t)
	ref := c.link(relation.Draft{Name: "王又微", Kind: relation.Grandchild})
	reveal := relationHref(c.wang, ref, "reveal")
	manager := c.session("manager")
	if d := c.page(manager, "/customers/"+c.wang).doc(t); d.Find("a[href='"+reveal+"']").Length() != 1 || strings.Contains(d.Text(), "王又微") {
		t.Error("no way to look, or no mask")
	}
	if g := c.post(manager, reveal); g.Code != 422 || strings.Contains(g.body, "王又微") {
		t.Errorf("without a reason: %d", g.Code)
	}
	if g := c.post(manager, reveal, "reason", "check_in"); g.Code != 200 || !strings.Contains(g.body, "王又微") || g.Header().Get("Refresh") == "" {
		t.Errorf("%d", g.Code)
	}
	if g := c.post(c.session("front_desk"), reveal, "reason", "check_in"); g.Code != 403 || strings.Contains(g.body, "王又微") {
		t.Errorf("the front desk: %d", g.Code)
	}
}

func TestLogsAndAddressesHoldNobodyAround(t *testing.T) {
	c := newCircle(t)
	manager := c.session("manager")
	c.post(manager, newRelationHref(c.wang, "", ""), "once", "k", "kind", "child", "name", "欧阳娜娜", "born", "2019-05-06", "note", "爱吃青团", "channel", "service")
	c.post(manager, newRelationHref(c.wang, "", ""), "once", "k2", "kind", "friend", "name", "欧阳娜娜", "note", "13877776666", "channel", "service")
	c.post(manager, relationsHref(c.wang)+"/find", "q", "欧阳娜娜")
	for _, word := range []string{"欧阳", "2019-05-06", "青团", "13877776666"} {
		if strings.Contains(c.logs.String(), word) {
			t.Errorf("%s is in the log", word)
		}
	}
	for _, e := range c.Events() {
		for _, d := range e.Details {
			if strings.Contains(d.Value, "欧阳") || strings.Contains(d.Value, "青团") {
				t.Errorf("%s tells %s", e.Action, d.Value)
			}
		}
	}
}

func TestRelationsByTheAPI(t *testing.T) {
	h := newCallHouse(t)
	wang, li := h.AddGuest("王小明"), h.AddGuest("李梅", "address_as", "李老师")
	path := createPath + "/" + wang + "/relations"
	type ref struct{ Ref string }
	first := as[ref](t, h.post(path, `{"relation":"spouse","customer":"`+li+`","channel":"service","household":true}`, "Idempotency-Key", "k"), 201)
	again := as[ref](t, h.post(path, `{"relation":"spouse","customer":"`+li+`","channel":"service","household":true}`, "Idempotency-Key", "k"), 201)
	if first.Ref == "" || again != first {
		t.Errorf("%v, then %v", first, again)
	}
	child := h.send("POST", path, h.tokens[policies.Manager], `{"relation":"child","name":"王知微","born":"2021","channel":"service"}`)
	as[ref](t, child, 201)
	got := as[api.Relations](t, h.get(path, policies.Manager), 200)
	if len(got.People) != 2 || got.People[0].Customer == nil || got.People[0].Customer.ID != li || got.People[0].Customer.AddressAs != "李老师" || !got.People[1].Masked || got.People[1].Name != "" || got.People[1].Customer != nil {
		t.Errorf("%+v", got.People)
	}
	for body, at := range map[string]string{
		`{"relation":"friend","customer":"` + wang + `","channel":"service"}`:                 "body.customer",
		`{"relation":"employer","customer":"` + li + `","channel":"service"}`:                 "body.relation",
		`{"relation":"travels_with","name":"小张","note":"138 1234 5678","channel":"service"}`:  "body.note",
		`{"relation":"travels_with","name":"小张","channel":"service","household":true}`:        "body.household",
		`{"relation":"boss","customer":"` + li + `","channel":"service"}`:                     "body.relation",
		`{"relation":"travels_with","name":"小张","customer":"` + li + `","channel":"service"}`: "body.name",
	} {
		if p := problem(t, h.post(path, body), 422); len(p.Errors) != 1 || p.Errors[0].Location != at {
			t.Errorf("%s: %+v", body, p.Errors)
		}
	}
	problem(t, h.post(createPath+"/K-0000000000/relations", `{"relation":"friend","name":"小张","channel":"service"}`), 404)
	card := as[api.Card](t, h.get(createPath+"/"+wang, policies.FrontDesk), 200)
	if len(card.People.People) != 2 || card.People.People[1].Name != "" {
		t.Errorf("%+v", card.People)
	}
}

// Whoever may write down nobody by name still links customers, as what they are.
func TestAKindOfWhichNoNameIsKeptIsLinkedAllTheSame(t *testing.T) {
	c := newCircle(t)
	clerk := c.session("front_desk")
	kinds := func(path string) []string {
		return c.page(clerk, path).doc(t).Find("#f-kind option").Map(func(_ int, s *goquery.Selection) string { return s.AttrOr("value", "") })
	}
	d := c.page(clerk, newRelationHref(c.wang, "", "")).doc(t)
	if slices.Contains(kinds(newRelationHref(c.wang, "", "")), "friend") || d.Find("#f-born, #f-minor").Length() != 0 || !strings.Contains(d.Find("#f-kind-hint").Text(), "朋友") {
		t.Errorf("the clerk is offered what they may not enter: %s", d.Find("#relation").Parent().Parent().Text())
	}
	for _, key := range []string{"companion", "employer"} {
		c.SwitchField(key, false)
	}
	d = c.page(clerk, newRelationHref(c.wang, "", "")).doc(t)
	if d.Find("#f-name").Length() != 0 || d.Find("form[action$='/find'], [data-lookup]").Length() == 0 {
		t.Error("a form of which nothing can be sent, or no look-up")
	}
	if got := kinds(newRelationHref(c.wang, "", c.li)); !slices.Contains(got, "friend") || !slices.Contains(got, "child") || !slices.Contains(got, "colleague") {
		t.Errorf("%v", got)
	}
	if g := c.post(clerk, newRelationHref(c.wang, "", ""), "once", "k", "with", c.li, "kind", "friend", "channel", "service"); g.Code != 303 {
		t.Errorf("%d %s", g.Code, g.body)
	}
}
