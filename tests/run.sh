#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# Installs what the tests need and runs all of them. The last line is `N passed, N failed`.
#   tests/run.sh               everything
#   tests/run.sh c http web    only these: check c fuzz attack http crash room web
# The C tests and the HTTP tests run under AddressSanitizer and UBSan; test_*no_memory, which replace the
# allocation functions, without.
set -uo pipefail
cd "$(dirname "$0")/.."
root=$PWD
export LC_ALL=C.UTF-8
parts=("$@")
[ ${#parts[@]} -gt 0 ] || parts=(check c fuzz attack http crash room web)

passed=0
failed=0
skipped=0
logs=$root/build-tests/logs
mkdir -p "$logs"
step() { printf '\n== %s (after %d:%02d)\n' "$*" $((SECONDS / 60)) $((SECONDS % 60)); }
wants() { [[ " ${parts[*]} " == *" $1 "* ]]; }
give_up() {
    echo "$1"
    printf '\n%d passed, %d failed\n' "$passed" $((failed + 1))
    exit 1
}

step "what the tests need"
examples/install.sh build test || give_up "installing failed"

step "building"
cmake -G Ninja -S . -B build-tests/release -DCMAKE_BUILD_TYPE=RelWithDebInfo -DREPERE_TESTS=ON \
    >"$logs/cmake-release.log" 2>&1 &&
    cmake --build build-tests/release --target repere no_memory_tests air >"$logs/build-release.log" 2>&1 ||
    { tail -n 40 "$logs/cmake-release.log" "$logs/build-release.log"; give_up "the release build failed"; }
cmake -G Ninja -S . -B build-tests/asan -DREPERE_TESTS=ON -DREPERE_SANITIZE=ON >"$logs/cmake-asan.log" 2>&1 &&
    cmake --build build-tests/asan >"$logs/build-asan.log" 2>&1 ||
    { tail -n 40 "$logs/cmake-asan.log" "$logs/build-asan.log"; give_up "the sanitizer build failed"; }

# Counts of Node's own test runner ("# pass 12").
count_node() { # log
    local pass fail skip
    pass=$(sed -n 's/^# pass \([0-9]*\)$/\1/p' "$1" | tail -n 1)
    fail=$(sed -n 's/^# fail \([0-9]*\)$/\1/p' "$1" | tail -n 1)
    skip=$(sed -n 's/^# skipped \([0-9]*\)$/\1/p' "$1" | tail -n 1)
    passed=$((passed + ${pass:-0}))
    skipped=$((skipped + ${skip:-0}))
    failed=$((failed + ${fail:-1}))
    echo "   ${pass:-0} passed, ${fail:-1} failed, ${skip:-0} skipped"
    grep -E '^ *# .*SKIP|# SKIP' "$1" | sed 's/^ */   /' || true
    if [ "${fail:-1}" -ne 0 ]; then
        grep -nE -A 25 '^ *not ok' "$1" | head -n 200
    fi
}
node_into() { # name, files...
    local name=$1
    shift
    timeout 2400 node --test --test-reporter=tap "$@" >"$logs/$name.log" 2>&1
}
run_node() { # name, files...
    node_into "$@"
    count_node "$logs/$1.log"
}

export REPERE_BIN=$root/build-tests/release/repere
if wants check; then
    step "checks of the tree"
    run_node check tests/check/*.test.mjs
fi

# Browsers wait more than they work: the pages, then the room, are tried beside what follows.
(
    ! wants web || node_into web tests/web/*.test.mjs
    ! wants room || node_into room --test-concurrency=1 tests/room/*.test.mjs
) &
browsers=$!

if wants c; then
    step "C tests (AddressSanitizer, UBSan), then those that run out of memory"
    for program in build-tests/asan/tests/test_* build-tests/release/tests/test_*no_memory; do
        [ -x "$program" ] && [ -f "$program" ] || continue
        name=$(basename "$program")
        log=$logs/$name.log
        (cd "$root" && timeout 300 "$program") >"$log" 2>&1
        status=$?
        pass=$(sed -n 's/^\[  PASSED  \] \([0-9]*\) test.*/\1/p' "$log" | awk '{n += $1} END {print n + 0}')
        fail=$(sed -n 's/^\[  FAILED  \] .*: \([0-9]*\) test.*/\1/p' "$log" | awk '{n += $1} END {print n + 0}')
        skip=$(grep -c '^\[  SKIPPED \] [a-z]' "$log" || true)
        if [ "$status" -ne 0 ] && [ "$fail" -eq 0 ]; then
            fail=1
        fi
        passed=$((passed + pass))
        failed=$((failed + fail))
        skipped=$((skipped + skip))
        echo "   $name: $pass passed, $fail failed"
        [ "$fail" -eq 0 ] || tail -n 40 "$log"
    done
fi

if wants fuzz; then
    # without the schedule that looks at the clock, the same seed gives the same inputs
    step "fuzzers: their regressions and corpora, then a fixed number of new inputs"
    if CC=clang cmake -G Ninja -S . -B build-tests/fuzz -DREPERE_FUZZ=ON -DREPERE_WEB=OFF >"$logs/cmake-fuzz.log" 2>&1 &&
        cmake --build build-tests/fuzz >"$logs/build-fuzz.log" 2>&1; then
        for program in build-tests/fuzz/tests/fuzz/fuzz_*; do
            [ -x "$program" ] && [ -f "$program" ] || continue
            name=$(basename "$program")
            seeds=()
            for folder in "tests/fuzz/corpus/${name#fuzz_}" "tests/fuzz/regression/${name#fuzz_}"; do
                [ -d "$folder" ] && seeds+=("$folder")
            done
            scratch=$(mktemp -d)
            if "$program" -runs=20000 -seed=1 -entropic=0 -max_len=4096 -rss_limit_mb=2048 \
                -artifact_prefix="$scratch/" "$scratch" "${seeds[@]}" >"$logs/$name.log" 2>&1; then
                passed=$((passed + 1))
                echo "   $name: 20,000 inputs"
            else
                failed=$((failed + 1))
                tail -n 30 "$logs/$name.log"
            fi
            rm -rf "$scratch"
        done
    else
        tail -n 30 "$logs/build-fuzz.log"
        failed=$((failed + 1))
    fi
fi

if wants attack; then
    step "attacks on what is published: a synthetic city, and weakened variants where they must succeed"
    tests/attack/run.sh >"$logs/attack.log" 2>&1
    grep -E '^\||reached$' "$logs/attack.log"
    count_node "$logs/attack.log"
fi

if wants http; then
    step "HTTP tests against the real server (AddressSanitizer, UBSan)"
    hits=$(mktemp -d)
    REPERE_BIN=$root/build-tests/asan/repere REPERE_HITS=$hits \
        run_node http --test-concurrency=1 tests/http/*.test.mjs
    rm -rf "$hits"
fi

if wants crash; then
    step "crash tests"
    run_node crash tests/crash/*.test.mjs
fi

wait "$browsers"
if wants web; then
    step "the pages: pure parts, then in a browser"
    count_node "$logs/web.log"
fi
if wants room; then
    step "a room: a laptop and tablets in network namespaces"
    count_node "$logs/room.log"
fi

[ "$skipped" -eq 0 ] || printf '\n%d skipped\n' "$skipped"
printf '\n%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
