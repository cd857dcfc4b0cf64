# SPDX-License-Identifier: GPL-3.0-or-later
# The beginning of every session wrapper: waits on descriptor 4 for the order to run a command, and
# claims it. The process that will run the command makes the claim; there is no moment in between.
# The supervisor hears on descriptor 8 which attempt it is before it is claimed.
#
# The order is shell text: an assignment of the token, a call of __gantry_take whose last argument is
# the token again, and "return" before the token as a comment: what arrives cut short does nothing.
# Answers go to descriptor 7, each behind the token.

__gantry_take() { # NONCE ATTEMPT PREVIOUS OPTIONS FOLDER GIVEN SECRET SCRIPT TOKEN
    [ "${9-}" = "$__gantry_token" ] || return
    __gantry_nonce=$1    # of the run's directory that is meant
    __gantry_attempt=$2  # the name of the claim
    __gantry_previous=$3 # the attempt whose session is gone on from, or -
    __gantry_options=$4  # e errexit, s secrets, k known ones
    __gantry_folder=$5   # the first directory
    __gantry_given=$6    # shell text: what is exported
    __gantry_secret=$7   # shell text: secrets, or the known ones
    __gantry_script=$8   # the command
}

__gantry_say() { printf '%s %s\n' "$__gantry_token" "$*" >&7; }

__gantry_hear() { # carries the order out as far as it comes
    # dash and ash run a file's lines as they come, a block at a time. Others would wait for its end,
    # and what is no pipe cannot be opened anew: then it is read byte by byte.
    if [ -z "${BASH_VERSION-}${ZSH_VERSION-}" ] && [ -p /proc/self/fd/4 ]; then
        # shellcheck source=/dev/null
        . /proc/self/fd/4
        return
    fi
    IFS= read -r __gantry_text <&4
    __gantry_token=${__gantry_text#*=}
    while IFS= read -r __gantry_line <&4; do
        [ "$__gantry_line" != "return # $__gantry_token" ] || break
        __gantry_text="$__gantry_text
$__gantry_line"
    done
    eval "$__gantry_text"
}

# Returns where the claim is ours, with __gantry_record, __gantry_own (the session that the command
# leaves) and __gantry_from (the one that it goes on from, or -); else ends.
__gantry_await() { # SLOT CLAIM FILE LEADER: where the command is written to, or empty; this shell's
    # number and start, where they are known
    [ -z "${ZSH_VERSION-}" ] || emulate -L sh
    if [ "${4%% *}" != $$ ]; then
        IFS= read -r __gantry_line </proc/$$/stat
        set -f
        # shellcheck disable=SC2086
        set -- "$1" "$2" "$3" ${__gantry_line##*) }
        set +f
        set -- "$1" "$2" "$3" "$$ ${23}"
    fi
    __gantry_token= __gantry_attempt=
    __gantry_hear
    [ "$__gantry_attempt" ] || exit 0
    __gantry_run=${1%/*}
    [ -e "$__gantry_run/id-$__gantry_nonce" ] || { __gantry_say norun; exit 0; }
    kill -0 "${2%% *}" || exit 0 # nobody would record how it ends
    case $__gantry_folder in "~" | "~/"*) __gantry_folder=${HOME:-}/${__gantry_folder#"~"} ;; esac
    __gantry_from=- __gantry_own=$__gantry_run/left-$__gantry_attempt
    [ "$__gantry_previous" = - ] || __gantry_from=$__gantry_run/left-$__gantry_previous
    trap '' PIPE # a console that has gone takes nobody along
    [ -z "$3" ] || printf '%s\n' "$__gantry_script" >"$3" ||
        { __gantry_say nospace "$__gantry_run"; exit 0; }
    printf '%s\n' "$__gantry_attempt" >&8
    __gantry_claim "$2 $4" || exit 0
    printf 'claimed\n' >&8
    printf '%s\n' "$__gantry_attempt" >&3 # where there is a time limit
    __gantry_say started "${1##*/}"
    trap - PIPE
    [ -z "$3" ] || unset __gantry_script
    unset __gantry_token __gantry_nonce __gantry_attempt __gantry_previous \
        __gantry_run __gantry_id __gantry_line __gantry_text
} 2>/dev/null

__gantry_claim() { # exactly one wins: the claim is made by an exclusive create
    __gantry_record=$__gantry_run/a-$__gantry_attempt __gantry_id=
    set -C
    { __gantry_id=made; printf 'run %s end\n' "$1" || __gantry_id=full; } >"$__gantry_record"
    set +C
    case $__gantry_id in
    made) return 0 ;;
    full) rm -f "$__gantry_record" ;; # ours, and nothing has started
    *) [ ! -e "$__gantry_record" ] || { __gantry_say taken; return 1; } ;;
    esac
    __gantry_say nospace "$__gantry_run"
    return 1
}

