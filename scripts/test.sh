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

step "front-end files" make --no-print-directory web
step "front-end types and units" in_web
step "format" cargo fmt --all --check
step "lints" cargo clippy --workspace --all-targets --locked -- --deny warnings
step "tests" cargo test --workspace --locked --no-fail-fast

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
