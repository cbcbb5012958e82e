#!/usr/bin/env bash
# Installs the stand-in broker of tests and rehearsals where it is missing, and prints its path.
# It lives in a cache of its own: it is a tool of the tests, not of the product.
set -euo pipefail
version=0.2.3
noida="${XDG_CACHE_HOME:-$HOME/.cache}/gongbao/noida-db-$version"
if [ ! -x "$noida/bin/noida-db" ]; then
    echo "Installing the stand-in broker noida-db $version" >&2
    mkdir -p "$(dirname "$noida")"
    if ! { /usr/bin/python3 -m venv "$noida" &&
        "$noida/bin/pip" install --quiet --disable-pip-version-check "noida-db==$version"; } >&2; then
        echo "standin.sh: noida-db could not be installed from PyPI" >&2
        exit 1
    fi
fi
echo "$noida/bin/noida-db"
