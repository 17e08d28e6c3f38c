#!/usr/bin/env bash
# Runs the desk and, when a source changes, builds it and starts it again. A build that fails leaves the
# running one alone.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/need.sh build
mkdir -p target
stamp=target/dev.stamp
server=

stop() {
    if [ -n "$server" ]; then
        kill "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
        server=
    fi
}
trap stop EXIT

changed() {
    find Cargo.toml crates locales web/src web/static -newer "$stamp" -type f -print -quit 2>/dev/null | grep -q .
}

build_and_start() {
    touch "$stamp"
    if ! { make --no-print-directory web && cargo build --package spoc; }; then
        echo "== the build failed; waiting for the next change"
        return
    fi
    stop
    if [ ! -d demo-data ]; then
        rm -rf demo-data.new
        target/debug/spoc demo --data demo-data.new && mv demo-data.new demo-data
    fi
    target/debug/spoc serve --data demo-data "$@" &
    server=$!
}

build_and_start "$@"
while sleep 0.5; do
    if changed; then
        build_and_start "$@"
    fi
done
