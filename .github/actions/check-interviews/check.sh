#!/usr/bin/env bash
# Check the interviews that a contribution changes, and write pages and a summary for the reviewer.
#   check.sh FOLDER BASE OUT      FOLDER: the contribution's work tree; BASE: the commit it is compared with
# The contribution is data. It is read by the onrecord that is installed; nothing in FOLDER is run or imported.
set -euo pipefail
folder=$(cd "$1" && pwd) base=$2
mkdir -p "$3"
out=$(cd "$3" && pwd)
export PYTHONSAFEPATH=1 # a module named like one of ours in FOLDER is not imported
cd "$folder"
python -m onrecord.changed "$base" >"$out/changed"
head -z -n 200 "$out/changed" >"$out/texts" # pages for people, not for all of a corpus

# What was published last is what the base branch holds, whatever the contribution says.
last="$out/last" against=()
mkdir -p "$last"
if git -c core.fsmonitor=false archive "$base" processed 2>/dev/null | tar -x -C "$last" 2>/dev/null; then
  against=(--against "$last/processed")
fi

status=0
python -m onrecord check raw --changed="$base" "${against[@]}" --format github || status=1
python -m onrecord check raw --changed="$base" "${against[@]}" >"$out/findings.txt" 2>&1 || true
rm -rf "$last"
: >"$out/summary.md"
if [ -s "$out/texts" ]; then # whoever sees the artefact sees the contribution, so rights to publish do not matter here
  xargs -0 python -m onrecord review --any-rights --static "$out/pages" <"$out/texts" >/dev/null
  mv "$out/pages/summary.md" "$out/summary.md"
fi
[ "$status" = 0 ] && verdict="onrecord check accepts it." || verdict="onrecord check does not accept it yet."
[ -s "$out/changed" ] || [ "$status" != 0 ] || verdict="No interview is changed."
printf '\n%s\n' "$verdict" | tee -a "$out/summary.md"
exit "$status"
