#!/usr/bin/env bash
# Installs what is missing and runs all tests.
#   GONGBAO_TEST_KAFKA=host:port   also runs the suite against that Kafka broker
set -euo pipefail
cd "$(dirname "$0")/.."

deploy/setup.sh --tests

# The stand-in broker lives in a cache of its own: it is a tool of the tests, not of the product.
noida="${XDG_CACHE_HOME:-$HOME/.cache}/gongbao/noida-db-0.2.3"
if [ ! -x "$noida/bin/noida-db" ]; then
    echo "Installing the stand-in broker noida-db 0.2.3"
    mkdir -p "$(dirname "$noida")"
    /usr/bin/python3 -m venv "$noida" && "$noida/bin/pip" install --quiet --disable-pip-version-check noida-db==0.2.3 ||
        echo "test.sh: noida-db could not be installed from PyPI; its tests are skipped" >&2
fi
[ -x "$noida/bin/noida-db" ] && export GONGBAO_NOIDA="$noida/bin/noida-db"

exec swift test "$@"
