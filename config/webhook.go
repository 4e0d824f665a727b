package config

import (
	"fmt"
	"net/netip"
	"regexp"
	"strconv"
	"strings"
)

// WebhookHost is a host that events may be sent to: NAME, NAME:PORT, and with
// =NETWORK (several joined by +) when its addresses lie within the house.
type WebhookHost struct {
	Name     string // in small letters, or an address
	Port     string // "" allows any
	Networks []netip.Prefix
}

var hostName = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?$`)

// parseWebhookHost reads one entry of the list. An address stands for itself and
// localhost for the loopback; what no house should send to is no entry.
func parseWebhookHost(entry string) (WebhookHost, error) {
	place, networks, listed := strings.Cut(entry, "=")
	h, err := parsePlace(place)
	if err != nil {
		return h, err
	}
	if ip, err := netip.ParseAddr(h.Name); err == nil {
		if listed || ip.IsLinkLocalUnicast() || ip.IsMulticast() || ip.IsUnspecified() || ip.Is4In6() || ip.Zone() != "" {
			return h, fmt.Errorf("%q is no address to send to", entry)
		}
		h.Networks = []netip.Prefix{netip.PrefixFrom(ip, ip.BitLen())}
		return h, nil
	}
	if !hostName.MatchString(h.Name) || len(h.Name) > 253 {
		return h, fmt.Errorf("%q is no name of a host; wildcards are not taken", entry)
	}
	if h.Name == "localhost" && !listed {
		h.Networks = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	}
	for _, text := range strings.FieldsFunc(networks, func(r rune) bool { return r == '+' }) {
		prefix, err := parsePrefix(text)
		if err != nil {
			return h, fmt.Errorf("%q: %q is no network", entry, text)
		}
		h.Networks = append(h.Networks, prefix.Masked())
	}
	if listed && len(h.Networks) == 0 {
		return h, fmt.Errorf("%q: name a network after =", entry)
	}
	return h, nil
}

// parsePlace splits NAME:PORT; an address with colons stands in brackets.
func parsePlace(place string) (WebhookHost, error) {
	h := WebhookHost{Name: strings.ToLower(place)}
	if inside, after, bracketed := strings.Cut(strings.TrimPrefix(h.Name, "["), "]"); strings.HasPrefix(h.Name, "[") && bracketed {
		ip, err := netip.ParseAddr(inside)
		if err != nil || (after != "" && !strings.HasPrefix(after, ":")) {
			return h, fmt.Errorf("%q is no address", place)
		}
		h.Name, h.Port = ip.String(), strings.TrimPrefix(after, ":")
	} else if name, port, found := strings.Cut(h.Name, ":"); found {
		h.Name, h.Port = name, port
	}
	if h.Port == "" && !strings.HasSuffix(place, ":") {
		return h, nil
	}
	if n, err := strconv.Atoi(h.Port); err != nil || n < 1 || n > 65535 || strconv.Itoa(n) != h.Port {
		return h, fmt.Errorf("%q: %q is no port", place, h.Port)
	}
	return h, nil
}
