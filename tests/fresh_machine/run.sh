#!/usr/bin/env bash
# Does what README.md tells a newcomer, on a Debian 12 that has nothing installed: makes a bare root
# in a folder, clones this checkout into it, and runs `make demo ARGS=--exit` and `make test` there.
# Usage: see tests/fresh_machine/README.md, or --help
set -euo pipefail

folder=""
keep=""
reuse=""
only_root=""
user=root
usage() {
  cat <<'TEXT'
usage: sudo tests/fresh_machine/run.sh [--folder DIR] [--keep] [--reuse] [--as-user] [--only-root]
  --folder DIR  where to make the root (a new folder below TMPDIR or /tmp when left out)
  --keep        leave the root there at the end
  --reuse       go on in the root that is in --folder, with what it has installed; keeps it
  --as-user     run as an ordinary user who has sudo, instead of as root
  --only-root   stop when the bare root is there and apt works in it
TEXT
}
fail() {
  echo "fresh_machine: $*" >&2
  exit 1
}
while (($#)); do
  case "$1" in
    --folder) folder="${2:?--folder needs a folder}"; shift ;;
    --keep) keep=1 ;;
    --reuse) reuse=1; keep=1 ;;
    --as-user) user=newcomer ;;
    --only-root) only_root=1 ;;
    --help) usage; exit 0 ;;
    *) usage >&2; exit 1 ;;
  esac
  shift
done

((EUID == 0)) || fail "making a root needs root; run it with sudo"
[[ -z "$reuse" || -n "$folder" ]] || fail "--reuse needs --folder"
checkout="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
suite=bookworm
[[ -n "$folder" ]] || folder="$(mktemp -d "${TMPDIR:-/tmp}/hustings-fresh-XXXXXX")"
mkdir -p "$folder"
folder="$(cd "$folder" && pwd)"
root="$folder/root"
home="/home/newcomer"

# The mounts live in a namespace of their own and end with it; what is left is a plain folder.
cleanup() {
  if [[ -n "$keep" ]]; then
    echo "fresh_machine: kept $root"
  else
    rm -rf --one-file-system "$root"
    rmdir "$folder" 2>/dev/null || true
  fi
}
trap cleanup EXIT
trap 'exit 130' INT TERM

# The host's sources where it runs the same Debian (a mirror of one's own), else Debian's.
sources() {
  if [[ "$(. /etc/os-release && echo "${VERSION_CODENAME:-}")" == "$suite" ]]; then
    for file in /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list; do
      if [[ -s "$file" ]]; then echo "$file"; return; fi
    done
  fi
  local file="$folder/debian.list"
  cat >"$file" <<TEXT
deb http://deb.debian.org/debian $suite main
deb http://deb.debian.org/debian $suite-updates main
deb http://deb.debian.org/debian-security $suite-security main
TEXT
  echo "$file"
}

make_root() {
  local list
  list="$(sources)"
  if command -v mmdebstrap >/dev/null; then
    mmdebstrap --quiet --variant=minbase "$suite" "$root" "$list"
  elif command -v debootstrap >/dev/null; then
    debootstrap --variant=minbase "$suite" "$root" >"$folder/debootstrap.log"
    rm -f "$root/etc/apt/sources.list"
  else
    fail "install mmdebstrap or debootstrap first"
  fi
  rm -f "$root"/etc/apt/sources.list.d/*
  cp "$list" "$root/etc/apt/sources.list.d/debian.${list##*.}"
  if [[ "$list" == */sources.list ]]; then
    mv "$root/etc/apt/sources.list.d/debian.list" "$root/etc/apt/sources.list"
  fi
}

# What a machine on this network has: name servers, apt's proxy, authorities of its own.
share_network() {
  cp --remove-destination /etc/resolv.conf "$root/etc/resolv.conf"
  printf '127.0.0.1 localhost %s\n::1 localhost\n' "$(uname -n)" >"$root/etc/hosts"
  apt-config dump | grep -E '^Acquire::(https?::Proxy|Check-(Date|Valid-Until))' \
    >"$root/etc/apt/apt.conf.d/90network" || true
  mkdir -p "$root/usr/local/share/ca-certificates"
  cp /usr/local/share/ca-certificates/*.crt "$root/usr/local/share/ca-certificates/" \
    2>/dev/null || true
}

environment=(PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 CI=true)
for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY; do
  if [[ -n "${!name:-}" ]]; then environment+=("$name=${!name}"); fi
done
if compgen -G '/usr/local/share/ca-certificates/*.crt' >/dev/null; then
  environment+=(NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt)
fi
if registry="$(npm config get registry 2>/dev/null)" && [[ "$registry" == http* ]]; then
  environment+=("npm_config_registry=$registry")
fi

# Runs a command of the shell in the root, as the given user, with no terminal.
inside() {
  local who="$1" where=/root
  if [[ "$who" != root ]]; then where="$home"; fi
  unshare --mount --pid --fork --kill-child --propagation private bash -c '
    set -e
    root="$1"; who="$2"; shift 2
    mount -t proc proc "$root/proc"
    mount --rbind /sys "$root/sys"
    mount --rbind /dev "$root/dev"
    exec chroot --userspec="$who" --groups="" "$root" "$@"
  ' inside "$root" "$who" env -i "${environment[@]}" HOME="$where" USER="$who" \
    bash -c "cd && $2" </dev/null
}

timed() {
  local words="$1" start=$SECONDS status=0
  shift
  "$@" || status=$?
  local end=ok
  if ((status)); then end="ended with $status"; fi
  report+=("$(printf '%-24s %5d s  %s' "$words" $((SECONDS - start)) "$end")")
  return "$status"
}
report=()

if [[ -z "$reuse" || ! -d "$root/etc" ]]; then
  timed "bare Debian 12" make_root
  share_network
fi
inside root "apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q install -y \
  --no-install-recommends make git ca-certificates >/dev/null && update-ca-certificates >/dev/null"
where=/root
if [[ "$user" != root ]]; then
  where="$home"
  inside root "id -u $user >/dev/null 2>&1 || { apt-get -q install -y --no-install-recommends sudo \
    >/dev/null && useradd --create-home --shell /bin/bash $user &&
    echo '$user ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/$user; }"
fi
if [[ -n "$only_root" ]]; then
  echo "fresh_machine: the bare root works"
  exit 0
fi

rm -rf --one-file-system "${root:?}$where/hustings"
clone="$root$where/hustings"
git -c safe.directory="$checkout" clone --quiet --no-hardlinks "file://$checkout" "$clone"
chown -R --reference="$root$where" "$clone"
if [[ -n "$(git -c safe.directory="$checkout" -C "$checkout" status --porcelain)" ]]; then
  echo "fresh_machine: the checkout has uncommitted changes; they are not in the clone" >&2
fi

status=0
timed "make demo ARGS=--exit" inside "$user" "cd hustings && make demo ARGS=--exit" || status=1
timed "make test" inside "$user" "cd hustings && make test" || status=1
printf '%s\n' "" "fresh_machine:" "${report[@]}"
exit "$status"
