#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# Imports the files that README.md lists into sessions made for them.
#   examples/imports/import.sh build/repere FOLDER_OF_FILES
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
give_up() {
    echo "import.sh: $*" >&2
    exit 1
}

[ $# -eq 2 ] || give_up "wanted: the program and the folder of files, as in: examples/imports/import.sh build/repere FILES"
[ -x "$1" ] || give_up "$1 is no program: build it first (examples/demo.sh does)"
[ -d "$2" ] || give_up "$2 is no folder"
command -v curl >/dev/null || give_up "curl is missing: apt install curl"
repere=$(realpath "$1")
files=$(realpath "$2")
data=$(mktemp -d)/data
cookies=$(mktemp)

"$repere" init --data "$data" >/dev/null
"$repere" user add importer --role facilitator --data "$data" >/dev/null
"$repere" serve --data "$data" --port 0 >"$data/serve.log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true' EXIT
until address=$(sed -n 's/^listening on //p' "$data/serve.log") && [ -n "$address" ]; do
    kill -0 "$server"
    sleep 0.1
done

# post PATH JSON: what the server answers
post() {
    curl --silent --show-error --fail-with-body -b "$cookies" -c "$cookies" "$address$1" \
        -H 'X-Requested-With: repere' -H 'Content-Type: application/json' --data-binary "$2"
}
# The first "id" of an answer.
id() { sed -E 's/^\{"id":([0-9]+).*/\1/'; }

token=$("$repere" user link importer --data "$data" --base-url "$address" | sed -n 's/.*#link=//p')
post /api/signin/link "{\"token\":\"$token\"}" >/dev/null

# session EXERCISE BBOX: the id of a session in a project of its own
session() {
    local project exercise
    project=$(post /api/projects "{\"title\":\"$1\",\"bbox\":$2}" | id)
    exercise=$(post "/api/projects/$project/exercises" "{\"document\":$(cat "$here/$1.exercise.json")}" | id)
    post "/api/projects/$project/sessions" \
        "{\"exercise\":$exercise,\"title\":\"$1\",\"held_on\":\"2026-01-01\"}" | id
}
bring_in() { (cd "$files" && "$repere" import --data "$data" "$@" --skip-refused); }

if [ -f "$files/zurich_reports_wgs84.csv" ]; then
    bring_in zurich_reports_wgs84.csv --mapping "$here/zurich-wgs84.mapping.json" \
        --session "$(session city-reports '[8.44,47.31,8.63,47.44]')"
fi
if [ -f "$files/zurich_reports_lv95_20k.csv" ]; then
    bring_in zurich_reports_lv95_20k.csv --mapping "$here/zurich-lv95.mapping.json" \
        --session "$(session city-reports '[8.44,47.31,8.63,47.44]')"
fi
if [ -f "$files/haiti_reports.csv" ]; then
    bring_in haiti_reports.csv --mapping "$here/haiti.mapping.json" \
        --session "$(session crisis-reports '[-74.5,17.9,-71.6,20.1]')"
fi
if [ -d "$files/graz" ]; then
    (cd "$files" && "$repere" import --data "$data" graz/*.geojson --participant-per-file \
        --session "$(session city-climate '[15.3,47,15.6,47.15]')")
fi
overlays=$(find "$files" -maxdepth 1 -name '*.geojson' -printf '%f\n')
if [ -n "$overlays" ]; then
    project=$(post /api/projects '{"title":"overlays","bbox":[-180,-90,180,90]}' | id)
    # shellcheck disable=SC2086 # one word a file
    bring_in $overlays --project "$project"
fi
echo "in $data"
