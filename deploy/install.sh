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
prefix=/usr/local program="" root="" enable=no dry=no

usage() { sed -n '2,8s/^# \{0,1\}//p' "$0"; }
while [ $# -gt 0 ]; do
    case "$1" in
    --prefix | --program | --root)
        [ $# -ge 2 ] || { echo "install.sh: $1 needs a value" >&2; exit 2; }
        declare "${1#--}=$2"
        shift
        ;;
    --enable) enable=yes ;;
    --dry-run) dry=yes ;;
    --help | -h) usage; exit 0 ;;
    *) echo "install.sh: there is no option $1; --help lists them" >&2; exit 2 ;;
    esac
    shift
done
case "$prefix" in /*) ;; *) echo "install.sh: --prefix must be an absolute path" >&2; exit 2 ;; esac
if [ -z "$program" ]; then
    # Linked with the Swift library in it, so that it starts where no Swift is installed.
    build=(swift build -c release --product gongbao --static-swift-stdlib --package-path "$here" --scratch-path "$here/.build/installed")
    program="$here/.build/installed/release/gongbao"
    if [ "$dry" = yes ]; then echo "would run: ${build[*]}"; else "${build[@]}" >&2; fi
fi
[ -x "$program" ] || { echo "install.sh: $program is missing or cannot be run" >&2; exit 1; }
if command -v ldd >/dev/null && ldd "$program" 2>/dev/null | grep -q 'libswift.*=>'; then
    echo "install.sh: note: $program needs the Swift libraries of the machine that built it; build it with --static-swift-stdlib to run it elsewhere" >&2
fi

run() { if [ "$dry" = yes ]; then echo "would run: $*"; else "$@"; fi; }
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
[ "$dry" = yes ] || echo "Installed gongbao in $root$prefix; set kafka.brokers in $root/etc/gongbao/gongbao.yaml."
