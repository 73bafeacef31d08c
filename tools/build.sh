#!/usr/bin/env bash
# build.sh PRESET TARGET…: configures build/PRESET when needed and builds. Prints one line when nothing was to do.
set -euo pipefail
cd "$(dirname "$0")/.."
preset=$1
shift
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
configure() {
  echo "build: configuring build/$preset"
  mkdir -p build
  cmake --preset "$preset" "$@" >"build/$preset.log" 2>&1 || { cat "build/$preset.log" >&2; exit 1; }
}
# The program alone needs none of the packages that tests need.
if [ ! -f "build/$preset/build.ninja" ]; then
  if [ "$*" = aitf ]; then configure -DAITF_TESTS=OFF; else configure; fi
elif [ "$*" = all ] && grep -q '^AITF_TESTS:BOOL=OFF' "build/$preset/CMakeCache.txt"; then
  configure -DAITF_TESTS=ON
fi
started=$SECONDS
cmake --build --preset "$preset" --target "$@"
echo "build: build/$preset is up to date ($((SECONDS - started)) s)"
