package name

import (
	"slices"
	"strings"
)

// The jamo of Revised Romanisation (Ministry of Culture, 2000) in the order of
// the syllable block, and after the slash the spellings usual in passports.
var (
	hangulLead  = strings.Fields("g/k kk n d tt r m b pp s ss - j jj ch k t p h")
	hangulVowel = strings.Fields("a ae ya yae eo/u e yeo/yu ye o wa wae oe yo u/oo wo/weo we wi yu/yoo eu ui/ee i")
	hangulTail  = strings.Fields("- k k k n n n t l k m l l l p l m p p t t ng t t k t p t")
)

// koreanSurnameList gives the usual spellings of surnames, the commonest first.
const koreanSurnameList = `김 kim gim;이 lee yi i rhee;박 park bak pak;최 choi choe;정 jung jeong chung;강 kang gang;조 cho jo;윤 yoon yun;장 jang chang;` +
	`임 lim im rim;오 oh o;서 seo suh;신 shin sin;권 kwon gwon;안 ahn an;류 ryu yoo lyu;유 yoo yu;전 jeon jun chun;고 ko go koh;손 son sohn;` +
	`배 bae pae;백 baek paik;허 heo hur huh;심 shim sim;노 noh roh no;곽 kwak gwak;성 sung seong;주 joo ju;우 woo u;구 koo gu ku;나 na ra;` +
	`진 jin chin;지 ji chi;엄 eom um;천 cheon chun;방 bang pang;공 kong gong;현 hyun hyeon;변 byun byeon;염 yeom yum;추 choo chu;석 seok suk;` +
	`선 sun seon;설 seol sul;길 gil kil;명 myung myeong;기 ki gi;라 ra na;금 geum keum;육 yook yuk;국 kook guk;편 pyun pyeon;한 han;홍 hong;` +
	`송 song;황 hwang;양 yang;민 min;하 ha;차 cha;문 moon mun;남 nam;여 yeo yuh`

// koreanCompounds are surnames of two blocks.
const koreanCompounds = "남궁 황보 제갈 사공 선우 독고 동방"

func koreanSurnames() map[string][]string {
	m := map[string][]string{}
	for line := range strings.SplitSeq(koreanSurnameList, ";") {
		f := strings.Fields(line)
		m[f[0]] = f[1:]
	}
	return m
}

// hangulSound romanises one syllable block; nil for a lone jamo.
func hangulSound(r rune) *sound {
	if r < 0xAC00 || r > 0xD7A3 {
		return nil
	}
	n := int(r - 0xAC00)
	leads := strings.Split(hangulLead[n/588], "/")
	vowels := strings.Split(hangulVowel[n%588/28], "/")
	if hangulLead[n/588] == "-" && vowels[0] == "u" {
		vowels = []string{"u", "woo"}
	}
	tail := hangulTail[n%28]
	if vowels[0] == "yeo" && tail == "ng" {
		vowels = []string{"yeo", "you", "yu"} // young
	}
	s := &sound{}
	for _, v := range vowels {
		for _, l := range leads {
			w := strings.ReplaceAll(l+v+tail, "-", "")
			if len(s.spells) < 4 && !slices.Contains(s.spells, w) {
				s.spells = append(s.spells, w)
			}
		}
	}
	s.shown = s.spells[0]
	return s
}

// koreanSurname replaces the sounds of the leading surname, as surnameSounds
// does.
func (t *tables) koreanSurname(word []letter, out []syllable) int {
	if len(word) >= 3 && strings.Contains(koreanCompounds, string([]rune{word[0].r, word[1].r})) {
		return 2
	}
	if spells := t.korean[string(word[0].r)]; spells != nil {
		out[0].sound = (&sound{spells: spells}).with(out[0].sound)
	}
	return 1
}
