#!/usr/bin/env bash
# Opens the report of a finished set in a browser, at three widths, in light and in dark, and holds it to what
# check.mjs says; then the same for a set made up to be hard to show (hostile.mjs).
#
#     tests/report/check.sh SET
#
# Needs Chromium, Node.js with npm, and the npm registry. What is not there is named, and the check is left out.
# GRISTMILL names the program, CHROMIUM the browser.
set -euo pipefail
set_folder="$(cd "${1:?name the folder of a finished set}" && pwd)"
here="$(cd "$(dirname "$0")" && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

left_out() { echo "the report was not looked at in a browser: $1"; exit 0; }

find_browser() {
  local name
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
    if [ -n "$name" ] && command -v "$name"; then return 0; fi
  done
  return 1
}

if ! browser="$(find_browser)" && [ "${CI:-}" = true ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  { timeout 120 apt-get update -qq && timeout 240 apt-get install -y -qq --no-install-recommends chromium; } \
    >"$work/apt.log" 2>&1 || true
fi
browser="$(find_browser)" || left_out "there is no Chromium"
command -v node >/dev/null && command -v npm >/dev/null || left_out "there is no Node.js with npm"
timeout 120 npm install --prefix "$work" --no-save --no-audit --no-fund --silent playwright-core@1.65.1 >"$work/npm.log" 2>&1 \
  || left_out "playwright-core could not be installed"

hard="$work/hard"
node "$here/hostile.mjs" "$set_folder" "$hard"
read -r -a program <<<"${GRISTMILL:-cargo run --release --quiet --}"
(cd "$here/../.." && "${program[@]}" card "$hard" >/dev/null)
CHROMIUM="$browser" PLAYWRIGHT="$work/" node "$here/check.mjs" "$set_folder" "$hard"
