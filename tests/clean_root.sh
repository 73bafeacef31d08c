#!/usr/bin/env bash
# Follows the README in a fresh Debian 12 root with only make and git: `make demo` twice, then `make test`.
# As root, with mmdebstrap. The archive is the machine's own; pip's settings come along where the machine has some.
#   AITF_ROOT  where the root is made (default build/clean-root); left there for a look
#   AITF_ONLY  demo: leave `make test` out
set -euo pipefail
cd "$(dirname "$0")/.."
root=$(realpath -m "${AITF_ROOT:-build/clean-root}")
mirror=$(awk '/^URIs:/ {print $2; exit} /^deb / {for (i = 2; i <= NF; i++) if ($i ~ /^http/) {print $i; exit}}' \
  /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2>/dev/null)

umount_all() { for m in dev/shm proc; do mountpoint -q "$root/$m" && umount "$root/$m"; done; true; }
trap umount_all EXIT
umount_all
rm -rf "$root"
mkdir -p "$(dirname "$root")"
echo "clean-root: making a Debian 12 root in $root"
mmdebstrap --quiet --variant=minbase --include=ca-certificates,make,git bookworm "$root" "$mirror"
# What lets this machine reach its package sources: proxies, certificates, pip's index.
for file in /etc/apt/apt.conf.d/* /etc/pip.conf /etc/ssl/certs/ca-certificates.crt; do
  if [ -f "$file" ]; then cat "$file" >"$root$file"; fi
done
cp /etc/resolv.conf /etc/hosts "$root/etc/"
if [ -e /root/.config/pip ] || [ -e /root/.pip ]; then
  mkdir -p "$root/root/.config" && cp -rL /root/.config/pip "$root/root/.config/" 2>/dev/null || cp -rL /root/.pip "$root/root/"
fi
mount -t proc proc "$root/proc"
mkdir -p "$root/dev/shm" && mount -t tmpfs tmpfs "$root/dev/shm"
git clone --quiet . "$root/root/aitf"

inside() {
  env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 $(env | grep -iE '^(https?_proxy|no_proxy|pip_[a-z_]+|ssl_cert_[a-z]+)=' || true) \
    chroot "$root" bash -c "cd /root/aitf && $*"
}
for command in "make demo" "make demo" $([ "${AITF_ONLY:-}" = demo ] || echo "make_test"); do
  started=$SECONDS
  inside "${command/_/ }"
  echo "clean-root: '${command/_/ }' took $((SECONDS - started)) s"
done
