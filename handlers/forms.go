package handlers

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"shuke/models/fault"
	"shuke/views/text"
	"shuke/views/ui"
)

// form is what a person sent, as typed. Only the body counts: an address can
// carry nothing into a form.
type form struct{ values map[string][]string }

// maxFields bounds the number of values in a form.
const maxFields = 2000

func readForm(c echo.Context) (form, error) {
	r := c.Request()
	if err := r.ParseForm(); err != nil {
		return form{}, badForm(err)
	}
	n := 0
	for _, values := range r.PostForm {
		n += len(values)
	}
	if n > maxFields {
		return form{}, fault.New(fault.Invalid, "error.form")
	}
	return form{r.PostForm}, nil
}

func badForm(err error) error {
	if statusOf(err) == 413 {
		return err
	}
	return fault.Wrap(err, fault.Invalid, "error.form")
}

func (f form) text(name string) string {
	if v := f.values[name]; len(v) > 0 {
		return v[0]
	}
	return ""
}

func (f form) trimmed(name string) string { return strings.TrimSpace(f.text(name)) }

func (f form) all(name string) []string { return f.values[name] }

func (f form) has(name string) bool { return len(f.values[name]) > 0 }

func (f form) int(name string) int64 {
	n, err := strconv.ParseInt(f.text(name), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// count reads a whole number as people write it; what is none is below zero,
// which no limit allows.
func (f form) count(name string) int {
	n, err := strconv.Atoi(f.trimmed(name))
	if err != nil {
		return -1
	}
	return n
}

// names lists the fields sent, sorted.
func (f form) names() []string { return slices.Sorted(maps.Keys(f.values)) }

// once makes the key under which a form has its effect once.
func once() string {
	raw := make([]byte, 16)
	rand.Read(raw)
	return hex.EncodeToString(raw)
}

// problems are the messages of a refused form by field, translated.
type problems struct {
	fields map[string]string
	list   []ui.Problem
}

func (p problems) at(field string) string { return p.fields[field] }

// refused splits an error into messages at fields; any other error comes back.
func refused(p *text.Printer, err error) (problems, error) {
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != fault.Invalid && f.Kind != fault.Conflict || len(f.Fields) == 0 {
		return problems{}, err
	}
	out := problems{fields: map[string]string{}}
	for _, name := range slices.Sorted(maps.Keys(f.Fields)) {
		m := f.Fields[name]
		out.fields[name] = p.T(m.Key, m.Args)
		out.list = append(out.list, ui.Problem{Field: name, Text: out.fields[name]})
	}
	return out, nil
}
