# SPDX-License-Identifier: GPL-3.0-or-later
# Runs one script in the session of its run, in POSIX sh: restores what the step before left, and
# saves what this one leaves. Sourced behind order.sh, with: $1 this file, $2 the slot, $3 what its
# claim says, $4 names of the first environment, $5 sh, or an interpreter for the script, $6 this
# shell's number and start, where they are known.
#
# A session, for the wrappers of all shells; whole where it sets __gantry_whole:
#   left-ATTEMPT       first a line with __gantry_base, whose variables stand (of a step that received
#                      secrets or typed input that is an earlier session), and __gantry_root, whose
#                      bash state does; then __gantry_enter for the working directory, umask and
#                      OLDPWD; then, where sh left it, every variable as POSIX assignments
#   left-ATTEMPT.vars  the variables, where another shell left it
#   left-ATTEMPT.bash  what only bash has (arrays, attributes, functions)
# A variable whose value holds a known secret (option k) is not saved. The values wait for that in
# a variable of their own, spelled in octal: no dump of variables shows them.
if [ -n "${BASH_VERSION-}" ]; then
    . "${1%.sh}.bash"
    return
fi

__gantry_refuse() {
    printf '%s\n' "$*" >"$__gantry_own.norun"
    __gantry_over=1
    exit 125
}

__gantry_quote() { # TEXT: __gantry_text is it as one word
    __gantry_text= __gantry_rest=$1
    while :; do
        case $__gantry_rest in
        *\'*)
            __gantry_text="$__gantry_text${__gantry_rest%%\'*}'\\''"
            __gantry_rest=${__gantry_rest#*\'} ;;
        *) break ;;
        esac
    done
    __gantry_text="'$__gantry_text$__gantry_rest'"
}

__gantry_restore() { # SESSION: resolves __gantry_base and __gantry_root
    [ -e "$1" ] || __gantry_refuse "the step before left no session to go on from"
    . "$1"
    [ ! -e "$__gantry_base.vars" ] || . "$__gantry_base.vars"
    if [ "$__gantry_base" != "$1" ]; then
        # Its variables stand, and nothing else of it.
        [ ! -e "$__gantry_base" ] || . "$__gantry_base"
        __gantry_whole=
        . "$1"
    fi
    [ -n "$__gantry_whole" ] || __gantry_refuse "the step before left no session to go on from"
    __gantry_enter
    unset -f __gantry_enter
}

__gantry_trap() { # keeps the script's own EXIT trap beside ours
    read -r __gantry_text __gantry_rest </proc/self/stat
    if [ "$__gantry_text" != $$ ] || [ $# -lt 2 ]; then
        \trap "$@"
        return
    fi
    [ "$1" != -- ] || shift
    __gantry_text=$1
    shift
    for __gantry_rest; do
        case $__gantry_rest in
        0 | EXIT) if [ "$__gantry_text" = - ]; then __gantry_exit=; else __gantry_exit=$__gantry_text; fi ;;
        *) \trap -- "$__gantry_text" "$__gantry_rest" ;;
        esac
    done
}

__gantry_save() { # SESSION RECORD BASE ROOT OPTIONS NAMES: our own names are out of the way when it is
    # written
    set -- "$1" "$2" "$3" "$4" "$5" "$6" "${__gantry_left-}"
    unset __gantry_slot __gantry_base __gantry_root __gantry_options __gantry_names __gantry_kind \
        __gantry_over __gantry_text __gantry_rest __gantry_ready __gantry_known __gantry_ifs \
        __gantry_left __gantry_from __gantry_own __gantry_record __gantry_file __gantry_folder \
        __gantry_whole PPID LINENO
    {
        case $5 in *s*) __gantry_quote "$3" ;; *) __gantry_quote "$1" ;; esac
        printf '__gantry_base=%s ' "$__gantry_text"
        __gantry_quote "$4"
        printf '__gantry_root=%s\n' "$__gantry_text"
        __gantry_quote "$PWD"
        printf '__gantry_enter() {\ncommand cd -- %s || __gantry_refuse "%s": %s\n' "$__gantry_text" \
            "the directory of the step before cannot be entered" "$__gantry_text"
        [ -z "${OLDPWD-}" ] || { __gantry_quote "$OLDPWD"; printf 'OLDPWD=%s\n' "$__gantry_text"; }
        printf 'umask ' && umask && printf '}\n'
        unset __gantry_text __gantry_rest
        case $5 in
        *s*) ;;
        *)
            { set && export -p && readonly -p; } || return 1
            unset IFS
            for __gantry_text in $6; do
                case $7 in *" $__gantry_text "*) continue ;; esac # not the step's doing
                eval "[ \"\${$__gantry_text+x}\" ]" || printf 'unset %s\n' "$__gantry_text"
            done ;;
        esac
        printf '__gantry_whole=1\n'
    } >"$1" && printf 'saved end\n' >>"$2"
}

__gantry_forget() { # unsets every variable that holds a known secret; false where it cannot
    __gantry_left= __gantry_ifs=${IFS-unset} IFS=' 
'
    set -f
    for __gantry_known in $__gantry_known; do
        __gantry_known=$(printf '%b.' "$__gantry_known")
        for __gantry_text in $(set); do
            __gantry_text=${__gantry_text%%=*}
            case $__gantry_text in '' | [0-9]* | *[!A-Za-z0-9_]* | __gantry_*) continue ;; esac
            eval "__gantry_rest=\${$__gantry_text-}"
            case $__gantry_rest in
            *"${__gantry_known%.}"*)
                # A read-only one would end this shell: then no variable is saved.
                (unset "$__gantry_text") 2>/dev/null || return 1
                unset "$__gantry_text"
                __gantry_left="$__gantry_left $__gantry_text " ;;
            esac
        done
    done
    set +f
    if [ "$__gantry_ifs" = unset ]; then unset IFS; else IFS=$__gantry_ifs; fi
}

__gantry_leave() { # RC
    set +euxvCf
    # What somebody typed may be a secret, in whatever variable it went on to.
    [ ! -e "$__gantry_slot.in.1" ] || __gantry_options=${__gantry_options}s
    case $__gantry_options in
    *s*) ;;
    *k*) __gantry_forget || __gantry_options=${__gantry_options}s ;;
    esac
    if [ -z "$__gantry_over" ]; then
        __gantry_over=1
        if [ -n "$__gantry_ready" ]; then
            __gantry_save "$__gantry_own" "$__gantry_record" "$__gantry_base" "$__gantry_root" \
                "$__gantry_options" "$__gantry_names"
        else
            printf 'the session of the step before cannot be restored\n' >"$__gantry_own.norun"
        fi
    fi
    return "$1"
}

__gantry_slot=$2 __gantry_names=$4 __gantry_kind=$5 __gantry_file=
[ "$5" = sh ] || __gantry_file=$2.script
__gantry_await "$2" "$3" "$__gantry_file" "${6-}"
exec 3>&- 4<&- 7>&- 8>&-
__gantry_over= __gantry_ready= __gantry_exit= __gantry_base=$__gantry_own __gantry_root= __gantry_whole=
\trap '{ __gantry_leave $?; } 2>/dev/null; eval "$__gantry_exit"' EXIT
if [ "$__gantry_from" != - ]; then
    __gantry_restore "$__gantry_from" 2>/dev/null
else
    command cd -- "${__gantry_folder:-${HOME:-/}}" 2>/dev/null ||
        __gantry_refuse "the directory cannot be entered: ${__gantry_folder:-${HOME:-/}}"
fi
__gantry_known=
eval "$__gantry_given$__gantry_secret"
unset __gantry_given __gantry_secret
__gantry_ready=1 __gantry_exit=
alias trap=__gantry_trap
set --
case $__gantry_kind in
sh)
    case $__gantry_options in *e*) set -e ;; esac
    eval "unset __gantry_script; $__gantry_script" ;;
*) "$__gantry_kind" "$__gantry_file" ;;
esac
