#!/usr/bin/env bash
# test.sh PRESET [ctest arguments…]: runs the tests of build/PRESET; the last line is ctest's count.
set -euo pipefail
cd "$(dirname "$0")/.."
preset=$1
shift
exec ctest --test-dir "build/$preset" --output-on-failure --no-tests=error -j "${JOBS:-$(nproc)}" "$@"
