#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# Prints one table of ratios, all measured in one run on this machine (about ten minutes).
#   tests/bench/run.sh               everything
#   POINTS=100000 tests/bench/run.sh a smaller store, to try the bench itself
#   tests/bench/run.sh tablets       200 tablets in one room, for MINUTES (10)
set -euo pipefail
cd "$(dirname "$0")/../.."
export LC_ALL=C.UTF-8
examples/install.sh build test bench
cmake -G Ninja -S . -B build-bench -DREPERE_TESTS=ON -DCMAKE_BUILD_TYPE=RelWithDebInfo >/dev/null
cmake --build build-bench --target repere bare raw_insert cube_bench sample_gpkg >/dev/null
exec node "tests/bench/${1:-bench}.mjs" build-bench
