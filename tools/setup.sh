#!/usr/bin/env bash
# Installs what the named groups of tools/packages.txt need: setup.sh build [test] [lint]. Quiet when nothing is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

missing() {
  local package
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || echo "$package"
  done
}

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

packages=()
for group in "$@"; do
  mapfile -t -O "${#packages[@]}" packages < <(awk -v g="$group" '$1 == g {print $2}' tools/packages.txt)
done
mapfile -t wanted < <(missing "${packages[@]}")
if [ ${#wanted[@]} -gt 0 ]; then
  echo "setup: installing ${#wanted[@]} packages: ${wanted[*]}"
  log=$(mktemp)
  if ! { as_root apt-get update -q &&
         as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${wanted[@]}"; } >"$log" 2>&1; then
    cat "$log" >&2
    echo "setup: apt-get failed; aitf builds on Debian 12 with the main archive" >&2
    exit 3
  fi
  rm -f "$log"
fi

if [[ " $* " == *" test "* ]] && ! cmp -s tests/requirements.txt build/venv/installed.txt; then
  echo "setup: making the Python environment build/venv from tests/requirements.txt"
  mkdir -p build
  python3 -m venv build/venv
  build/venv/bin/pip install --quiet --disable-pip-version-check -r tests/requirements.txt
  cp tests/requirements.txt build/venv/installed.txt
fi
