# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# Says how much room there is: in the home directory, and where the runtime keeps its containers.
#
#   sh -c THIS gantry RUNTIME SUDO   RUNTIME may be empty: there is none to ask
# A line "home KILOBYTES" and "containers KILOBYTES" each, or "home problem WORDS".
set -u
LC_ALL=C
runtime=$1 sudo=$2
nl='
'
room() {
    said=$(df -Pk "$2" 2>&1) || {
        printf '%s problem %s\n' "$1" "${said%%"$nl"*}"
        return
    }
    # shellcheck disable=SC2086 # fields of the last line
    set -- "$1" ${said##*"$nl"}
    case ${5:-} in
    '' | *[!0-9]*) printf '%s problem df does not say it.\n' "$1" ;;
    *) printf '%s %s\n' "$1" "$5" ;;
    esac
}
run() { if [ "$sudo" = yes ]; then sudo -n "$@"; else "$@"; fi }
set -f
room home "${HOME:-/}"
case $runtime in
'') exit 0 ;;
*podman*) format='{{.Store.GraphRoot}}' ;;
*) format='{{.DockerRootDir}}' ;;
esac
root=$(run "$runtime" info --format "$format" 2>&1)
case $root in
/*) room containers "$root" ;;
*) printf 'containers problem %s does not say where. %s\n' "$runtime" "${root%%"$nl"*}" ;;
esac
