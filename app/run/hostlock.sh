# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# The lock of an environment on a host: a directory that only one can make, and in it one file that
# is named by the run that holds it. A run takes over from another by renaming that file, which
# succeeds for one alone.
#
#   sh -c THIS gantry-lock MODE DIRECTORY WORKSPACE ENVIRONMENT RUN OTHER RECORD
#     look     says who holds it, or that it could be taken
#     take     takes it where it is free, or held by OTHER, whose run this one takes back
#     keep     the same for who holds it already; says so where somebody took it over meanwhile
#     seize    as take, and leaves a note for OTHER
#     release  gives it back, where it is held
# The first line of the answer: "free", "held" (by RUN), "taken", "passed" (from OTHER),
# "other RUN", "lost RUN" or "cannot WORDS"; the second, of "other" and "lost", is the record.
set -u
LC_ALL=C
mode=$1 directory=$2 workspace=$3 environment=$4 run=$5 other=$6 record=$7
say() {
    printf '%s\n' "$1"
    exit 0
}
for name in "$workspace" "$environment" "$run" "${other:-none}"; do
    case $name in '' | .* | */*) say 'cannot A name of the lock is not one of a file.' ;; esac
done
if [ -z "$directory" ]; then
    [ -n "${HOME:-}" ] || say 'cannot There is no home directory.'
    directory=$HOME/.local/state/gantry/locks
    umask 077
else
    umask 002 # it is for a team
fi
folder=$directory/$workspace
lock=$folder/$environment
mine=$lock/$run
fresh=$folder/$environment.new.$run
note=$folder/$environment.taken.$run
nl='
'
find_holder() {
    holder=
    for file in "$lock"/*; do
        [ -e "$file" ] || continue
        holder=${file##*/}
        [ "$holder" = "$1" ] || return 0
    done
}
tell() {
    line=
    { IFS= read -r line <"$2"; } 2>/dev/null || :
    printf '%s\n%s\n' "$1" "$line"
    exit 0
}
prepare() {
    problem=$(mkdir -p "$folder" 2>&1) || say "cannot ${problem%%"$nl"*}"
    problem=$({ printf '%s\n' "$record" >"$fresh"; } 2>&1) || say "cannot ${problem%%"$nl"*}"
}
# What was mine before is not told again.
have() {
    rm -f "$note"
    say "$1"
}
take() {
    prepare
    tries=0
    while [ "$tries" -lt 5 ]; do
        tries=$((tries + 1))
        if mkdir "$lock" 2>/dev/null; then
            mv -f "$fresh" "$mine"
            find_holder "$run"
            [ "$holder" = "$run" ] && have taken
            rm -f "$mine" # both thought that nobody was there: neither has it
            tell "other $holder" "$lock/$holder"
        fi
        find_holder "$run"
        if [ "$holder" = "$run" ]; then
            mv -f "$fresh" "$mine"
            have held
        elif [ -z "$holder" ]; then
            [ -d "$lock" ] || continue
            sleep 1 # it is being made, or who made it died over that
            [ "$tries" -lt 3 ] || rmdir "$lock" 2>/dev/null || :
        elif [ "$holder" != "$other" ]; then
            rm -f "$fresh"
            tell "other $holder" "$lock/$holder"
        elif mv "$lock/$other" "$mine" 2>/dev/null; then
            [ "$mode" != seize ] || printf '%s\n' "$record" >"$folder/$environment.taken.$other"
            mv -f "$fresh" "$mine"
            have passed
        fi
    done
    problem=$(mkdir "$lock" 2>&1 && rmdir "$lock")
    rm -f "$fresh"
    say "cannot ${problem:-The lock changes hands all the time.}"
}

case $mode in
look)
    find_holder "$run"
    if [ "$holder" = "$run" ]; then say held; fi
    if [ -d "$lock" ]; then tell "other $holder" "$lock/$holder"; fi
    while [ ! -e "$folder" ]; do folder=${folder%/*}; done
    [ -n "$folder" ] || folder=/
    if [ ! -d "$folder" ] || [ ! -w "$folder" ]; then say "cannot $folder cannot be written."; fi
    say free
    ;;
keep)
    find_holder "$run"
    [ "$holder" != "$run" ] || say held
    if [ -e "$note" ]; then tell "lost $holder" "$note"; fi
    if [ -n "$holder" ]; then tell "lost $holder" "$lock/$holder"; fi
    take
    ;;
take | seize) take ;;
release)
    problem=$(rm -f "$mine" "$note" "$fresh" 2>&1) || say "cannot ${problem%%"$nl"*}"
    rmdir "$lock" 2>/dev/null || :
    say free
    ;;
*) say 'cannot This is not asked of a lock.' ;;
esac
