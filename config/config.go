// Package config holds the settings: where they come from, what they mean and
// what is wrong with them. It reports every problem at once and knows nothing
// of the rest of the program.
package config

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/knadh/koanf/parsers/toml/v2"
	"github.com/knadh/koanf/providers/confmap"
	"github.com/knadh/koanf/providers/env/v2"
	"github.com/knadh/koanf/providers/file"
	"github.com/knadh/koanf/v2"
)

// Settings are the typed settings of one instance.
type Settings struct {
	Addr           string // address to listen on
	URL            string // the one public address, source of every absolute link
	Database       string // sqlite:PATH or mysql://user:password@host:port/name
	KeysDatabase   string // where customers' data keys lie, same forms
	DataDir        string // folder of keys and the default databases
	TLSCert        string // certificate file, PEM
	TLSKey         string // key file, PEM
	TrustedProxies []netip.Prefix
	MetricsAddr    string // own listener of /metrics, empty: none
	LogLevel       string // debug, info, warn, error
	House          string // name of the business as shown on every page
	FIAS           []PropertyLink
	WebhookHosts   []WebhookHost
}

var defaults = map[string]any{
	"addr": "127.0.0.1:8080", "url": "", "database": "", "keys_database": "", "data_dir": "./data",
	"tls_cert": "", "tls_key": "", "trusted_proxies": "", "metrics_addr": "", "log_level": "info", "house": "熟客", "fias": "", "webhook_hosts": "",
}

// Load reads defaults, then the file (when named), then SHUKE_* variables, then
// flags (empty ones are left out by the caller). All problems come back joined.
func Load(path string, environ []string, flags map[string]any) (Settings, error) {
	k := koanf.New(".")
	var problems []error
	_ = k.Load(confmap.Provider(defaults, "."), nil) // a literal map cannot fail
	if path != "" {
		if err := k.Load(file.Provider(path), toml.Parser()); err != nil {
			problems = append(problems, fmt.Errorf("settings file: %w", err))
		}
	}
	provider := env.Provider(".", env.Opt{
		Prefix:      "SHUKE_",
		EnvironFunc: func() []string { return settingsOnly(environ) },
		TransformFunc: func(key, value string) (string, any) {
			return strings.ToLower(strings.TrimPrefix(key, "SHUKE_")), value
		},
	})
	if err := k.Load(provider, nil); err != nil {
		problems = append(problems, err)
	}
	_ = k.Load(confmap.Provider(flags, "."), nil)
	for _, key := range k.Keys() {
		if _, known := defaults[key]; !known {
			problems = append(problems, fmt.Errorf("unknown setting %q", key))
		}
	}
	s, more := fromKoanf(k)
	return s, errors.Join(append(problems, more...)...)
}

// settingsOnly leaves out variables of this name space that are no settings:
// those that only tests and tools read.
func settingsOnly(environ []string) []string {
	var out []string
	for _, pair := range environ {
		name, _, _ := strings.Cut(pair, "=")
		switch {
		case name == "SHUKE_REALDATA", strings.HasPrefix(name, "SHUKE_TEST_"), strings.HasPrefix(name, "SHUKE_BENCH_"):
		default:
			out = append(out, pair)
		}
	}
	return out
}

func fromKoanf(k *koanf.Koanf) (Settings, []error) {
	s := Settings{
		Addr: k.String("addr"), URL: strings.TrimRight(k.String("url"), "/"), Database: k.String("database"),
		KeysDatabase: k.String("keys_database"), DataDir: k.String("data_dir"), TLSCert: k.String("tls_cert"),
		TLSKey: k.String("tls_key"), MetricsAddr: k.String("metrics_addr"), LogLevel: k.String("log_level"),
		House: strings.TrimSpace(k.String("house")),
	}
	var problems []error
	for _, part := range strings.FieldsFunc(k.String("trusted_proxies"), func(r rune) bool { return r == ',' || r == ' ' }) {
		prefix, err := parsePrefix(part)
		if err != nil {
			problems = append(problems, fmt.Errorf("trusted_proxies: %q is no address or network", part))
			continue
		}
		s.TrustedProxies = append(s.TrustedProxies, prefix)
	}
	links, wrong := parseLinks(k.String("fias"))
	s.FIAS, problems = links, append(problems, wrong...)
	for _, part := range strings.FieldsFunc(k.String("webhook_hosts"), func(r rune) bool { return r == ',' || r == ' ' }) {
		host, err := parseWebhookHost(part)
		if err != nil {
			problems = append(problems, fmt.Errorf("webhook_hosts: %w", err))
			continue
		}
		s.WebhookHosts = append(s.WebhookHosts, host)
	}
	if s.URL == "" {
		s.URL = "http://localhost" + port(s.Addr)
	}
	if s.Database == "" {
		s.Database = "sqlite:" + filepath.Join(s.DataDir, "shuke.db")
	}
	if s.KeysDatabase == "" {
		s.KeysDatabase = "sqlite:" + filepath.Join(s.DataDir, "keys.db")
	}
	return s, append(problems, s.check()...)
}

func parsePrefix(text string) (netip.Prefix, error) {
	if prefix, err := netip.ParsePrefix(text); err == nil {
		return prefix, nil
	}
	addr, err := netip.ParseAddr(text)
	if err != nil {
		return netip.Prefix{}, err
	}
	return netip.PrefixFrom(addr, addr.BitLen()), nil
}

func port(addr string) string {
	if i := strings.LastIndexByte(addr, ':'); i >= 0 {
		return addr[i:]
	}
	return ""
}

func (s Settings) check() []error {
	var problems []error
	u, err := url.Parse(s.URL)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		problems = append(problems, fmt.Errorf("url: %q is no http or https address", s.URL))
	}
	for name, dsn := range map[string]string{"database": s.Database, "keys_database": s.KeysDatabase} {
		if !strings.HasPrefix(dsn, "sqlite:") && !strings.HasPrefix(dsn, "mysql://") {
			problems = append(problems, fmt.Errorf("%s: must begin with sqlite: or mysql://", name))
		}
	}
	if s.Database == s.KeysDatabase {
		problems = append(problems, errors.New("keys_database: must not be the database itself: keys never share a backup with what they open"))
	}
	if (s.TLSCert == "") != (s.TLSKey == "") {
		problems = append(problems, errors.New("tls_cert and tls_key: give both or neither"))
	}
	if s.DataDir == "" {
		problems = append(problems, errors.New("data_dir: must not be empty"))
	}
	switch s.LogLevel {
	case "debug", "info", "warn", "error":
	default:
		problems = append(problems, fmt.Errorf("log_level: %q is none of debug, info, warn, error", s.LogLevel))
	}
	return append(problems, s.checkTransport()...)
}

// checkTransport refuses clear text beyond this machine: sessions and customers
// would be readable on the wire.
func (s Settings) checkTransport() []error {
	if s.TLSCert != "" || len(s.TrustedProxies) > 0 {
		return nil
	}
	host := strings.TrimSuffix(strings.TrimPrefix(s.Addr[:max(strings.LastIndexByte(s.Addr, ':'), 0)], "["), "]")
	if host == "localhost" {
		return nil
	}
	if addr, err := netip.ParseAddr(host); err == nil && addr.IsLoopback() {
		return nil
	}
	return []error{fmt.Errorf("addr: %q is not loopback; plain HTTP is for loopback only: set tls_cert and tls_key, or trusted_proxies", s.Addr)}
}

// Secure reports whether browsers reach this instance over https.
func (s Settings) Secure() bool { return strings.HasPrefix(s.URL, "https://") }
