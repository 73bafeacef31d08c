#!/usr/bin/env bash
# fuzz.sh BUILD SECONDS: runs every libFuzzer target for SECONDS each, from its corpus; new inputs stay in the build folder.
set -euo pipefail
cd "$(dirname "$0")/.."
build=$1
seconds=$2
for corpus in tests/fuzz/corpus/*/; do
  target=$(basename "$corpus")
  mkdir -p "$build/corpus/$target"
  echo "fuzz: $target for $seconds s"
  "$build/fuzz_$target" -max_total_time="$seconds" -print_final_stats=1 -artifact_prefix="$build/$target-" \
    "$build/corpus/$target" "$corpus" 2>&1 | grep -E 'stat::|ERROR|SUMMARY' || true
  test -z "$(find "$build" -maxdepth 1 -name "$target-crash-*" -o -maxdepth 1 -name "$target-oom-*")"
done
