#!/usr/bin/env bash
# Refuses C++ sources that clang-format-19 would write another way; `--fix` writes them that way.
# Usage: tools/check_format.sh [--fix] [FOLDER, this checkout when left out]
set -euo pipefail

fix=""
if [[ "${1:-}" == --fix ]]; then
  fix=1
  shift
fi
cd "${1:-$(dirname "${BASH_SOURCE[0]}")/..}"

folders=()
for folder in src tests bench tools examples; do
  if [[ -d "$folder" ]]; then folders+=("$folder"); fi
done
mapfile -d '' -t files < <(
  find "${folders[@]}" \( -name node_modules -o -name build \) -prune -o \
    -type f \( -name '*.h' -o -name '*.cpp' \) -print0 | sort -z)
((${#files[@]})) || exit 0

if [[ -n "$fix" ]]; then
  clang-format-19 -i "${files[@]}"
  exit 0
fi
if ! out="$(clang-format-19 --dry-run --Werror "${files[@]}" 2>&1)"; then
  # A line for each file: where it first differs.
  grep -E ':[0-9]+:[0-9]+: ' <<<"$out" |
    awk -F: '!seen[$1]++ { print $1 ":" $2 ": not formatted; run make format" }' >&2
  echo "check_format: to mend, run make format" >&2
  exit 1
fi
echo "check_format: ${#files[@]} files in order"
