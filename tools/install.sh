#!/bin/sh
# Installs what the tests need and this machine lacks: with apt where that is
# allowed, else it names it in one line and fails.
set -eu

browser() { command -v chromium || command -v chromium-browser || command -v google-chrome || command -v google-chrome-stable; }
chinese() { [ -n "$(find /usr/share/fonts /usr/local/share/fonts -iname '*cjk*' -print -quit 2>/dev/null)" ]; }

lacking() {
  command -v mariadbd >/dev/null && command -v mariadb-install-db >/dev/null || echo mariadb-server
  browser >/dev/null || echo chromium
  chinese || echo fonts-noto-cjk
}

# The package would start a server of its own, which nobody asked for.
quietly() {
  guard=/usr/sbin/policy-rc.d
  [ -e "$guard" ] && guard=
  if [ -n "$guard" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$guard"
    chmod 755 "$guard"
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
  fi
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" </dev/null
}

if ! command -v go >/dev/null; then
  echo "tests need Go 1.26 or newer in the PATH: https://go.dev/dl/" >&2
  exit 1
fi
missing=$(lacking)
if [ -n "$missing" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "installing:" $missing
  apt-get update -q </dev/null
  quietly $missing
  missing=$(lacking)
fi
if [ -n "$missing" ]; then
  echo "tests need, and this machine lacks:" $missing "(on Debian, as root: apt-get install" $missing")" >&2
  exit 1
fi
