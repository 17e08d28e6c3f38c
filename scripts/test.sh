#!/usr/bin/env bash
# Everything that must hold. Goes on after a step that failed, so that one run shows all there is to mend;
# the last lines say which steps failed and how many tests ran.
set -uo pipefail
cd "$(dirname "$0")/.."

scripts/need.sh test || exit 1
mkdir -p target
log=target/test.log
: >"$log"
rm -f target/test-failed target/test-beside.log
touch target/test-failed

# One step: its name, how long it took, and in target/test-failed that it failed.
step() {
    local name=$1 begun=$SECONDS
    shift
    echo "== $name"
    if "$@" </dev/null 2>&1; then
        echo "== $name: $((SECONDS - begun)) s"
    else
        echo "== $name FAILED after $((SECONDS - begun)) s"
        echo "$name" >>target/test-failed
    fi
}

in_web() { (cd web && npm test --silent); }

# Installs a folder's npm packages when its lock file is newer than what stands there.
installed() { [ node_modules/.package-lock.json -nt package-lock.json ] || { npm ci --ignore-scripts --no-fund --no-audit && touch node_modules/.package-lock.json; }; }

# Behaviour and axe over the pages with every component that the tests of `ui` have written.
components() { (cd web && npm run --silent test:browser); }

# The main job in Chromium, on a demo desk of its own.
browser() { (cd tests/web && installed && npm test --silent); }

lint_openapi() { (cd openapi/lint && installed && npm run --silent lint); }

# Python's packages stand under target/, and are made again when their list changes.
schemathesis() {
    local home=target/schemathesis
    if [ ! "$home/.made" -nt scripts/schemathesis.txt ]; then
        rm -rf "$home"
        python3 -m venv "$home" && "$home/bin/pip" install --quiet --disable-pip-version-check --requirement scripts/schemathesis.txt || return 1
        touch "$home/.made"
    fi
    "$home/bin/python" scripts/schemathesis.py
}

# Pages with every component, and those of a requester.
specimens() { cargo test --package ui --test specimen --locked && cargo test --package portal --test stories --locked looking; }

# What needs the built desk but not the tests of its crates: it waits for pages more than it computes.
beside() {
    step "components" components
    step "browser" browser
    step "OpenAPI" lint_openapi
    step "schemathesis" schemathesis
}

everything() {
    step "front-end files" make --no-print-directory web
    step "front-end types and units" in_web
    step "format" cargo fmt --all --check
    step "lints" cargo clippy --workspace --all-targets --locked -- --deny warnings
    step "build" cargo test --workspace --locked --no-run
    # Done already by the build, but for the name of the file and the pages for `components`.
    step "binary" cargo build --package spoc --locked
    step "specimens" specimens
    beside >target/test-beside.log 2>&1 &
    # Tests wait for commits, feeds and clocks: more of them than there are cores keep the cores busy.
    RUST_TEST_THREADS=${RUST_TEST_THREADS:-4} step "tests" cargo test --workspace --locked --no-fail-fast
    wait
    cat target/test-beside.log
}

everything | tee "$log"
mapfile -t failed <target/test-failed

# The closing lines of cargo's and node's runners, added up.
totals=$(awk '
    /^== specimens$/ { again = 1 } # They run among the tests, too.
    /^== specimens[: ]/ { again = 0 }
    /^test result: / && !again { for (i = 1; i < NF; i++) { if ($(i + 1) ~ /^passed/) good += $i; if ($(i + 1) ~ /^failed/) bad += $i } }
    /^(#|ℹ) pass / { good += $3 }
    /^(#|ℹ) fail / { bad += $3 }
    END { printf "%d passed, %d failed", good, bad }' "$log")

echo "== $SECONDS s in all"
if [ ${#failed[@]} -gt 0 ]; then
    # Both runners name at their end what failed and why.
    grep -E -A40 '^(✖ failing tests:|failures:)$' "$log" | tail -n 150
    printf '== FAILED: %s\n' "${failed[@]}"
fi
echo "$totals"
[ ${#failed[@]} -eq 0 ]
