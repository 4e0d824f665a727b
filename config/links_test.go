package config

import (
	"slices"
	"strings"
	"testing"
)

func TestLinksToPropertySystemsAreRead(t *testing.T) {
	s, err := Load("", []string{"SHUKE_FIAS=shanghai=10.0.0.5:5010;charset=GB18030, bund-2=pms.example.org:5010;interface=WW,hz=[::1]:1;charset=latin1"}, nil)
	want := []PropertyLink{
		{Branch: "shanghai", Address: "10.0.0.5:5010", Charset: "gb18030", Interface: "MS"},
		{Branch: "bund-2", Address: "pms.example.org:5010", Charset: "utf-8", Interface: "WW"},
		{Branch: "hz", Address: "[::1]:1", Charset: "windows-1252", Interface: "MS"},
	}
	if err != nil || !slices.Equal(s.FIAS, want) {
		t.Errorf("%+v, %v", s.FIAS, err)
	}
	if s, err := Load("", nil, nil); err != nil || len(s.FIAS) != 0 {
		t.Errorf("without a setting: %+v, %v", s.FIAS, err)
	}
}

func TestEveryProblemOfALinkIsToldAtOnce(t *testing.T) {
	bad := []string{
		"10.0.0.5:5010", "Shanghai=a:1", "=a:1", "a=", "b=host", "c=host:", "d=:5010", "e=host:0", "f=host:65536", "g=host:x", "h=a:b:1",
		"i=h:1;charset=ebcdic", "j=h:1;charset=", "k=h:1;interface=x", "l=h:1;speed=9", "m=h:1;",
	}
	_, err := Load("", []string{"SHUKE_FIAS=" + strings.Join(bad, ",") + ",n=h:1,n=h:2"}, nil)
	if err == nil {
		t.Fatal("taken")
	}
	for _, part := range bad {
		if !strings.Contains(err.Error(), `"`+part+`"`) {
			t.Errorf("%s: not told in\n%v", part, err)
		}
	}
	if n := strings.Count(err.Error(), "\n") + 1; n != len(bad)+1 || !strings.Contains(err.Error(), `"n" has two links`) {
		t.Errorf("%d problems of %d:\n%v", n, len(bad)+1, err)
	}
}
