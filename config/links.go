package config

import (
	"fmt"
	"net"
	"regexp"
	"strconv"
	"strings"
)

// PropertyLink is the link to the property system of one branch.
type PropertyLink struct {
	Branch    string // code
	Address   string // host:port
	Charset   string // utf-8, gb18030 or windows-1252
	Interface string // two letters: the sort of interface the property system has a place for
}

// charsets are the names a character set is given by, and what it is. GBK and GB
// 2312 are parts of GB 18030, ISO 8859-1 is as good as one of Windows-1252.
var charsets = map[string]string{
	"utf-8": "utf-8", "utf8": "utf-8", "gb18030": "gb18030", "gbk": "gb18030", "gb2312": "gb18030",
	"windows-1252": "windows-1252", "cp1252": "windows-1252", "iso-8859-1": "windows-1252", "latin1": "windows-1252",
}

var (
	linkBranch    = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,30}$`)
	linkInterface = regexp.MustCompile(`^[A-Z]{2}$`)
)

// parseLinks reads BRANCH=HOST:PORT[;charset=NAME][;interface=XX], several joined
// by commas.
func parseLinks(text string) (links []PropertyLink, problems []error) {
	seen := map[string]bool{}
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' || r == '\n' }) {
		link, err := parseLink(part)
		switch {
		case err != nil:
			problems = append(problems, fmt.Errorf("fias: %q: %w", part, err))
		case seen[link.Branch]:
			problems = append(problems, fmt.Errorf("fias: branch %q has two links", link.Branch))
		default:
			links = append(links, link)
		}
		seen[link.Branch] = true
	}
	return links, problems
}

func parseLink(part string) (PropertyLink, error) {
	pieces := strings.Split(part, ";")
	branch, address, _ := strings.Cut(pieces[0], "=")
	link := PropertyLink{Branch: branch, Address: address, Charset: "utf-8", Interface: "MS"}
	if !linkBranch.MatchString(branch) {
		return link, fmt.Errorf("must begin with the code of a branch, as in shanghai=10.0.0.5:5010")
	}
	host, port, err := net.SplitHostPort(address)
	n, notNumber := strconv.Atoi(port)
	if err != nil || host == "" || notNumber != nil || n < 1 || n > 65535 {
		return link, fmt.Errorf("%q is no host and port", address)
	}
	for _, option := range pieces[1:] {
		name, value, _ := strings.Cut(option, "=")
		charset, known := charsets[strings.ToLower(value)]
		switch {
		case name == "charset" && known:
			link.Charset = charset
		case name == "charset":
			return link, fmt.Errorf("charset %q is none of utf-8, gb18030, iso-8859-1, windows-1252", value)
		case name == "interface" && linkInterface.MatchString(value):
			link.Interface = value
		case name == "interface":
			return link, fmt.Errorf("interface %q is not two capital letters", value)
		default:
			return link, fmt.Errorf("unknown option %q", option)
		}
	}
	return link, nil
}
