# Starts a private MariaDB and stops it: read by test.sh.
#
# The server listens on a socket in a folder of its own and on no port, runs as
# whoever called, and ends with the script, whatever ends the script.

# mariadb_start FOLDER: data lies in FOLDER. Sets mariadb_socket and mariadb_pid.
# Durability is off: right for tests of rules, wrong for crashes and figures.
mariadb_start() {
  mariadb_folder=$1
  mariadb_socket=$(mktemp -d /tmp/shuke-mariadb.XXXXXX)/s.sock
  if [ ! -d "$mariadb_folder/data/mysql" ]; then
    mkdir -p "$mariadb_folder"
    mariadb-install-db --no-defaults --user="$(id -un)" --datadir="$mariadb_folder/data" --skip-test-db \
      --auth-root-authentication-method=normal --skip-name-resolve --innodb-log-file-size=16M \
      >"$mariadb_folder/install.log" 2>&1 || { cat "$mariadb_folder/install.log" >&2; return 1; }
  fi
  mariadbd --no-defaults --user="$(id -un)" --datadir="$mariadb_folder/data" --socket="$mariadb_socket" --skip-networking \
    --skip-name-resolve --character-set-server=utf8mb4 --collation-server=utf8mb4_unicode_ci --performance-schema=OFF \
    --skip-log-bin --innodb-log-file-size=96M --max-connections=200 --innodb-flush-log-at-trx-commit=0 --innodb-doublewrite=OFF \
    --innodb-flush-method=nosync --sync-frm=OFF --innodb-buffer-pool-size=256M >"$mariadb_folder/server.log" 2>&1 &
  mariadb_pid=$!
  mariadb_wait
}

# mariadb_wait returns when the server answers, and fails as soon as it has died.
mariadb_wait() {
  tries=0
  until [ -S "$mariadb_socket" ]; do
    tries=$((tries + 1))
    if ! kill -0 "$mariadb_pid" 2>/dev/null || [ "$tries" -gt 600 ]; then
      echo "MariaDB did not start:" >&2
      tail -n 20 "$mariadb_folder/server.log" >&2
      return 1
    fi
    sleep 0.1
  done
}

# mariadb_stop ends the server by its process id and takes the socket away.
mariadb_stop() {
  if [ -n "${mariadb_pid:-}" ]; then
    kill "$mariadb_pid" 2>/dev/null || true
    wait "$mariadb_pid" 2>/dev/null || true
    mariadb_pid=
  fi
  if [ -n "${mariadb_socket:-}" ]; then
    rm -rf "$(dirname "$mariadb_socket")"
    mariadb_socket=
  fi
}

# mariadb_address is what SHUKE_TEST_MYSQL and its kin take.
mariadb_address() { echo "mysql://root@localhost/?socket=$mariadb_socket"; }
