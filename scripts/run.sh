#!/usr/bin/env bash
# A desk with demo data in demo-data, made the first time. Arguments go to `spoc serve`.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/need.sh build
make --no-print-directory web
cargo build --package spoc

if [ ! -d demo-data ]; then
    # Made beside and renamed, so that an interrupted run leaves no half company.
    rm -rf demo-data.new
    target/debug/spoc demo --data demo-data.new
    mv demo-data.new demo-data
fi
exec target/debug/spoc serve --data demo-data "$@"
