#!/usr/bin/env bash
# Installs what is missing, builds in release, and runs the whole pipeline on the samples.
#   demo.sh --serve    then opens the portal on them, until Ctrl-C
set -euo pipefail
cd "$(dirname "$0")/.."

. deploy/tell.sh

deploy/setup.sh
tell "正在编译 gongbao（首次需要几分钟）" "Building gongbao in release (some minutes the first time)"
swift build -c release --product gongbao --quiet 2>&1 | { grep -vE '^warning: ' || true; }
gongbao="$(swift build -c release --show-bin-path)/gongbao"

data="${GONGBAO_DEMO_DATA:-gongbao-data/demo}"
mkdir -p "$data"
echo
echo "\$ gongbao run Config/samples/* --data $data"
"$gongbao" run Config/samples/* --data "$data"

echo
tell "样例中的生产总值和财政收入：" "What the samples say of economic output and public revenue:"
echo "\$ gongbao query --code gdp --code general_public_revenue --data $data"
"$gongbao" query --code gdp --code general_public_revenue --data "$data"

echo
tell "做成面板，每格一个选定的数值：" "A panel of them, one chosen value a cell:"
echo "\$ gongbao panel --measure gdp --measure gdp:change --measure general_public_revenue --years 2023-2024 --data $data"
"$gongbao" panel --measure gdp --measure gdp:change --measure general_public_revenue --years 2023-2024 --data "$data"

echo
tell "接下来可以试（先运行 alias gongbao=$gongbao）：
  gongbao run Config/samples/* --data $data        # 再送一次：不会重复入库
  gongbao query --kind change --limit 20 --data $data
  gongbao extract Config/samples/yunxi-work-report.md   # 只读不存
  gongbao topics describe --data $data             # 公报经过了哪些主题
  gongbao run --watch --inbox 收件夹 --data $data  # 持续读入新到的文件
  gongbao serve --data $data                       # 门户：http://127.0.0.1:9640/" \
    "Next, with \`alias gongbao=$gongbao\`:
  gongbao run Config/samples/* --data $data        # again: nothing is stored twice
  gongbao query --kind change --limit 20 --data $data
  gongbao extract Config/samples/yunxi-work-report.md   # read only: no log, no database
  gongbao topics describe --data $data             # where the bulletins went through
  gongbao run --watch --inbox inbox --data $data   # keep reading what arrives
  gongbao serve --data $data                       # the portal at http://127.0.0.1:9640/"
if [ "${1:-}" = --serve ]; then
    echo
    exec "$gongbao" serve --data "$data"
fi
echo
tell "在浏览器中查看：deploy/demo.sh --serve" "See it all in a browser: deploy/demo.sh --serve"
