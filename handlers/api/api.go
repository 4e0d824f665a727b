// Package api says what the JSON API takes and gives: its requests, answers and
// problem documents, and how they become values of the domain and back. It
// knows neither routes nor sessions nor the web framework, and decides nothing:
// what may be shown arrives here already masked.
package api

import (
	"context"

	"shuke/views/text"
)

// Reader is who gets the answer: the language to write in and the reference
// that leads from a problem to the log.
type Reader struct {
	Print     *text.Printer
	RequestID string
}

type readerKey struct{}

// With puts the reader of a call into its context, where problems found while
// the request is read can find it.
func With(ctx context.Context, r Reader) context.Context {
	return context.WithValue(ctx, readerKey{}, r)
}

func readerOf(ctx context.Context) Reader {
	r, _ := ctx.Value(readerKey{}).(Reader)
	return r
}
