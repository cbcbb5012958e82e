#!/usr/bin/env bash
# Breaks gongbao in the middle of its work, again and again, and shows that nothing is lost or doubled.
#   deploy/chaos.sh [--kills 200] [--bulletins 2000] [--seed 1]      the whole pipeline on the embedded log
#       --takings 40 also trims topics, makes them anew, puts log or database of an earlier day back, fills the disk
#       and writes hostile records, each kind in turn, holds what is told to what is gone, and repairs
#       --database postgresql://… fills that empty database instead of a file
#   deploy/chaos.sh --brokers HOST:PORT [--freezes 50] [--session 6] workers as processes on that Kafka; --takings
#       there, too, besides topics made anew, grown and trimmed under running workers;
#       GONGBAO_TEST_KAFKA=HOST:PORT does the same. --broker-command COMMAND (GONGBAO_TEST_KAFKA_START)
#       starts that broker in the foreground: it is then killed and restarted, too. Killed workers are
#       back soonest where the broker looks often for dead transactions
#       (transaction.abort.timed.out.transaction.cleanup.interval.ms=1000).
#   --embedded ignores GONGBAO_TEST_KAFKA; --verbose tells what is done.
set -euo pipefail
cd "$(dirname "$0")/.."

deploy/setup.sh
swift build --product gongbao --quiet
swift build --product chaos --quiet
bin="$(swift build --show-bin-path)"
# The disk that is filled goes away with the harness.
own=()
[ "$(id -u)" -eq 0 ] && unshare -m true 2>/dev/null && own=(unshare -m --propagation private)
exec "${own[@]}" "$bin/chaos" "$bin/gongbao" "$@"
