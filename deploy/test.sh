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

exec swift test "$@"
