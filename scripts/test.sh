#!/usr/bin/env bash
# Everything that must hold. Goes on after a step that failed, so that one run shows all there is to mend;
# the last lines say which steps failed and how many tests ran.
set -uo pipefail
cd "$(dirname "$0")/.."

scripts/need.sh test || exit 1
mkdir -p target
log=target/test.log
: >"$log"
failed=()

step() {
    local name=$1 begun=$SECONDS
    shift
    echo "== $name" | tee -a "$log"
    if "$@" </dev/null 2>&1 | tee -a "$log"; then
        echo "== $name: $((SECONDS - begun)) s" | tee -a "$log"
    else
        echo "== $name FAILED after $((SECONDS - begun)) s" | tee -a "$log"
        failed+=("$name")
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

step "front-end files" make --no-print-directory web
step "front-end types and units" in_web
step "format" cargo fmt --all --check
step "lints" cargo clippy --workspace --all-targets --locked -- --deny warnings
step "tests" cargo test --workspace --locked --no-fail-fast
step "components" components
# Done already by the tests, but for the name of the file.
step "binary" cargo build --package spoc --locked
step "browser" browser
step "OpenAPI" lint_openapi
step "schemathesis" schemathesis

# The closing lines of cargo's and node's runners, added up.
totals=$(awk '
    /^test result: / { for (i = 1; i < NF; i++) { if ($(i + 1) ~ /^passed/) good += $i; if ($(i + 1) ~ /^failed/) bad += $i } }
    /^(#|ℹ) pass / { good += $3 }
    /^(#|ℹ) fail / { bad += $3 }
    END { printf "%d passed, %d failed", good, bad }' "$log")

echo "== $SECONDS s in all"
if [ ${#failed[@]} -gt 0 ]; then
    printf '== FAILED: %s\n' "${failed[@]}"
fi
echo "$totals"
[ ${#failed[@]} -eq 0 ]
