#!/bin/sh
# Runs every test on SQLite, then those that open a database again on a private
# MariaDB. Arguments go to go test: tools/test.sh -run TestLookUp
set -eu
cd "$(dirname "$0")/.."
export CGO_ENABLED=0 GOFLAGS=-trimpath
. tools/mariadb.sh

tests=
folder=
finish() {
  # A group of its own: go test starts programs that outlive it otherwise.
  [ -z "$tests" ] || kill -TERM -"$tests" 2>/dev/null || true
  mariadb_stop
  [ -z "$folder" ] || rm -rf "$folder"
}
trap finish EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# run NAME COMMAND…: runs it, notes how it ended and how long it took.
summary=
failed=0
run() {
  name=$1
  shift
  began=$(date +%s)
  echo "== $name"
  setsid "$@" &
  tests=$!
  outcome=ok
  wait "$tests" || { outcome=FAILED failed=1; }
  tests=
  summary="$summary
  $name: $outcome, $(($(date +%s) - began)) s"
}

tools/install.sh

# Databases of tests live in memory where there is room: what a test writes need
# not outlive it, and waiting for a disk would be most of the time.
scratch=/tmp
free=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
if [ "${free:-0}" -gt 2000000 ] && [ -w /dev/shm ]; then
  scratch=/dev/shm
fi
folder=$(mktemp -d "$scratch/shuke-test.XXXXXX")
mkdir "$folder/tmp"
export TMPDIR="$folder/tmp" GOTMPDIR=/tmp

# The server comes up while the first run compiles.
mariadb_start "$folder"

# Whose tests open a database: they depend on the package that opens it.
databases=$(go list -f '{{.ImportPath}} {{join .TestImports " "}} {{join .XTestImports " "}}' ./... | awk '/ shuke\/models\/modelstest( |$)/ { print $1 }')

unset SHUKE_TEST_MYSQL
run "all packages, SQLite" go test -timeout 40m "$@" ./...
export SHUKE_TEST_MYSQL="$(mariadb_address)"
# How pages look in every width and theme has nothing to do with the database.
# shellcheck disable=SC2086 # a list of packages
run "database packages, MariaDB" go test -timeout 40m -count=1 -vet=off -skip SoundInEveryLook "$@" $databases

echo "$summary"
exit "$failed"
