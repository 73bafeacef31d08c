#!/usr/bin/env bash
# demo.sh PROGRAM: runs aitf on the captured traces of tests/data/otlp and shows what it found.
set -euo pipefail
cd "$(dirname "$0")/.."
exec python3 tools/demo.py "$1"
