#!/usr/bin/env bash
# Installs the Debian packages that building, testing or measuring Hustings needs and that are not
# there yet. Says what it will install, and asks before anything would be removed.
# Usage: tools/setup.sh [build|test|bench]
set -euo pipefail

list="$(dirname "${BASH_SOURCE[0]}")/packages.txt"
part="${1:-build}"
case "$part" in
  build) sections=" build run " ;;
  test) sections=" build run test " ;;
  bench) sections=" build run bench " ;;
  *) echo "usage: tools/setup.sh [build|test|bench]" >&2; exit 1 ;;
esac

fail() {
  echo "setup: $*" >&2
  exit 1
}

# The packages of the wanted sections, one a line.
wanted() {
  local line section=""
  while IFS= read -r line; do
    line="${line%%#*}"
    line="${line//[[:space:]]/}"
    case "$line" in
      "") ;;
      "["*"]") section="${line:1:-1}" ;;
      *) if [[ "$sections" == *" $section "* ]]; then echo "$line"; fi ;;
    esac
  done <"$list"
}

# Another vendor's node cannot be installed beside Debian's npm, and need not be replaced.
node_is_there() {
  command -v npm >/dev/null || return 1
  local version
  version="$(node --version 2>/dev/null)" || return 1
  version="${version#v}"
  [[ "${version%%.*}" =~ ^[0-9]+$ ]] && ((${version%%.*} >= 18))
}

for tool in dpkg-query apt-get; do
  command -v "$tool" >/dev/null ||
    fail "this is not Debian ($tool is missing); install what tools/packages.txt names otherwise"
done

mapfile -t packages < <(wanted)
format='${db:Status-Status} ${Package}\n'
installed="$(dpkg-query -W -f "$format" "${packages[@]}" 2>/dev/null || true)"
missing=()
for package in "${packages[@]}"; do
  grep -qxF "installed $package" <<<"$installed" || missing+=("$package")
done
if [[ " ${missing[*]:-} " =~ \ (nodejs|npm)\  ]] && node_is_there; then
  kept=()
  for package in "${missing[@]}"; do
    [[ "$package" == nodejs || "$package" == npm ]] || kept+=("$package")
  done
  missing=("${kept[@]}")
fi
((${#missing[@]})) || exit 0

echo "Hustings needs these Debian packages to $part, and will install them: ${missing[*]}"
as_root=()
if ((EUID != 0)); then
  command -v sudo >/dev/null ||
    fail "installing packages needs root, and there is no sudo; run tools/setup.sh $part as root"
  as_root=(sudo)
fi
apt() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=120 "$@"
}

apt update || fail "apt-get update failed (see above)"
if ! plan="$("${as_root[@]}" apt-get -s --no-install-recommends install "${missing[@]}" 2>&1)"; then
  echo "$plan" | grep '^E:' >&2 || true
  fail "apt cannot install them from its sources; Hustings is built on Debian 12 (bookworm)"
fi
removed="$(awk '$1 == "Remv" { printf " %s", $2 }' <<<"$plan")"
if [[ -n "$removed" && "${HUSTINGS_SETUP_YES:-}" != 1 ]]; then
  if [[ ! -t 0 ]]; then
    echo "setup: installing them would remove$removed; set HUSTINGS_SETUP_YES=1 to allow that" >&2
    exit 2
  fi
  read -r -p "Installing them would remove$removed. Go on? [y/N] " answer
  [[ "$answer" == [yY]* ]] || { echo "setup: nothing was changed" >&2; exit 2; }
fi

# Debian makes and starts a server of its own with the package; ours runs in its own folder, so
# that is switched off while the package is installed, and only then.
switch=/etc/postgresql-common/createcluster.d/hustings-setup.conf
if [[ " ${missing[*]} " == *" postgresql-15 "* ]]; then
  trap '"${as_root[@]}" rm -f "$switch"' EXIT
  "${as_root[@]}" mkdir -p "$(dirname "$switch")"
  echo "create_main_cluster = false" | "${as_root[@]}" tee "$switch" >/dev/null
fi
consent=(--no-remove)
if [[ -n "$removed" ]]; then consent=(); fi
apt install -y --no-install-recommends "${consent[@]}" "${missing[@]}" ||
  fail "apt-get install failed (see above)"
