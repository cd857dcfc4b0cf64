# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# Sourced by the stand-ins: a private folder that says which services run, and at which release.

state=${XDG_RUNTIME_DIR:-${TMPDIR:-/tmp}}/voxbento-example-$(id -u)
mkdir -p -m 700 "$state"
if [ -L "$state" ] || [ ! -O "$state" ]; then
    echo "$0: $state belongs to somebody else" >&2
    exit 1
fi

read_state() { cat "$state/$1" 2>/dev/null || printf '%s\n' "$2"; }
write_state() { printf '%s\n' "$2" >"$state/$1"; }
is_up() { [ -e "$state/up-$1" ]; }
