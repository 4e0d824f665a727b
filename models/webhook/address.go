package webhook

import (
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"shuke/models/fault"
)

// Host is a host that events may be sent to, as the settings list it.
type Host struct {
	Name string // in small letters, or an address in its usual form
	Port string // "" allows any
	// Networks are where its addresses must lie; with none they must be public.
	Networks []netip.Prefix
}

// Hosts are all hosts that events may be sent to.
type Hosts []Host

// Local is the name of this machine, which always means its loopback.
const Local = "localhost"

// never are addresses that no setting opens: this machine's link, many machines
// at once, and where clouds hand out credentials.
var never = prefixes("0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3", "100.100.100.200/32", "168.63.129.16/32", "::/128", "fe80::/10", "ff00::/8", "fd00:ec2::254/128")

// inner are addresses within a house, and those that lead there by translation:
// they are reached only by hosts that are listed with them.
var inner = prefixes("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
	"198.51.100.0/24", "203.0.113.0/24", "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "fc00::/7", "fec0::/10")

func prefixes(texts ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(texts))
	for i, text := range texts {
		out[i] = netip.MustParsePrefix(text)
	}
	return out
}

func within(list []netip.Prefix, ip netip.Addr) bool {
	return slices.ContainsFunc(list, func(p netip.Prefix) bool { return p.Contains(ip) })
}

// Allows reports whether the host may be reached at an address that its name
// stands for at this moment. It is asked of the very address that is connected
// to, so that a name which changes its mind gets nowhere.
func (h Host) Allows(ip netip.Addr) bool {
	ip = ip.Unmap().WithZone("")
	switch {
	case !ip.IsValid() || within(never, ip):
		return false
	case len(h.Networks) > 0:
		return within(h.Networks, ip)
	}
	return ip.IsGlobalUnicast() && !within(inner, ip)
}

// Origin is how an address at the host begins.
func (h Host) Origin() string {
	u := url.URL{Scheme: "https", Host: h.Name}
	if loopback(h.Name) {
		u.Scheme = "http"
	}
	if strings.Contains(h.Name, ":") {
		u.Host = "[" + h.Name + "]"
	}
	if h.Port != "" {
		u.Host += ":" + h.Port
	}
	return u.String()
}

// Find returns the listed host of an address that was checked.
func (hosts Hosts) Find(address string) (Host, bool) {
	u, err := url.Parse(address)
	if err != nil {
		return Host{}, false
	}
	return hosts.find(u)
}

func (hosts Hosts) find(u *url.URL) (Host, bool) {
	name, port := strings.ToLower(u.Hostname()), u.Port()
	if port == "" {
		port = map[string]string{"https": "443", "http": "80"}[u.Scheme]
	}
	for _, h := range hosts {
		if h.Name == name && (h.Port == "" || h.Port == port) {
			return h, true
		}
	}
	return Host{}, false
}

// addressLength is the most an address may have.
const addressLength = 300

// check says what is wrong with an address, at the field where it stands.
func (hosts Hosts) check(address string, problems fault.Fields) {
	u, err := url.Parse(address)
	switch {
	case address == "":
		problems.Add("address", "error.required", nil)
	case len(address) > addressLength:
		problems.Add("address", "error.too_long", map[string]any{"Max": addressLength})
	case err != nil || u.Hostname() == "" || u.Opaque != "" || u.User != nil || u.Fragment != "" || strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || r > '~' }):
		problems.Add("address", "webhook.address_invalid", nil)
	case u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())):
		problems.Add("address", "webhook.address_https", nil)
	default:
		if _, listed := hosts.find(u); !listed {
			problems.Add("address", "webhook.host_not_listed", nil)
		}
	}
}

// loopback reports whether a host is this machine, however the name server sees
// it.
func loopback(name string) bool {
	ip, err := netip.ParseAddr(name)
	return strings.EqualFold(name, Local) || (err == nil && ip.Unmap().IsLoopback())
}
