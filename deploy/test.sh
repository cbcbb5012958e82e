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

exec swift test "$@"
