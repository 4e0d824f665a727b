package email

import (
	"errors"
	"strings"
	"testing"
)

func TestAddressesAreKeptReadable(t *testing.T) {
	tests := []struct{ rule, text, canonical, key, mask string }{
		{"as written", "guest0000@example.com", "guest0000@example.com", "guest0000@example.com", "g***@example.com"},
		{"local part keeps its case, domain does not", "Bob.Li@Example.COM", "Bob.Li@example.com", "bob.li@example.com", "B***@example.com"},
		{"blanks around", "\u3000 a@b.cn\t\u00a0\u200b", "a@b.cn", "a@b.cn", "a***@b.cn"},
		{"full width", "ｃａｏ＠ｅｘａｍｐｌｅ．ｃｏｍ", "cao@example.com", "cao@example.com", "c***@example.com"},
		{"tags and signs", "o'neil+hotel_2/x@mail.example.co.uk", "o'neil+hotel_2/x@mail.example.co.uk", "o'neil+hotel_2/x@mail.example.co.uk", "o***@mail.example.co.uk"},
		{"a domain in Chinese", "wang@例子。公司", "wang@例子.公司", "wang@例子.公司", "w***@例子.公司"},
		{"the same as it travels", "wang@XN--FSQU00A.xn--55qx5d", "wang@例子.公司", "wang@例子.公司", "w***@例子.公司"},
		{"accents", "j@Müller.example", "j@müller.example", "j@müller.example", "j***@müller.example"},
		{"longest local part", strings.Repeat("a", 64) + "@b.cn", strings.Repeat("a", 64) + "@b.cn", strings.Repeat("a", 64) + "@b.cn", "a***@b.cn"},
		{"digits", "13800138000@139.com", "13800138000@139.com", "13800138000@139.com", "1***@139.com"},
	}
	for _, tt := range tests {
		got, err := Parse(tt.text)
		if err != nil || got != tt.canonical || Key(got) != tt.key || Mask(got) != tt.mask {
			t.Errorf("%s: %q %v, key %q, mask %q", tt.rule, got, err, Key(got), Mask(got))
		}
		if again, err := Parse(got); err != nil || again != got {
			t.Errorf("%s: the canonical form becomes %q %v", tt.rule, again, err)
		}
	}
}

func TestTextsThatAreNoAddresses(t *testing.T) {
	label := strings.Repeat("b", 60) + "."
	tests := map[string]string{
		"nothing": "", "no sign": "guest.example.com", "two signs": "a@b@example.com", "no local part": "@example.com", "no domain": "a@",
		"a blank inside": "a b@example.com", "a blank in the domain": "a@exam ple.com", "a control": "a\x00@example.com", "a line end": "a@b.cn\na@c.cn",
		"a dot first": ".a@example.com", "a dot last": "a.@example.com", "two dots": "a..b@example.com", "a dot before the domain": "a@.example.com", "a dot behind it": "a@example.com.", "an ideographic dot behind": "a@例子.公司。", "two dots in the domain": "a@example..com",
		"no dot in the domain": "a@localhost", "an address by number": "a@192.168.0.1", "an address in brackets": "a@[192.168.0.1]", "a hyphen first": "a@-example.com", "an underscore": "a@ex_ample.com",
		"local part too long": strings.Repeat("a", 65) + "@b.cn", "whole too long": "aaaaaaaaaaaa@" + strings.Repeat(label, 4) + "cn", "label too long": "a@" + strings.Repeat("b", 64) + ".cn",
		"masked": "b***@example.com", "words before": "邮箱a@example.com", "two": "a@b.cn,c@d.cn", "quoted": "\"a b\"@example.com", "broken punycode": "a@xn--a.com", "turned": "a@exam\u202eple.com", "named": "Bob <bob@example.com>", "short end": "a@b.c",
	}
	for rule, text := range tests {
		got, err := Parse(text)
		var refused *Error
		if got != "" || !errors.As(err, &refused) || refused.Reason != Invalid {
			t.Errorf("%s: %q %v", rule, got, err)
		}
	}
}

func TestMaskShowsNothingOfOtherTexts(t *testing.T) {
	for _, text := range []string{"", "13800138000", "@example.com"} {
		if got := Mask(text); got != "***" {
			t.Errorf("%q", got)
		}
	}
}
