#!/bin/sh
# Runs the long tests of folder soak, on SQLite and on a MariaDB that keeps its
# promises about the disk and that they start and kill themselves. By hand, before
# a change of the ground is called done; about an hour on two cores.
# Arguments go to go test: tools/soak.sh -run TestSoakFullDisk
#
#   SHUKE_SOAK_ROUNDS=100   rounds of the crash loop, for each database
#   SHUKE_SOAK_CSV=1000000  rows of the large lists that are imported and killed,
#   SHUKE_SOAK_XLSX=200000  as text and as a workbook
#   SHUKE_SOAK_SEED=…       the random moments of an earlier run again
#   SHUKE_SOAK_KEEP=1       keep the folders of a test that failed
set -eu
cd "$(dirname "$0")/.."
export CGO_ENABLED=0 GOFLAGS=-trimpath

tests=
# The servers that the tests started are in the group of the tests.
finish() { [ -z "$tests" ] || kill -KILL -"$tests" 2>/dev/null || true; }
trap finish EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

tools/install.sh
unset SHUKE_TEST_MYSQL
echo "== soak: ${SHUKE_SOAK_ROUNDS:-100} rounds for each database"
setsid go test -tags soak -count=1 -timeout 3h -v "$@" ./soak &
tests=$!
outcome=0
wait "$tests" || outcome=$?
finish
tests=
exit "$outcome"
