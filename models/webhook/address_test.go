package webhook_test

import (
	"net/netip"
	"strings"
	"testing"

	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/models/webhook"
	"shuke/policies"
)

func TestAddressIsRefusedUnlessItIsHTTPSToAListedHost(t *testing.T) {
	h := modelstest.NewHouse(t)
	for address, key := range map[string]string{
		"https://hooks.example.com/shuke?key=1":      "",
		"https://HOOKS.example.com:9443/":            "",
		"https://pms.example.net:8443/in":            "",
		"http://127.0.0.1:9000/hook":                 "",
		"  https://hooks.example.com/  ":             "",
		"":                                           "error.required",
		"hooks.example.com":                          "webhook.address_invalid",
		"//hooks.example.com/":                       "webhook.address_https",
		"https:hooks.example.com":                    "webhook.address_invalid",
		"https://":                                   "webhook.address_invalid",
		"https://hooks.example.com:x/":               "webhook.address_invalid",
		"https://user:word@hooks.example.com/":       "webhook.address_invalid",
		"https://hooks.example.com@evil.example/":    "webhook.address_invalid",
		"https://hooks.example.com/#part":            "webhook.address_invalid",
		"https://hooks.example.com/a b":              "webhook.address_invalid",
		"https://hooks.example.com/\r\nHost: x":      "webhook.address_invalid",
		"https://hooks.example.com/é":                "webhook.address_invalid",
		"http://hooks.example.com/":                  "webhook.address_https",
		"ftp://hooks.example.com/":                   "webhook.address_https",
		"javascript://hooks.example.com/":            "webhook.address_https",
		"file:///etc/passwd":                         "webhook.address_invalid",
		"http://10.0.0.1/":                           "webhook.address_https",
		"https://evil.example/":                      "webhook.host_not_listed",
		"https://hooks.example.com.evil.example/":    "webhook.host_not_listed",
		"https://hooks.example.com./":                "webhook.host_not_listed",
		"https://evil.example/hooks.example.com":     "webhook.host_not_listed",
		"https://pms.example.net/in":                 "webhook.host_not_listed",
		"https://pms.example.net:443/in":             "webhook.host_not_listed",
		"http://localhost:9000/hook":                 "webhook.host_not_listed",
		"http://127.0.0.2:9000/":                     "webhook.host_not_listed",
		"http://[::1]:9000/":                         "webhook.host_not_listed",
		"https://169.254.169.254/latest/":            "webhook.host_not_listed",
		"https://127.1/":                             "webhook.host_not_listed",
		"https://0177.0.0.1/":                        "webhook.host_not_listed",
		"https://2130706433/":                        "webhook.host_not_listed",
		"https://[::ffff:127.0.0.1]/":                "webhook.host_not_listed",
		"https://" + strings.Repeat("a", 300) + "/x": "error.too_long",
	} {
		id, _, err := h.Webhooks.Add(ctx, h.Actor(policies.Owner), webhook.Draft{Address: address, Kinds: webhook.Kinds})
		if key == "" {
			if err != nil {
				t.Errorf("%q: %v", address, err)
			} else if err := h.Webhooks.Remove(ctx, h.Actor(policies.Owner), id); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if got := at(err, "address"); got != key {
			t.Errorf("%q: %q at the field, not %q", address, got, key)
		}
	}
	if n := h.Count("SELECT COUNT(*) FROM webhooks"); n != 0 {
		t.Errorf("%d endpoints", n)
	}
}

// at is the key of the message at a field of a refusal.
func at(err error, field string) string {
	var f *fault.Error
	if !fault.Is(err, fault.Invalid) {
		return ""
	}
	f, _ = err.(*fault.Error)
	return f.Fields[field].Key
}

func TestInnerAddressesAreReachedOnlyByHostsListedWithThem(t *testing.T) {
	network := func(texts ...string) webhook.Host {
		h := webhook.Host{Name: "h.example"}
		for _, text := range texts {
			h.Networks = append(h.Networks, netip.MustParsePrefix(text))
		}
		return h
	}
	everything := network("0.0.0.0/0", "::/0")
	for text, c := range map[string]struct{ public, listed bool }{ // listed: with the whole net
		"93.184.216.34": {true, true}, "2606:2800:220:1::1": {true, true}, "::ffff:93.184.216.34": {true, true},
		"10.0.0.1": {false, true}, "172.16.0.1": {false, true}, "172.31.255.255": {false, true}, "192.168.1.1": {false, true}, "100.64.0.1": {false, true},
		"127.0.0.1": {false, true}, "127.8.8.8": {false, true}, "::1": {false, true}, "::ffff:127.0.0.1": {false, true}, "::ffff:10.1.2.3": {false, true},
		"fc00::1": {false, true}, "fd12:3456::1": {false, true}, "198.18.0.1": {false, true}, "192.0.2.1": {false, true}, "203.0.113.9": {false, true},
		"64:ff9b::a00:1": {false, true}, "2002:a00:1::": {false, true}, "2001:0:1::1": {false, true}, "fec0::1": {false, true}, "::7f00:1": {false, true},
		"169.254.169.254": {false, false}, "169.254.0.1": {false, false}, "::ffff:169.254.169.254": {false, false}, "fe80::1": {false, false}, "fe80::1%eth0": {false, false},
		"0.0.0.0": {false, false}, "0.1.2.3": {false, false}, "::": {false, false}, "224.0.0.1": {false, false}, "255.255.255.255": {false, false}, "240.0.0.1": {false, false},
		"ff02::1": {false, false}, "100.100.100.200": {false, false}, "168.63.129.16": {false, false}, "fd00:ec2::254": {false, false},
	} {
		ip := netip.MustParseAddr(text)
		if got := network().Allows(ip); got != c.public {
			t.Errorf("%s by a host that must be public: %v", text, got)
		}
		if got := everything.Allows(ip); got != c.listed {
			t.Errorf("%s by a host listed with every network: %v", text, got)
		}
	}
	pms := network("10.1.0.0/16")
	for text, want := range map[string]bool{"10.1.2.3": true, "::ffff:10.1.2.3": true, "10.2.0.1": false, "93.184.216.34": false, "127.0.0.1": false} {
		if got := pms.Allows(netip.MustParseAddr(text)); got != want {
			t.Errorf("%s by a host of 10.1.0.0/16: %v", text, got)
		}
	}
	if (webhook.Host{}).Allows(netip.Addr{}) {
		t.Error("no address at all is allowed")
	}
}

func TestOriginOfAHostIsHowItsAddressesBegin(t *testing.T) {
	for want, h := range map[string]webhook.Host{
		"https://hooks.example.com": {Name: "hooks.example.com"}, "https://pms.example.net:8443": {Name: "pms.example.net", Port: "8443"},
		"http://localhost:9000": {Name: "localhost", Port: "9000"}, "http://127.0.0.1": {Name: "127.0.0.1"}, "https://[fd00::1]:8443": {Name: "fd00::1", Port: "8443"},
	} {
		if got := h.Origin(); got != want {
			t.Errorf("%s, not %s", got, want)
		}
		if _, found := (webhook.Hosts{h}).Find(want + "/in"); !found {
			t.Errorf("%s is not found again", want)
		}
	}
}
