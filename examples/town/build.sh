#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# Draws the town and makes its base map.
#   examples/town/build.sh build/repere OUT OUT/town.mbtiles
set -euo pipefail
[ $# -eq 3 ] || { echo "build.sh: repere, folder for the town's files, base map" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
repere=$1 out=$2 map=$3
mkdir -p "$out" "$(dirname "$map")"
node "$here/generate.mjs" --out "$out"
rm -f "$map"
"$repere" basemap build "$out/basemap" "$map" --title Aubrelle --attribution "a fictional town" \
    --minzoom 10 --maxzoom 16
