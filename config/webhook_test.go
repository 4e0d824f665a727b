package config

import (
	"fmt"
	"strings"
	"testing"
)

func TestWebhookHostsAreReadAsListed(t *testing.T) {
	for text, want := range map[string]string{
		"":                                  "",
		"hooks.example.com":                 "hooks.example.com||",
		"Hooks.Example.COM:8443":            "hooks.example.com|8443|",
		"a.example, b.example  c.example":   "a.example|| b.example|| c.example||",
		"pms.lan=10.1.0.0/16":               "pms.lan||10.1.0.0/16",
		"pms.lan:8443=10.1.2.3/16+fd00::/8": "pms.lan|8443|10.1.0.0/16+fd00::/8",
		"pms.lan=10.1.2.3":                  "pms.lan||10.1.2.3/32",
		"10.0.0.5":                          "10.0.0.5||10.0.0.5/32",
		"127.0.0.1:9000":                    "127.0.0.1|9000|127.0.0.1/32",
		"[FD00::1]:8443":                    "fd00::1|8443|fd00::1/128",
		"[fd00::1]":                         "fd00::1||fd00::1/128",
		"localhost:9000":                    "localhost|9000|127.0.0.0/8+::1/128",
		"pms":                               "pms||",
		"xn--fiqs8s.example,1host.example":  "xn--fiqs8s.example|| 1host.example||",
	} {
		s, err := Load("", nil, map[string]any{"webhook_hosts": text})
		if err != nil {
			t.Errorf("%q: %v", text, err)
		}
		var got []string
		for _, h := range s.WebhookHosts {
			var networks []string
			for _, n := range h.Networks {
				networks = append(networks, n.String())
			}
			got = append(got, fmt.Sprintf("%s|%s|%s", h.Name, h.Port, strings.Join(networks, "+")))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q is %v, not %q", text, got, want)
		}
	}
}

func TestWebhookHostsThatAreNoneStopTheStart(t *testing.T) {
	for _, text := range []string{
		"*", "*.example.com", "https://hooks.example.com", "hooks.example.com/path", "user@hooks.example.com", "hooks.example.com:", "hooks.example.com:0", "hooks.example.com:65536",
		"hooks.example.com:080", "hooks.example.com:https", "169.254.169.254", "fe80::1", "[fe80::1]", "0.0.0.0", "224.0.0.1", "[::ffff:127.0.0.1]", "[::]", "[::1", "[::1]x", "10.0.0.5=10.0.0.0/8",
		"pms.lan=", "pms.lan=lan", "pms.lan=10.0.0.0/33", "0177.0.0.1", "127.1", "2130706433", "-a.example", "a..example", "a.example.", "例子.example", "a_b.example", "=10.0.0.0/8",
	} {
		if s, err := Load("", nil, map[string]any{"webhook_hosts": text}); err == nil {
			t.Errorf("%q was taken as %+v", text, s.WebhookHosts)
		}
	}
	_, err := Load("", nil, map[string]any{"webhook_hosts": "*,10.0.0.5=x", "log_level": "loud"})
	if err == nil || strings.Count(err.Error(), "webhook_hosts") != 2 || !strings.Contains(err.Error(), "log_level") {
		t.Errorf("not all problems at once: %v", err)
	}
}
