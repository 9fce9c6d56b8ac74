#!/bin/sh
# Has programs of others ask the local server: `run.sh ANNALS INPUT…`. They are installed once, from PyPI, into
# target/web-tests.
here=$(dirname "$0")
home=$here/../../../target/web-tests
what="the local server asked by other programs"
. "$here/../python.sh"
exec "$home/bin/python" "$here/ask.py" "$@"
