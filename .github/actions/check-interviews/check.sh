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
git -c core.fsmonitor=false -c core.hooksPath=/dev/null diff --no-ext-diff --no-textconv --no-renames --name-only -z "$base"...HEAD -- raw >"$out/changed"
python -m onrecord.review.changed <"$out/changed" >"$out/paths"
python -m onrecord.review.changed --files <"$out/changed" | head -z -n 200 >"$out/texts" || true # pages for people, not for all of a corpus
if [ ! -s "$out/paths" ]; then
  echo "No interview is changed." | tee "$out/summary.md"
  exit 0
fi
status=0
xargs -0 python -m onrecord check --format github <"$out/paths" || status=1
xargs -0 python -m onrecord check --format text <"$out/paths" >"$out/findings.txt" 2>&1 || true
: >"$out/summary.md"
if [ -s "$out/texts" ]; then # whoever sees the artefact sees the contribution, so rights to publish do not matter here
  xargs -0 python -m onrecord review --any-rights --static "$out/pages" <"$out/texts" >/dev/null
  mv "$out/pages/summary.md" "$out/summary.md"
fi
[ "$status" = 0 ] && verdict="onrecord check accepts it." || verdict="onrecord check does not accept it yet."
printf '\n%s\n' "$verdict" | tee -a "$out/summary.md"
exit "$status"
