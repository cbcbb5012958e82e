#!/usr/bin/env bash
# Installs a built gongbao. May be run again at any time; starts and enables nothing by itself.
#   install.sh [--prefix /usr/local] [--program FILE] [--root DIR] [--enable] [--dry-run]
#     --prefix DIR    where program, lexicon, schemas, completions and manual go
#     --program FILE  the program; without it this checkout is built with the Swift library in the program
#     --root DIR      installs below DIR, for packages; makes no user and reloads nothing
#     --enable        enables and starts gongbao.target
#     --dry-run       prints what would be done
set -euo pipefail
here="$(cd "$(dirname "$0")/.." && pwd)"
. "$here/deploy/tell.sh"
prefix=/usr/local program="" root="" enable=no dry=no

usage() {
    tell "安装编译好的 gongbao。可随时再次运行；不会自行启动或启用服务。
  install.sh [--prefix /usr/local] [--program 文件] [--root 目录] [--enable] [--dry-run]
    --prefix 目录   程序、词表、结构定义、命令补全和手册页装到何处
    --program 文件  要安装的程序；不给出时编译本目录的源代码，Swift 运行库编入程序
    --root 目录     装到此目录之下，供制作软件包；不建用户，不重新加载 systemd
    --enable        启用并启动 gongbao.target
    --dry-run       只打印将要做的事" "$(sed -n '2,8s/^# \{0,1\}//p' "$0")"
}
while [ $# -gt 0 ]; do
    case "$1" in
    --prefix | --program | --root)
        [ $# -ge 2 ] || { tell "install.sh: $1 缺少取值" "install.sh: $1 needs a value" >&2; exit 2; }
        declare "${1#--}=$2"
        shift
        ;;
    --enable) enable=yes ;;
    --dry-run) dry=yes ;;
    --help | -h) usage; exit 0 ;;
    *) tell "install.sh: 没有选项 $1；--help 列出全部选项" "install.sh: there is no option $1; --help lists them" >&2; exit 2 ;;
    esac
    shift
done
case "$prefix" in
/*) ;;
*) tell "install.sh: --prefix 须为绝对路径" "install.sh: --prefix must be an absolute path" >&2; exit 2 ;;
esac
if [ -z "$program" ]; then
    # Linked with the Swift library in it, so that it starts where no Swift is installed.
    build=(swift build -c release --product gongbao --static-swift-stdlib --package-path "$here" --scratch-path "$here/.build/installed")
    program="$here/.build/installed/release/gongbao"
    if [ "$dry" = yes ]; then tell "将会运行：${build[*]}" "would run: ${build[*]}"; else "${build[@]}" >&2; fi
fi
[ -x "$program" ] || { tell "install.sh: $program 不存在或不能运行" "install.sh: $program is missing or cannot be run" >&2; exit 1; }
if command -v ldd >/dev/null && ldd "$program" 2>/dev/null | grep -q 'libswift.*=>'; then
    tell "install.sh: 注意：$program 需要编译所用机器上的 Swift 运行库；要在其他机器上运行，请用 --static-swift-stdlib 编译" \
        "install.sh: note: $program needs the Swift libraries of the machine that built it; build it with --static-swift-stdlib to run it elsewhere" >&2
fi

run() { if [ "$dry" = yes ]; then tell "将会运行：$*" "would run: $*"; else "$@"; fi; }
put() { # MODE FROM TO
    run install -D -m "$1" "$2" "$root$3"
}

put 755 "$program" "$prefix/bin/gongbao"
for file in "$here"/Config/lexicon/*.tsv "$here"/Config/lexicon/*/*.tsv; do
    if [ -f "$file" ]; then put 644 "$file" "$prefix/share/gongbao/lexicon/${file#"$here"/Config/lexicon/}"; fi
done
for file in "$here"/Config/schemas/*.json; do put 644 "$file" "$prefix/share/gongbao/schemas/$(basename "$file")"; done

# Completions and manual come from the program's own parser, so that they always fit.
made="$(mktemp -d)"
trap 'rm -rf "$made"' EXIT
for shell in bash zsh fish; do "$program" --generate-completion-script "$shell" >"$made/$shell"; done
put 644 "$made/bash" "$prefix/share/bash-completion/completions/gongbao"
put 644 "$made/zsh" "$prefix/share/zsh/site-functions/_gongbao"
put 644 "$made/fish" "$prefix/share/fish/vendor_completions.d/gongbao.fish"
"$program" manual --language en | gzip -9n >"$made/gongbao.1.gz"
put 644 "$made/gongbao.1.gz" "$prefix/share/man/man1/gongbao.1.gz"
"$program" manual --language zh | gzip -9n >"$made/gongbao.zh.1.gz"
put 644 "$made/gongbao.zh.1.gz" "$prefix/share/man/zh_CN/man1/gongbao.1.gz"

# Units name the program by its path; the configuration of an administrator is never replaced.
for unit in "$here"/deploy/systemd/*; do
    sed "s|/usr/local/bin/gongbao|$prefix/bin/gongbao|" "$unit" >"$made/unit"
    put 644 "$made/unit" "/etc/systemd/system/$(basename "$unit")"
done
[ -e "$root/etc/gongbao/gongbao.yaml" ] || put 644 "$here/Config/gongbao.reference.yaml" /etc/gongbao/gongbao.yaml

if [ -z "$root" ]; then
    getent passwd gongbao >/dev/null ||
        run useradd --system --user-group --no-create-home --home-dir /var/lib/gongbao --shell /usr/sbin/nologin gongbao
    if [ -d /run/systemd/system ]; then
        run systemctl daemon-reload
        if [ "$enable" = yes ]; then run systemctl enable --now gongbao.target; fi
    fi
fi
[ "$dry" = yes ] || tell "gongbao 已安装到 $root$prefix；请在 $root/etc/gongbao/gongbao.yaml 中设置 kafka.brokers。" \
    "Installed gongbao in $root$prefix; set kafka.brokers in $root/etc/gongbao/gongbao.yaml."
