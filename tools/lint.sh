#!/bin/sh
# Formatting, vet, staticcheck and generated code; stops at the first that fails.
set -eu
cd "$(dirname "$0")/.."
export CGO_ENABLED=0 GOFLAGS=-trimpath

echo "== formatting"
unformatted=$(gofmt -l .)
if [ -n "$unformatted" ]; then
  echo "gofmt -w changes these:" >&2
  echo "$unformatted" >&2
  exit 1
fi

echo "== generated code"
# Compared by content with what was there: what is committed does not matter.
before=$(mktemp -d)
trap 'rm -rf "$before"' EXIT
find . -name '*_templ.go' -not -path './.git/*' | sort | xargs sha256sum >"$before/was"
go tool templ generate -log-level error
find . -name '*_templ.go' -not -path './.git/*' | sort | xargs sha256sum >"$before/is"
if ! diff "$before/was" "$before/is" >&2; then
  echo "generated code was out of date; it is made anew: commit it" >&2
  exit 1
fi

echo "== vet"
go vet ./...

echo "== staticcheck"
# Its own module file: what checks the product is no part of it.
go tool -modfile=tools/staticcheck/go.mod staticcheck ./...
