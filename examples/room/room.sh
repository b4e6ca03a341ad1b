#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# Makes this laptop a room's network, until Ctrl-C: an access point (hostapd) that gives addresses and
# answers one host name with the laptop's address (dnsmasq). README.md beside it says when to use it.
#   sudo examples/room/room.sh room.example.org wlan0
#   sudo examples/room/room.sh --no-wifi room.example.org eth0     # an access point hangs on that cable
# WIFI_NAME, WIFI_PASSWORD (8 characters or more) and COUNTRY (BE, FR, ...) are asked for when not set.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
address=${ADDRESS:-10.77.0.1}
net=${address%.*}

give_up() {
    echo "room.sh: $*" >&2
    exit 1
}

wifi=yes
if [ "${1:-}" = --no-wifi ]; then
    wifi=no
    shift
fi
[ $# -eq 2 ] || give_up "wanted: [--no-wifi] HOST-NAME INTERFACE"
name=$1 interface=$2
[[ $name =~ ^[A-Za-z0-9.-]+\.[A-Za-z0-9-]+$ ]] || give_up "$name is no host name with a dot in it"
[ "$(id -u)" -eq 0 ] || give_up "needs root: it changes the address of $interface"
[ -e "/sys/class/net/$interface" ] || give_up "there is no interface $interface (see: ip link)"
needed=(ip dnsmasq)
[ $wifi = no ] || needed+=(hostapd)
for program in "${needed[@]}"; do
    command -v "$program" >/dev/null || give_up "$program is missing: apt install iproute2 dnsmasq-base hostapd"
done

ask() { # variable, question
    [ -n "${!1:-}" ] || read -r -p "$2: " "$1"
}
if [ $wifi = yes ]; then
    ask WIFI_NAME "Name of the Wi-Fi"
    ask WIFI_PASSWORD "Its password, 8 characters or more"
    ask COUNTRY "Country, two letters"
    [ ${#WIFI_PASSWORD} -ge 8 ] || give_up "the password needs 8 characters"
fi

run=$(mktemp -d)
children=()
added=no
managed=no
finish() {
    trap - EXIT INT TERM
    [ ${#children[@]} -eq 0 ] || kill "${children[@]}" 2>/dev/null || true
    wait
    [ $added = no ] || ip address delete "$address/24" dev "$interface" || true
    [ $managed = no ] || nmcli device set "$interface" managed yes || true
    rm -rf "$run" # with the leases in it
}
trap finish EXIT
trap 'exit 0' INT TERM

# the desktop's network manager would take the interface back
if command -v nmcli >/dev/null && nmcli -t -f DEVICE,STATE device 2>/dev/null | grep -q "^$interface:[^u]"; then
    nmcli device set "$interface" managed no
    managed=yes
fi
ip link set "$interface" up
if ! ip -o -4 address show dev "$interface" | grep -q " $address/"; then
    ip address add "$address/24" dev "$interface"
    added=yes
fi

if [ $wifi = yes ]; then
    {
        cat "$here/hostapd.conf"
        printf 'interface=%s\nssid=%s\nwpa_passphrase=%s\ncountry_code=%s\n' \
            "$interface" "$WIFI_NAME" "$WIFI_PASSWORD" "$COUNTRY"
    } >"$run/hostapd.conf"
    hostapd "$run/hostapd.conf" &
    children+=($!)
fi
: >"$run/leases"
chmod 711 "$run"
chmod 666 "$run/leases" # dnsmasq gives root up
dnsmasq --keep-in-foreground --conf-file="$here/dnsmasq.conf" --pid-file= --log-facility=- \
    --interface="$interface" --listen-address="$address" --address="/$name/$address" \
    --dhcp-range="$net.50,$net.199,12h" --dhcp-leasefile="$run/leases" &
children+=($!)

ports='(Ports 80 and 443 are open to programs of all accounts.)'
[ "$(cat /proc/sys/net/ipv4/ip_unprivileged_port_start)" -le 80 ] ||
    ports="(Ports 80 and 443 are root's as yet: $here/README.md, \"Ports 80 and 443\".)"
cat <<TEXT
The room's network is up on $interface; tablets get $address for $name. In another terminal:
  repere serve --data FOLDER --address 0.0.0.0 --port 443 --http-port 80 \\
      --tls-cert fullchain.pem --tls-key privkey.pem
$ports
To open $name on this laptop too, /etc/hosts needs the line: $address $name
Ctrl-C ends it.
TEXT
wait -n "${children[@]}" || true
give_up "a part of the network ended; the lines above say why"
