#!/usr/bin/env bash
# Removes what install.sh installed; keeps the configuration in /etc/gongbao and all data.
#   uninstall.sh [--prefix /usr/local] [--root DIR] [--dry-run]
set -euo pipefail
here="$(cd "$(dirname "$0")/.." && pwd)"
. "$here/deploy/tell.sh"
prefix=/usr/local root="" dry=no
while [ $# -gt 0 ]; do
    case "$1" in
    --prefix | --root)
        [ $# -ge 2 ] || { tell "uninstall.sh: $1 缺少取值" "uninstall.sh: $1 needs a value" >&2; exit 2; }
        declare "${1#--}=$2"
        shift
        ;;
    --dry-run) dry=yes ;;
    --help | -h)
        tell "移走 install.sh 所装的内容；保留 /etc/gongbao 中的配置和全部数据。
  uninstall.sh [--prefix /usr/local] [--root 目录] [--dry-run]" "$(sed -n '2,3s/^# \{0,1\}//p' "$0")"
        exit 0
        ;;
    *) tell "uninstall.sh: 没有选项 $1；--help 列出全部选项" "uninstall.sh: there is no option $1; --help lists them" >&2; exit 2 ;;
    esac
    shift
done
case "$prefix" in
/*) ;;
*) tell "uninstall.sh: --prefix 须为绝对路径" "uninstall.sh: --prefix must be an absolute path" >&2; exit 2 ;;
esac
run() { if [ "$dry" = yes ]; then tell "将会运行：$*" "would run: $*"; else "$@"; fi; }

if [ -z "$root" ] && [ -d /run/systemd/system ]; then
    # The workers are parts of the target and stop with it.
    [ ! -e /etc/systemd/system/gongbao.target ] || run systemctl disable --now gongbao.target
fi
for unit in "$here"/deploy/systemd/*; do run rm -f "$root/etc/systemd/system/$(basename "$unit")"; done
run rm -f "$root$prefix/bin/gongbao" "$root$prefix/share/bash-completion/completions/gongbao" \
    "$root$prefix/share/zsh/site-functions/_gongbao" "$root$prefix/share/fish/vendor_completions.d/gongbao.fish" \
    "$root$prefix/share/man/man1/gongbao.1.gz" "$root$prefix/share/man/zh_CN/man1/gongbao.1.gz"
run rm -rf "$root$prefix/share/gongbao"
if [ -z "$root" ] && [ -d /run/systemd/system ]; then run systemctl daemon-reload; fi
