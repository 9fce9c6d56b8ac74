# Sourced, with `here` (the folder of requirements.txt), `home` (where the packages go) and `what` (what is checked) set: makes
# $home/bin/python with the packages, once. Without Python or PyPI nothing is checked, and that is said.
skip() { printf '\n*** NOT CHECKED: %s: %s\n\n' "$what" "$1"; exit 0; }

command -v python3 >/dev/null || skip "python3 is not there"
if ! cmp -s "$here/requirements.txt" "$home/installed.txt"; then
    rm -rf "$home"
    python3 -m venv "$home" || skip "python3 has no venv"
    "$home/bin/pip" install --quiet --disable-pip-version-check --only-binary :all: -r "$here/requirements.txt" ||
        skip "the packages of $here/requirements.txt cannot be installed from PyPI"
    cp "$here/requirements.txt" "$home/installed.txt"
fi
