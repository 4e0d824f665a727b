#!/bin/sh
# Runs the long tests (TestSoak…) on SQLite and on a MariaDB that keeps its
# promises about the disk. By hand, before a change of the ground is called done.
set -eu
cd "$(dirname "$0")/.."
export CGO_ENABLED=0 GOFLAGS=-trimpath
. tools/mariadb.sh

folder=
finish() {
  mariadb_stop
  [ -z "$folder" ] || rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

tools/install.sh
packages=$(grep -rl --include='*_test.go' '^func TestSoak' . | xargs -r -n1 dirname | sort -u)
if [ -z "$packages" ]; then
  echo "no test is called TestSoak…" >&2
  exit 1
fi
export SHUKE_TEST_SOAK=1
echo "== SQLite"
# shellcheck disable=SC2086 # a list of packages
go test -count=1 -timeout 6h -p 1 -v -run '^TestSoak' $packages
folder=$(mktemp -d /var/tmp/shuke-soak.XXXXXX)
mariadb_start "$folder" durable
echo "== MariaDB"
export SHUKE_TEST_MYSQL="$(mariadb_address)"
# shellcheck disable=SC2086
go test -count=1 -timeout 6h -p 1 -v -run '^TestSoak' $packages
