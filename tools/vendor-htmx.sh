#!/bin/sh
# Fetches htmx from npm and puts the minified file and its licence into
# static/vendor. Says so when the bytes differ from what is there.
set -eu
version=2.0.11
root=$(cd "$(dirname "$0")/.." && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
npm pack --silent "htmx.org@$version" >/dev/null
tar xzf "htmx.org-$version.tgz"
target="$root/static/vendor/htmx-$version.min.js"
if [ -f "$target" ] && ! cmp -s package/dist/htmx.min.js "$target"; then
	echo "vendor-htmx: $target differed from npm htmx.org $version and was replaced" >&2
fi
cp package/dist/htmx.min.js "$target"
cp package/LICENSE "$root/static/vendor/htmx-LICENSE.txt"
