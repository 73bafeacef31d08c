#!/usr/bin/env bash
# Checks the format of all code, the length of all functions, and clang-tidy on what changed lately.
#   AITF_LINT=all  clang-tidy on everything
set -euo pipefail
cd "$(dirname "$0")/.."

mapfile -t code < <(git ls-files '*.cpp' '*.hpp' | grep -v -f tools/generated.txt)
echo "lint: format of ${#code[@]} files"
clang-format-19 --dry-run -Werror "${code[@]}"

echo "lint: functions of at most 60 lines"
build/venv/bin/lizard -l cpp -L 60 -C 1000 -a 100 -w "${code[@]}"

base=$(git rev-list -1 --before='4 hours ago' HEAD)
if [ "${AITF_LINT:-}" = all ] || [ -z "$base" ]; then
  mapfile -t changed < <(printf '%s\n' "${code[@]}" | grep '\.cpp$')
else
  mapfile -t changed < <(git diff --name-only --diff-filter=d "$base" -- '*.cpp' | grep -v -f tools/generated.txt || true)
fi
mapfile -t built < <(for file in "${changed[@]}"; do grep -q "\"file\": \"$PWD/$file\"" build/release/compile_commands.json && echo "$file"; done || true)
echo "lint: clang-tidy on ${#built[@]} files"
if [ ${#built[@]} -gt 0 ]; then
  printf '%s\n' "${built[@]}" | xargs -P "$(nproc)" -n 4 clang-tidy-19 -p build/release --quiet 2> >(grep -v 'warnings generated' >&2)
fi
echo "lint: good"
