package handlers

import (
	"fmt"
	"strings"

	"shuke/static"
)

// path fills in a pattern of the table with what the examples know.
func (e *examples) path(pattern string) string {
	e.T.Helper()
	pattern = strings.NewReplacer("/:key/edit", "/"+e.own+"/edit", "/:key/delete", "/own_doomed/delete").Replace(pattern)
	switch {
	case strings.HasSuffix(pattern, "/preferences/:n/words"):
		// Nobody but those who may know of an illness sees what was said of it.
		pattern = strings.Replace(pattern, ":n", fmt.Sprint(e.wish("花生过敏", "spoken")), 1)
	case strings.Contains(pattern, "/preferences/:n"):
		pattern = strings.Replace(pattern, ":n", fmt.Sprint(e.wish("枕头要高", "")), 1)
	}
	if strings.Contains(pattern, ":stay") {
		pattern = strings.NewReplacer(":stay", e.stay(), ":key", "h1").Replace(pattern)
	}
	if strings.HasPrefix(pattern, "/staff/:login/tokens/:ref") {
		pattern = strings.Replace(pattern, ":ref", hashed(e.token(target))[:16], 1)
	}
	if strings.Contains(pattern, ":hook") || pattern == "/webhooks" {
		e.addHook()
	}
	pattern = strings.Replace(pattern, "/questions/:field", "/questions/hobby", 1)
	if strings.Contains(pattern, ":club") || strings.Contains(pattern, ":event") {
		pattern = e.club.path(pattern)
	}
	if strings.HasPrefix(pattern, "/lists") {
		pattern = strings.NewReplacer(":list", "departments", ":item", "engineering").Replace(pattern)
	}
	if strings.HasPrefix(pattern, "/imports/:id") {
		pattern = strings.NewReplacer(":id", e.file, ":scan", e.scan).Replace(pattern)
	}
	who := e.guest
	if strings.Contains(pattern, "/erasure") { // while one is under way nothing else opens
		who = e.leaver
	}
	path := strings.NewReplacer(":hook", e.hook, ":id", who, ":purpose", "service", ":wording", "service", ":restriction", "1", ":request", "1", ":group", "basic", ":field", "phone", ":item", "0", ":n", fmt.Sprint(e.phone), ":login", target, ":link", e.link, ":who", e.link,
		":code", "hangzhou", ":key", "hobby", ":ref", strings.Repeat("0", 16), ":token", "no-such-link", "/static/*", static.URL("favicon.svg")).Replace(pattern)
	if strings.ContainsAny(path, ":*") {
		e.T.Fatalf("%s has a parameter without an example", pattern)
	}
	return path
}
