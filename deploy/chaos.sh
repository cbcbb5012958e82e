#!/usr/bin/env bash
# Kills gongbao in the middle of its work, again and again, and shows that nothing is lost or doubled.
#   deploy/chaos.sh [--kills 200] [--bulletins 2000] [--seed 1]
set -euo pipefail
cd "$(dirname "$0")/.."

deploy/setup.sh
swift build --product gongbao --quiet
swift build --product chaos --quiet
bin="$(swift build --show-bin-path)"
exec "$bin/chaos" "$bin/gongbao" "$@"
