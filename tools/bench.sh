#!/bin/sh
# Prints the figures of one area at one size, on bases that are built once and
# kept in .build/bench: tools/bench.sh AREA SIZE
set -eu
cd "$(dirname "$0")/.."
. tools/mariadb.sh
trap mariadb_stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

tools/install.sh
mkdir -p .build/bench
SHUKE_BENCH_DIR=$PWD/.build/bench
mariadb_start "$SHUKE_BENCH_DIR/mariadb" durable
SHUKE_BENCH_MYSQL=$(mariadb_address)
export SHUKE_BENCH_DIR SHUKE_BENCH_MYSQL
./bin/shuke bench --area "${1:-all}" --size "${2:-80000}"
