#!/usr/bin/env bash
# Installs what is missing, builds in release, and runs the whole pipeline on the samples.
#   demo.sh --serve    then opens the portal on them, until Ctrl-C
set -euo pipefail
cd "$(dirname "$0")/.."

deploy/setup.sh
echo "Building gongbao in release (some minutes the first time)"
swift build -c release --product gongbao --quiet 2>&1 | { grep -vE '^warning: ' || true; }
gongbao="$(swift build -c release --show-bin-path)/gongbao"

data="${GONGBAO_DEMO_DATA:-gongbao-data/demo}"
mkdir -p "$data"
echo
echo "\$ gongbao run Config/samples/* --data $data"
"$gongbao" run Config/samples/* --data "$data"

cat <<EOF

What the samples say of economic output and public revenue:
\$ gongbao query --code gdp --code general_public_revenue --data $data
EOF
"$gongbao" query --code gdp --code general_public_revenue --data "$data"

cat <<EOF

A panel of them, one chosen value a cell:
\$ gongbao panel --measure gdp --measure gdp:change --measure general_public_revenue --years 2023-2024 --data $data
EOF
"$gongbao" panel --measure gdp --measure gdp:change --measure general_public_revenue --years 2023-2024 --data "$data"

cat <<EOF

Next, with \`alias gongbao=$gongbao\`:
  gongbao run Config/samples/* --data $data        again: nothing is stored twice
  gongbao query --kind change --limit 20 --data $data
  gongbao extract Config/samples/yunxi-work-report.md   read only: no log, no database
  gongbao topics describe --data $data             where the bulletins went through
  gongbao run --watch --inbox inbox --data $data   keep reading what arrives
  gongbao serve --data $data       the portal at http://127.0.0.1:9640/
EOF
if [ "${1:-}" = --serve ]; then
    echo
    exec "$gongbao" serve --data "$data"
fi
echo
echo "See it all in a browser: deploy/demo.sh --serve"
