#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# The attacks on what is published (decision 0017). Seeds are fixed: the same program prints the same table.
#   tests/attack/run.sh            small, a minute: what the suite runs
#   tests/attack/run.sh --full     1,000 worlds of each kind, a quarter of an hour on two cores; writes
#                                  web/src/protection/measured.json, which the page about protection shows
set -euo pipefail
cd "$(dirname "$0")/../.."
build=${REPERE_ATTACK_BUILD:-build-tests/attack}
quietly() {
    local said
    said=$("$@" 2>&1) || { echo "$said" >&2; exit 1; }
}
# optimised, without sanitizers: the C tests have those
quietly cmake -G Ninja -S . -B "$build" -DREPERE_TESTS=ON -DREPERE_WEB=OFF
quietly cmake --build "$build" --target attack
arguments=("$@")
if [[ " $* " == *" --full "* && " $* " != *" --json "* ]]; then
    arguments+=(--json web/src/protection/measured.json)
fi
exec nice -n 19 "$build/tests/attack/attack" "${arguments[@]}"
