#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# Installs what is missing on Debian 12, for one or more purposes: build, demo, test, bench.
#   examples/install.sh build test
set -euo pipefail

build=(gcc libc6-dev cmake ninja-build pkg-config libmicrohttpd-dev libsqlite3-dev libspatialite-dev
       libproj-dev proj-data libgeos-dev libjson-c-dev libsodium-dev libspng-dev libqrencode-dev
       libcsv-dev zlib1g-dev libgnutls28-dev libpango1.0-dev librsvg2-dev libwebp-dev
       fonts-noto-core)
demo=(sqlite3)
test=(git libcmocka-dev clang libclang-rt-14-dev chromium poppler-utils gdal-bin sqlite3 strace iproute2
      dnsmasq-base libnss3-tools openssl curl)
bench=(cgi-mapserver spawn-fcgi nginx-light wrk gdal-bin sqlite3)

# A Node of 18 or later that is already there is used as it is.
node_major=$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/' || true)
if [ "${node_major:-0}" -lt 18 ] || ! command -v npm >/dev/null; then
    build+=(nodejs npm)
fi

wanted=()
for purpose in "$@"; do
    case $purpose in
    build) wanted+=("${build[@]}") ;;
    demo) wanted+=("${demo[@]}") ;;
    test) wanted+=("${test[@]}") ;;
    bench) wanted+=("${bench[@]}") ;;
    *)
        echo "install.sh: unknown purpose '$purpose' (build, demo, test, bench)" >&2
        exit 2
        ;;
    esac
done

missing=()
for package in "${wanted[@]}"; do
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || {
        echo "install.sh: needs root or sudo to install: ${missing[*]}" >&2
        exit 1
    }
    as_root=(sudo)
fi
echo "Installing ${#missing[@]} Debian packages (some minutes): ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { "${as_root[@]}" apt-get update -q &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -q --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "install.sh: the packages above could not be installed" >&2
    exit 1
fi
