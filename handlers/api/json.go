package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"unicode/utf8"
)

// deepest is how far a request may be nested: a record in a list in the facts
// of a body needs four.
const deepest = 8

var errJSON = errors.New("api: not one JSON value in UTF-8 with each key once")

// unmarshal reads JSON strictly where huma reads a body for the first time:
// bytes that are no UTF-8 would turn into other characters, and of two equal
// keys one would vanish, both without a word.
func unmarshal(data []byte, v any) error {
	if _, first := v.(*any); first {
		if err := strict(data); err != nil {
			return err
		}
	}
	return json.Unmarshal(data, v)
}

func strict(data []byte) error {
	if !utf8.Valid(data) {
		return errJSON
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := walk(d, 0); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errJSON
	}
	return nil
}

func walk(d *json.Decoder, depth int) error {
	token, err := d.Token()
	if err != nil || depth > deepest {
		return errJSON
	}
	open, nested := token.(json.Delim)
	if !nested {
		return nil
	}
	seen := map[string]bool{}
	for d.More() {
		if open == '{' {
			token, err := d.Token()
			key, isKey := token.(string)
			if err != nil || !isKey || seen[key] {
				return errJSON
			}
			seen[key] = true
		}
		if err := walk(d, depth+1); err != nil {
			return err
		}
	}
	if _, err := d.Token(); err != nil {
		return errJSON
	}
	return nil
}
