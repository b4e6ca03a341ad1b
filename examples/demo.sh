#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# A working mapping session with one command, on a fresh Debian 12: installs what is missing, builds,
# makes a demo data folder (a fictional town) and serves it.
#   examples/demo.sh
#   PORT=8123 DATA=/path/to/folder examples/demo.sh
# examples/demo/README.md says what it prints.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
port=${PORT:-8080}
data=${DATA:-$root/demo-data}
build=$root/build
repere=$build/repere
export LC_ALL=C.UTF-8

say() { printf '%s\n' "$*"; }
quietly() { # what it is, command...
    local what=$1 log
    shift
    log=$(mktemp)
    if ! "$@" >"$log" 2>&1; then
        tail -n 40 "$log" >&2
        rm -f "$log"
        say "demo.sh: $what failed; the lines above say why" >&2
        exit 1
    fi
    rm -f "$log"
}

"$root/examples/install.sh" build demo
[ -x "$repere" ] || say "Building (a minute or two the first time) ..."
quietly "configuring the build" cmake -G Ninja -S "$root" -B "$build" -DCMAKE_BUILD_TYPE=RelWithDebInfo
quietly "building" cmake --build "$build"

server=
stop() { [ -z "$server" ] || kill "$server" 2>/dev/null || true; }
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Starts the server on a folder and a port; sets `server` and `address` once it listens.
serve() {
    local log=$1/serve.log
    "$repere" serve --data "$1" --port "$2" >"$log" 2>&1 &
    server=$!
    for _ in $(seq 200); do
        address=$(sed -n 's/^listening on \(.*\)$/\1/p' "$log")
        [ -z "$address" ] || return 0
        kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    cat "$log" >&2
    server=
    exit 1
}
token() { "$repere" user link demo --data "$1" --base-url http://127.0.0.1 | sed -n 's/.*#link=//p'; }

# The data folder is made aside and put in its place when it is complete.
if [ ! -e "$data/repere.sqlite" ]; then
    [ ! -e "$data" ] || rmdir "$data" 2>/dev/null || {
        say "demo.sh: $data holds other things: DATA must be a new or an empty folder" >&2
        exit 1
    }
    say "Making a fictional town, a session and a campaign of some months (a minute) ..."
    fresh=$data.new
    town=$fresh.town
    rm -rf "$fresh" "$town"
    quietly "making the data folder" "$repere" init --data "$fresh"
    quietly "adding the demo account" "$repere" user add demo --role facilitator --data "$fresh"
    quietly "drawing the town" "$root/examples/town/build.sh" "$repere" "$town" "$fresh/basemaps/town.mbtiles"
    link=$(token "$fresh")
    serve "$fresh" 0
    quietly "playing the sessions" node "$root/examples/demo/seed.mjs" "$address" "$link" "$town"
    kill "$server"
    wait "$server" || true
    server=
    quietly "giving the sessions their age" sqlite3 "$fresh/repere.sqlite" ".read $root/examples/demo/age.sql"
    quietly "publishing the first edition" "$repere" publish 1 --overlays 1,2 --on "$(date -d '40 days ago' +%F)" --data "$fresh"
    quietly "publishing the second edition" "$repere" publish 1 --overlays 1,2 --data "$fresh"
    rm -rf "$town"
    mkdir -p "$(dirname "$data")"
    mv "$fresh" "$data"
fi

own=$(token "$data")
link=$(token "$data")
serve "$data" "$port"
code=$(node "$root/examples/demo/open_session.mjs" "$address" "$own")
cat <<END

  Participants    $address
                  join code  $code

  Facilitator     $address/facilitate#link=$link
                  (signs in once, works for a day; run demo.sh again for a new one)

  Planners        $address/plan
                  (two editions of what some 400 people marked, made up like the town)

  Data            $data
  Stop            Ctrl-C

END
wait "$server"
