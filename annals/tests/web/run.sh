#!/bin/sh
# Has programs of others ask the local server: `run.sh ANNALS INPUT…`. They are installed once, from PyPI, into
# target/web-tests. Without Python or PyPI nothing is checked, and that is said.
here=$(dirname "$0")
home=$here/../../../target/web-tests
skip() { printf '\n*** NOT CHECKED: the local server asked by other programs: %s\n\n' "$1"; exit 0; }

command -v python3 >/dev/null || skip "python3 is not there"
if ! cmp -s "$here/requirements.txt" "$home/installed.txt"; then
    rm -rf "$home"
    python3 -m venv "$home" || skip "python3 has no venv"
    "$home/bin/pip" install --quiet --disable-pip-version-check --only-binary :all: -r "$here/requirements.txt" ||
        skip "the packages of $here/requirements.txt cannot be installed from PyPI"
    cp "$here/requirements.txt" "$home/installed.txt"
fi
exec "$home/bin/python" "$here/ask.py" "$@"
