#!/usr/bin/env bash
# Installs what is missing and runs all tests.
#   GONGBAO_TEST_KAFKA=host:port   also runs the suite against that Kafka broker
set -euo pipefail
cd "$(dirname "$0")/.."

deploy/setup.sh --tests

if noida="$(deploy/standin.sh)"; then
    export GONGBAO_NOIDA="$noida"
else
    echo "test.sh: the tests on the stand-in broker are skipped" >&2
fi

# Proofs of figures are checked by an independent implementation, too.
proofs="${XDG_CACHE_HOME:-$HOME/.cache}/gongbao/cryptography-48.0.0"
if ! "$proofs/bin/python3" -c "import cryptography" 2>/dev/null; then
    echo "Installing cryptography 48.0.0"
    mkdir -p "$(dirname "$proofs")"
    /usr/bin/python3 -m venv "$proofs" && "$proofs/bin/pip" install --quiet --disable-pip-version-check cryptography==48.0.0 ||
        echo "test.sh: cryptography could not be installed from PyPI; the independent check of proofs is skipped" >&2
fi
export GONGBAO_PYTHON="$proofs/bin/python3"

# What people read panels with must read equal content from every form.
readers="${XDG_CACHE_HOME:-$HOME/.cache}/gongbao/readers-1"
if ! "$readers/bin/python" -c "import duckdb, frictionless, openpyxl, pandas, pyarrow, sdmx" 2>/dev/null; then
    echo "Installing pandas, pyarrow, duckdb, openpyxl, sdmx1 and frictionless"
    mkdir -p "$(dirname "$readers")"
    /usr/bin/python3 -m venv "$readers" && "$readers/bin/pip" install --quiet --disable-pip-version-check \
        pandas pyarrow duckdb openpyxl sdmx1 frictionless ||
        echo "test.sh: the readers could not be installed from PyPI; the forms of panels are not read by them" >&2
fi

swift test "$@"
# People's errands in the portal and its interface; not where a part of the suite was asked for.
[ "$#" -gt 0 ] || deploy/portal.sh "$(swift build --show-bin-path)/gongbao"
