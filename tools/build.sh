#!/usr/bin/env bash
# build.sh PRESET TARGET…: configures build/PRESET when needed and builds. Prints one line when nothing was to do.
set -euo pipefail
cd "$(dirname "$0")/.."
preset=$1
shift
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
if [ ! -f "build/$preset/build.ninja" ]; then
  echo "build: configuring build/$preset"
  mkdir -p build
  cmake --preset "$preset" >"build/$preset.log" 2>&1 || { cat "build/$preset.log" >&2; exit 1; }
fi
started=$SECONDS
cmake --build --preset "$preset" --target "$@"
echo "build: build/$preset is up to date ($((SECONDS - started)) s)"
