#!/usr/bin/env bash
# Installs the Debian packages that gongbao is built and tested with. Quick when nothing is missing.
#   setup.sh            what a build needs
#   setup.sh --tests    also what the tests use: a stand-in broker from PyPI, kcat, PostgreSQL, promtool, chromium, R
set -euo pipefail
. "$(dirname "$0")/tell.sh"

build=(librdkafka-dev libpq-dev libarchive-dev libsqlite3-dev libxlsxwriter-dev libxml2-dev libzstd-dev pkg-config git poppler-utils poppler-data)
tests=(chromium debootstrap fonts-noto-cjk gzip kcat man-db postgresql prometheus python3-venv r-base-core rsync sqlite3 systemd systemd-container tesseract-ocr tesseract-ocr-chi-sim)
wanted=("${build[@]}")
[ "${1:-}" = --tests ] && wanted+=("${tests[@]}")

missing=()
for package in "${wanted[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done

if [ "${#missing[@]}" -gt 0 ]; then
    if [ "$(id -u)" -eq 0 ]; then
        as_root=()
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        as_root=(sudo)
    else
        tell "setup.sh: 缺少以下 Debian 软件包，而当前用户不是 root，也不能使用 sudo：${missing[*]}" \
            "setup.sh: these Debian packages are missing and neither root nor sudo is available here: ${missing[*]}" >&2
        tell "setup.sh: 请管理员运行：apt-get install ${missing[*]}" \
            "setup.sh: ask an administrator to run: apt-get install ${missing[*]}" >&2
        exit 1
    fi
    tell "正在安装 ${missing[*]}" "Installing ${missing[*]}"
    "${as_root[@]}" apt-get update -q >/dev/null
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" >/dev/null
fi

if ! command -v swift >/dev/null; then
    tell "setup.sh: PATH 中没有 Swift；请从 swift.org 安装 6.2 以上版本" \
        "setup.sh: no Swift toolchain on PATH; install Swift 6.2 or later from swift.org" >&2
    exit 1
fi
