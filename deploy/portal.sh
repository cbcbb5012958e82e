#!/usr/bin/env bash
# Holds the portal of a program to people's errands in a real browser, to axe, and its interface to its OpenAPI document.
#   portal.sh PROGRAM [PICTURES]   the folder gets a picture of every page in both languages at three widths
# Playwright, axe, schemathesis and sdmx1 come from PyPI into a cache of their own; what cannot be had is skipped with a sentence.
set -euo pipefail
cd "$(dirname "$0")/.."
program="$1"

tools="${XDG_CACHE_HOME:-$HOME/.cache}/gongbao/portal-1"
if ! "$tools/bin/python" -c "import axe_playwright_python, playwright, schemathesis, sdmx" 2>/dev/null; then
    echo "Installing Playwright, axe, schemathesis and sdmx1"
    mkdir -p "$(dirname "$tools")"
    if ! { /usr/bin/python3 -m venv "$tools" && "$tools/bin/pip" install --quiet --disable-pip-version-check \
        playwright axe-playwright-python schemathesis==4.32.5 sdmx1 pandas; }; then
        echo "portal: SKIPPED, what it is tested with could not be installed from PyPI" >&2
        exit 0
    fi
fi
if ! command -v chromium >/dev/null; then
    echo "portal: SKIPPED, Debian's chromium is not installed here" >&2
    exit 0
fi
"$tools/bin/python" deploy/portal_errands.py "$program" ${2:+--pictures "$2"}

place="$(mktemp -d)"
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$place"' EXIT
"$program" run Config/samples/* --data "$place/data" >/dev/null
"$program" serve --listen 127.0.0.1:0 --data "$place/data" >"$place/said" &
server=$!
until address="$(grep -o 'http://127[^ ]*' "$place/said")"; do
    kill -0 "$server" || { echo "portal: gongbao serve ended" >&2; exit 1; }
    read -rt 0.2 <> <(:) || true
done
# It keeps notes in the folder where it runs.
(cd "$place" && "$tools/bin/schemathesis" run "${address}api/v1/openapi.json" --max-examples 25 --seed 20 --workers 1 --exclude-checks unsupported_method)
"$tools/bin/python" - "$address" <<'PYTHON'
import io
import sys
import tempfile
import urllib.request

import sdmx

key = "A.100000.gdp?startPeriod=2023&endPeriod=2023"
read = {}


def values(message):
    return [float(one.value) for data in message.data for one in data.obs]


for name, path in [("JSON", "sdmx/2.1/data/PANEL/"), ("CSV", "sdmx/3.0/data/dataflow/GONGBAO/PANEL/1.0/")]:
    data = urllib.request.urlopen(sys.argv[1] + path + key).read()
    if name == "JSON":
        read[name] = values(sdmx.read_sdmx(io.BytesIO(data)))
    else:
        definition = urllib.request.urlopen(sys.argv[1] + "sdmx/3.0/structure/datastructure/GONGBAO/PANEL/1.0?key=A.100000.gdp&startPeriod=2023&endPeriod=2023").read()
        structure = sdmx.read_sdmx(io.BytesIO(definition)).structure["PANEL"]
        with tempfile.TemporaryDirectory() as place:
            # The reader tells the form by the name's ending.
            with open(place + "/panel.csv", "wb") as file:
                file.write(data)
            read[name] = values(sdmx.read_sdmx(place + "/panel.csv", structure=structure))
assert read["JSON"] == read["CSV"] == [1260582.0], read
print("portal: sdmx1 reads the same of SDMX-JSON and SDMX-CSV")
PYTHON
