#!/bin/sh
# Installs the engines that bench_segments is compared with into build/peers, in exactly the versions
# of package.json. Called by `make bench`; without network the benchmark says that they are missing.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target="${1:-$here/../../build/peers}"
mkdir -p "$target"
cmp -s "$here/package.json" "$target/installed.json" && exit 0
cp "$here/package.json" "$target/package.json"
(cd "$target" && npm install --no-audit --no-fund --no-package-lock --ignore-scripts)
cp "$here/package.json" "$target/installed.json"
