#!/usr/bin/env bash
# Rehearses the operation of running workers, and fails when it does not go as promised.
#   rehearse.sh alerts    a real Prometheus scrapes them; every alert fires on its cause (one minute)
#   rehearse.sh rolling   one enrichment worker after the other is restarted under load (half a minute)
#   rehearse.sh security --kafka DIR   workers over TLS and SASL on a broker of that distribution of Kafka 4
#   rehearse.sh bounds --brokers HOST:PORT   the most memory that each worker takes: ten million records that
#                         wait, bulletins of 5 MB, a database that is locked for minutes (a quarter of an hour)
#   rehearse.sh speed --brokers HOST:PORT    how fast the workers are beside other programs that do the least of the
#                         same, with a release build (an hour; --rounds, --files, --rows, --database postgresql://…)
#   rehearse.sh systemd   installed in a Debian without Swift under a booted systemd: a bulletin, a kill, a freeze
#                         past the watchdog, a stop, a reboot, uninstalled (five minutes besides the build; root)
#     --brokers HOST:PORT   on that broker instead of the stand-in; the topics stay there
#     --program FILE        with that program instead of one that is built
# What else is given goes to the rehearsal: rolling --workers 3 --rate 60 --dynamic
set -euo pipefail
here="$(cd "$(dirname "$0")/.." && pwd)"
what="${1:-}"
case "$what" in
alerts | rolling | security | bounds | speed | systemd) shift ;;
*) sed -n '2,14s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
program="" brokers="" rest=()
while [ $# -gt 0 ]; do
    case "$1" in
    --program | --brokers)
        [ $# -ge 2 ] || { echo "rehearse.sh: $1 needs a value" >&2; exit 2; }
        declare "${1#--}=$2"
        shift
        ;;
    *) rest+=("$1") ;;
    esac
    shift
done
"$here/deploy/setup.sh" --tests
if [ -z "$program" ] && [ "$what" = systemd ]; then
    # As install.sh builds it: with the Swift library in it.
    swift build -c release --product gongbao --static-swift-stdlib --package-path "$here" \
        --scratch-path "$here/.build/installed" >&2
    program="$here/.build/installed/release/gongbao"
elif [ -z "$program" ] && [ "$what" = speed ]; then
    swift build -c release --package-path "$here" --product gongbao --quiet
    program="$here/.build/release/gongbao"
elif [ -z "$program" ]; then
    swift build --package-path "$here" --product gongbao --quiet
    program="$(swift build --package-path "$here" --show-bin-path)/gongbao"
fi
if [ -n "$brokers" ]; then
    rest+=(--brokers "$brokers")
elif [ "$what" != security ] && [ "$what" != bounds ] && [ "$what" != speed ] && [ -z "${GONGBAO_NOIDA:-}" ]; then
    GONGBAO_NOIDA="$("$here/deploy/standin.sh")"
    export GONGBAO_NOIDA
fi
PYTHONDONTWRITEBYTECODE=1 exec /usr/bin/python3 "$here/deploy/rehearsal/$what.py" "$program" "${rest[@]}"
