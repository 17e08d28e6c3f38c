#!/usr/bin/env bash
# Makes sure that what a command needs is there: need.sh build | test. Debian packages that are missing
# are installed when this user may do so; otherwise the line says what to run.
set -euo pipefail

has() { command -v "$1" >/dev/null; }

if ! has cargo; then
    echo "Rust is missing: install the stable toolchain (1.95 or later), then try again" >&2
    exit 1
fi
if ! has npm; then
    echo "Node.js is missing: install version 20 or later with npm, then try again" >&2
    exit 1
fi

missing=()
has cc || missing+=(build-essential)
if [ "${1:-build}" = test ]; then
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || has initdb || missing+=(postgresql-15)
    has chromium || missing+=(chromium fonts-liberation)
    python3 -c 'import venv, ensurepip' 2>/dev/null || missing+=(python3-venv)
fi
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -ne 0 ] || ! has apt-get; then
    echo "these are missing: ${missing[*]}; install them, on Debian with: sudo apt-get install ${missing[*]}" >&2
    exit 1
fi

# The tests start their own servers: none is started by an installation.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
    trap 'rm -f "$policy"' EXIT
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq </dev/null
apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null
