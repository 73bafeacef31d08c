#!/usr/bin/env bash
# bench.sh BUILD: runs the benchmarks of a build folder and prints them beside their baselines.
set -euo pipefail
cd "$(dirname "$0")/.."
exec python3 benchmarks/report.py "$1"
