package customer

import (
	"fmt"
	"testing"
)

var signedPeople = []Customer{
	{Name: "张明远", Phones: []string{"+8613800138000", "+8657187654321"}, Emails: []string{"Ming.Yuan@example.cn"}, Plates: []string{"浙A12345"}, MemberNos: []string{"VIP-00 42"}, Employer: "杭州西湖茶业有限公司"},
	{Name: "阿不都热西提·买买提", Phones: []string{"+8613999990000"}},
	{Name: "Seán O'Neil", OtherNames: []string{"John Neil", "欧宁"}, Phones: []string{"+35312345678"}},
	{Name: "İpek Çelik", Emails: []string{"ıpek@example.com"}},
	{Name: "佐藤 さくら", Reading: "Satou Sakura"},
	{Name: "王"}, {Name: "M"},
}

// Whoever has a key that begins with a word must pass for the word: a bit that
// is missing would hide a guest.
func TestSignatureExcludesNobodyWhoHasTheKey(t *testing.T) {
	for _, c := range signedPeople {
		keys := sortedKeys(append(keysOf(c), key{keyDocument, "31b268e09601ac297aa82b2f769baa74"}))
		signed := signatureOf(keys)
		for _, k := range keys {
			letters := []rune(k.k)
			for n := 1; n <= len(letters); n++ {
				var asked signature
				asked.add(k.kind, string(letters[:n]))
				if !signed.covers(asked) {
					t.Errorf("%s is excluded from %q of kind %d", c.Name, string(letters[:n]), k.kind)
				}
			}
		}
	}
}

// A code that excludes nobody is of no use.
func TestSignatureExcludesMostWhoHaveNot(t *testing.T) {
	passed, asked := 0, 0
	for i := range 2000 {
		keys := keysOf(Customer{Name: string([]rune("王李张刘陈杨黄赵")[i%8]) + string([]rune("伟芳娜敏静强磊军洋勇")[i%10]), Phones: []string{fmt.Sprintf("+86138%08d", i*7919)}})
		signed := signatureOf(keys)
		for _, r := range []keyRange{{kind: keyPhone, from: "9753"}, {kind: keyAlpha, from: "ouyang"}, {kind: keyAlpha, from: "zmy"}, {kind: keyChars, from: "欧"}} {
			var mask signature
			mask.add(r.kind, r.from)
			asked++
			if signed.covers(mask) {
				passed++
			}
		}
	}
	if passed*5 > asked {
		t.Errorf("%d of %d pass", passed, asked)
	}
}

// Stored signatures were made by the bits of the day: another choice of bits
// would hide every guest saved before.
func TestSignatureStaysWhatItIs(t *testing.T) {
	got := signatureOf([]key{{keyAlpha, "zhangmingyuan"}, {keyChars, "张明远"}, {keyPhone, "13800138000"}, {keyEmail, "ming@example.cn"}})
	if want := (signature{288230925911719937, 4503599962919937}); got != want {
		t.Errorf("%d, want %d", got, want)
	}
	if got.latin < 0 || got.other < 0 {
		t.Error("a signature is negative, and databases disagree on what that excludes")
	}
}
