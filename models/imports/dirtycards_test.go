package imports

import (
	"encoding/base64"
	"strings"

	"golang.org/x/text/encoding/japanese"
)

// card makes a card with CRLF of lines.
func card(version string, lines ...string) string {
	return "BEGIN:VCARD\r\nVERSION:" + version + "\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VCARD\r\n"
}

// dirtyCards are files of cards.
func dirtyCards() []dirty {
	photo := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("\xFF\xD8photo", 40)))
	sjis, err := japanese.ShiftJIS.NewEncoder().String("山田;太郎")
	if err != nil {
		panic(err)
	}
	return []dirty{
		{what: "cards of a telephone's address book, folded within characters, with groups and a photograph", file: "contacts.vcf",
			data: []byte(card("3.0", "PRODID:-//Apple Inc.//iPhone OS 17//EN", "N:牛;一;;;", "FN:牛一", "item1.TEL;type=pref:+86 138 1046 0011", "item1.X-ABLabel:_$!<Mobile>!$_", "TEL;type=WORK;type=VOICE:021-6234-0011", "TEL;type=FAX:021-62340012",
				"EMAIL;type=INTERNET;type=HOME:n1@example.com", "BDAY;value=date:1990-03-05", "NOTE:喜欢高\xE6\xA5", " \xBC层\\, 靠窗\\n不抽烟", "ADR;type=HOME;type=pref:;;南京东路1号;上海;上海市;200001;中国", "ADR;type=WORK:;;陆家嘴环路8号;上海;;200120;",
				"ORG:锦江物流;市场部;", "TITLE:经理", "X-WECHAT:niuyi", "PHOTO;ENCODING=b;TYPE=JPEG:"+photo[:60], " "+photo[60:120], " "+photo[120:]) +
				card("3.0", "N:牛;二;;先生;", "FN:牛二", "BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-05", "TEL:13810460021", "X-GENDER:男") +
				card("3.0", "N:;;;;", "FN:锦江物流", "X-ABShowAs:COMPANY", "TEL:021-62340030") +
				card("3.0", "N:;;;;", "FN:家人", "X-ADDRESSBOOKSERVER-KIND:group", "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:1")),
			rows: map[int]string{
				1:  "map[birth:[1990-03-05] city:[上海] email:[n1@example.com] employer:[锦江物流] fax:[+862162340012] home_address:[南京东路1号] name:[牛一] note:[喜欢高楼层, 靠窗\n不抽烟] phone:[+8613810460011 +862162340011] post:[经理] postcode:[200001] province:[上海市] wechat:[niuyi] work_address:[上海陆家嘴环路8号]]",
				23: "map[address_as:[先生] birth:[--03-05] name:[牛二] phone:[+8613810460021] sex:[male]]",
				31: "- vcard_kind",
				38: "- vcard_kind",
			}, left: []string{"ADR (country)", "ORG (unit)", "PHOTO", "X-ADDRESSBOOKSERVER-MEMBER"}},
		{what: "cards of version 4", file: "v4.vcf",
			data: []byte(card("4.0", "FN:Zoë Quill", "N:Quill;Zoë;Ann,Bea;Dr.;Jr.", "TEL;VALUE=uri;PREF=1;TYPE=\"voice,home\":tel:+1-206-555-0171;ext=12", "TEL;VALUE=uri;TYPE=\"cell\":tel:+12065550172", "EMAIL:zoe@example.com", "GENDER:F;girl", "BDAY:19900305T000000Z", "LANG:en", "ANNIVERSARY:20150606", "KIND:individual", "NOTE:a\\;b\\\\c") +
				card("4.0", "FN:Team", "KIND:group", "MEMBER:urn:uuid:2") + card("4.0", "FN:Bo Dee", "GENDER:U", "BDAY:--0305", "TEL:+12065550173") + card("4.0", "FN:Cy Eff", "BDAY;VALUE=text:circa 1800", "TEL:+12065550174") + card("4.0", "FN:Di Gee", "GENDER:O", "EMAIL:mailto:di@example.com", "EMAIL:not an address")),
			rows: map[int]string{
				1:  `map[address_as:[Dr.] birth:[1990-03-05] email:[zoe@example.com] language:[en] name:[Zoë Quill] note:[a;b\c] phone:[+12065550171;ext=12 +12065550172] sex:[female] wedding_anniversary:[2015-06-06]]`,
				15: "- vcard_kind",
				21: "map[birth:[--03-05] name:[Bo Dee] phone:[+12065550173]]",
				28: "- birth birth_invalid",
				34: "- email email_invalid",
			}, left: []string{"MEMBER", "N (suffix)"}},
		{what: "old telephones: bytes without charset, Japanese, a broken photograph, an agent", file: "old.vcf",
			data: []byte(card("2.1", string(gb("N:虎;一")), string(gb("NOTE:房间要高楼层，靠窗")), "TEL;CELL:13810470001") + card("2.1", "N;CHARSET=SHIFT_JIS:"+sjis, "TEL;VOICE:+81 3-1234-5678") +
				card("2.1", "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E8=99=8E;=E4=B8=89", "PHOTO;ENCODING=BASE64;JPEG:"+photo[:70], photo[70:140], "", "TEL;CELL:13810470003") +
				card("2.1", "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E8=99=8E;=E5=9B=9B", "AGENT:", "BEGIN:VCARD", "N:agent;of", "TEL:13810479999", "END:VCARD", "TEL;CELL:13810470004") +
				card("2.1", "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E8=99=8E;=E4=BA=94", "NOTE;ENCODING=QUOTED-PRINTABLE:=E4=B8=ZZ", "TEL:13810470005") +
				card("2.1", "N;CHARSET=KLINGON;ENCODING=QUOTED-PRINTABLE:=E8=99=8E;=E5=85=AD", "TEL:13810470006") +
				card("2.1", "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E8=99=8E;=E4=B8=83", "no property at all", "TEL;PAGER:126-12345", "TEL;CELL:13810470007", "NOTE:C:\\new\\table")),
			rows: map[int]string{
				1:  "map[name:[虎一] note:[房间要高楼层，靠窗] phone:[+8613810470001]]",
				7:  "map[name:[山田太郎] phone:[+81312345678]]",
				12: "map[name:[虎三] phone:[+8613810470003]]",
				20: "map[name:[虎四] phone:[+8613810470004]]",
				30: "- note encoding_damaged",
				36: "- name encoding_unknown",
				41: `map[name:[虎七] note:[C:\new\table] phone:[+8613810470007]] ~ vcard_line`,
			}, left: []string{"AGENT", "PHOTO", "TEL (pager)"}, never: []string{"13810479999"}},
		{what: "cards in UTF-16, called a text", file: "contacts.txt", data: utf16le(card("3.0", "N:兔;一;;;", "FN:兔一", "TEL:13810480001", "NOTE:“好”")), rows: map[int]string{
			1: "map[name:[兔一] note:[“好”] phone:[+8613810480001]]",
		}},
		{what: "packed cards, one without end among others", file: "cards.vcf.gz", data: packed("\n" + card("3.0", "FN:龙一", "TEL:13810490001") + "garbage between\nBEGIN:VCARD\nVERSION:3.0\nFN:龙二\nTEL:13810490002\n" + card("3.0", "FN:龙三", "TEL:13810490003", "TEL:13810490003", "BDAY:1990-13-01") + "begin:vcard\nversion:3.0\nfn:龙四\ntel;type=cell:13810490004\nend:vcard\n" + card("3.0", "TEL:13810490005") + card("3.0", "FN:龙一", "TEL:13810490001")),
			rows: map[int]string{
				2:  "map[name:[龙一] phone:[+8613810490001]]",
				8:  "- vcard_incomplete",
				12: "- birth birth_invalid",
				19: "map[name:[龙四] phone:[+8613810490004]]",
				24: "- name name_missing",
				28: "- duplicate_in_file",
			}},
		{what: "cards with control characters, formulas and too much", file: "hostile.vcf",
			data: []byte(card("3.0", "FN:=cmd|' /C calc'!A0", "TEL:13810500001") + card("3.0", "FN:蛇\x00二", "TEL:13810500002") + card("3.0", "FN:蛇三", "NOTE:"+strings.Repeat("长", 60_000), "TEL:13810500003") + card("3.0", "FN:\u202e四蛇", "TEL:13810500004") + card("3.0", "FN:蛇五", strings.Repeat("X-JUNK:"+strings.Repeat("j", 900)+"\r\n", 400)+"TEL:13810500005") + card("3.0", "FN:蛇六", "TEL:13810500006", "X-王伟:1")),
			rows: map[int]string{
				1:   "- name formula",
				6:   "- name control_character",
				11:  "- note too_long",
				17:  "- name control_character",
				22:  "- too_long",
				427: "map[name:[蛇六] phone:[+8613810500006]] ~ vcard_line",
			}, left: []string{"X-JUNK"}},
	}
}
