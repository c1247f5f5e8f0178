#!/bin/sh
# Makes .venv hold what a lock says, no more and no less: setup.sh LOCK-OF-UV LOCK
#
# uv installs. Where there is none, pip brings the one that LOCK-OF-UV names.
set -eu

python=${PYTHON:-python3}
there=.venv/bin/python
uv=${UV:-$(command -v uv || true)}

stop() {
    printf '%s\n' "$@" >&2
    exit 2
}

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
    stop "Python 3.11 or newer is needed, and \`$python\` is older or not there." \
        "Name another one: make setup PYTHON=python3.12"

# A Python that was removed or replaced leaves an environment that does not start.
"$there" -c '' 2>/dev/null || "$python" -m venv --clear --without-pip .venv

echo "The packages of $2 are installed into .venv; the first time that takes a minute ..."
if [ -z "$uv" ]; then
    # A pip that is there spares the seconds that installing one takes.
    if "$python" -c 'import pip' 2>/dev/null; then
        set -- "$1" "$2" "$python" -m pip --python "$there"
    elif "$there" -m ensurepip >/dev/null 2>&1; then
        set -- "$1" "$2" "$there" -m pip
    else
        stop "\`$python\` comes without pip. On Debian: apt-get install python3-venv"
    fi
    lock=$1 packages=$2
    shift 2
    "$@" install --quiet --disable-pip-version-check --require-hashes --requirement "$lock"
    set -- "$lock" "$packages"
    uv=.venv/bin/uv
fi

"$uv" pip sync --quiet --python "$there" --require-hashes "$2"
