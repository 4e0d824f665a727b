// Package static holds the files a browser asks for beside the pages: style,
// script and vendored libraries, embedded in the binary, each under a name that
// carries the hash of its bytes. It knows no HTTP: who serves it sets headers.
package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"mime"
	"path"
	"strings"
	"sync"
	"testing"
)

// Prefix is where the files are mounted; every URL begins with it.
const Prefix = "/static/"

//go:embed css js vendor favicon.svg
var files embed.FS

// asset is one file as it goes over the wire.
type asset struct {
	content, gzipped []byte
	contentType      string
	url              string
}

// index finds assets by plain name ("css/shuke.css") and by hashed name.
type index struct {
	byName, byHashed map[string]*asset
}

// assets is read once, at the first use; the embedded bytes never change.
var assets = sync.OnceValue(func() *index {
	idx, err := load()
	if err != nil {
		panic("static: " + err.Error())
	}
	return idx
})

// URL returns the path under which a browser finds the file, with the hash of
// its content: "css/shuke.css" gives "/static/css/shuke.1a2b3c4d.css". A name
// that does not exist panics in tests; elsewhere the plain path is returned, so
// that a page with one broken link is still a page.
func URL(name string) string {
	if a, ok := assets().byName[name]; ok {
		return a.url
	}
	if testing.Testing() {
		panic("static: no file " + name)
	}
	return Prefix + name
}

// Open resolves a hashed path, with or without Prefix, to the file's bytes,
// their gzipped form and the content type. The bytes are shared: do not change
// them. A plain or outdated name is not found, so that what a cache keeps for
// ever is always what the name says.
func Open(hashed string) (content, gzipped []byte, contentType string, ok bool) {
	a, ok := assets().byHashed[strings.TrimPrefix(hashed, Prefix)]
	if !ok {
		return nil, nil, "", false
	}
	return a.content, a.gzipped, a.contentType, true
}

func load() (*index, error) {
	idx := &index{byName: map[string]*asset{}, byHashed: map[string]*asset{}}
	for name, parts := range bundles() {
		content, err := join(parts)
		if err != nil {
			return nil, err
		}
		if err := idx.add(name, content); err != nil {
			return nil, err
		}
	}
	for _, name := range singles() {
		content, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		if err := idx.add(name, content); err != nil {
			return nil, err
		}
	}
	return idx, nil
}

func (idx *index) add(name string, content []byte) error {
	sum := sha256.Sum256(content)
	ext := path.Ext(name)
	hashed := strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:4]) + ext
	var buf bytes.Buffer
	zw, err := gzip.NewWriterLevel(&buf, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := zw.Write(content); err != nil {
		return err
	}
	if err := zw.Close(); err != nil {
		return err
	}
	ct, err := contentType(ext)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	a := &asset{content: content, gzipped: buf.Bytes(), contentType: ct, url: Prefix + hashed}
	idx.byName[name], idx.byHashed[hashed] = a, a
	return nil
}

// contentType is fixed for the kinds we ship: the host's mime tables differ.
func contentType(ext string) (string, error) {
	switch ext {
	case ".css":
		return "text/css; charset=utf-8", nil
	case ".js":
		return "text/javascript; charset=utf-8", nil
	case ".svg":
		return "image/svg+xml", nil
	}
	if t := mime.TypeByExtension(ext); t != "" {
		return t, nil
	}
	return "", fmt.Errorf("no content type for %q", ext)
}
