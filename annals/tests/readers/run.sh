#!/bin/sh
# Has programs of others read every export: `run.sh ANNALS INPUT…`. They are installed once, from PyPI, into target/readers.
here=$(dirname "$0")
home=$here/../../../target/readers
what="exports read by other programs"
. "$here/../python.sh"
exec "$home/bin/python" "$here/read.py" "$@"
