#!/bin/sh
# Reads the pages of `annals serve` in a browser: `run.sh ANNALS INPUT… [--screens FOLDER]`. What drives the browser is installed
# once, from npm, into target/browser. Without Chromium, Node or npm nothing is checked, and that is said.
here=$(cd "$(dirname "$0")" && pwd)
home=$here/../../../target/browser
skip() { printf '\n*** NOT CHECKED: pages in a browser: %s\n\n' "$1"; exit 0; }

for browser in "$CHROMIUM" chromium chromium-browser google-chrome; do
    CHROMIUM=$(command -v "$browser" 2>/dev/null) && [ -n "$CHROMIUM" ] && break
done
[ -n "$CHROMIUM" ] || skip "chromium is not there (set CHROMIUM to where it is)"
command -v node >/dev/null || skip "node is not there"
command -v npm >/dev/null || skip "npm is not there"
if ! cmp -s "$here/package.json" "$home/installed.json"; then
    mkdir -p "$home"
    cp "$here/package.json" "$home/package.json"
    (cd "$home" && npm install --silent --no-audit --no-fund --ignore-scripts) ||
        skip "the packages of $here/package.json cannot be installed from npm"
    cp "$here/package.json" "$home/installed.json"
fi
export CHROMIUM BROWSER_HOME="$home"
exec node "$here/test.mjs" "$@"
