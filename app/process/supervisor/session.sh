# SPDX-License-Identifier: GPL-3.0-or-later
# Runs one script in the session of its run, in POSIX sh: restores what the step before left, and
# saves what this one leaves. Sourced with: $1 this file, $2 the slot, $3 the slot to restore from
# or -, $4 options (e errexit, s secrets, k known ones), $5 first directory, $6 names of the first
# environment, $7 sh, or an interpreter for the script. Secrets come as shell text on descriptor 3.
#
# A slot's session, for the wrappers of all shells:
#   saved      is there when the rest is whole
#   cwd        enters the working directory, sets umask and OLDPWD
#   state.sh   every variable as POSIX assignments
#   state.bash what only bash has (arrays, attributes, functions)
#   root       the slot of the newest state.bash that this session goes back to
#   base       of a step that received secrets or typed input: the slot whose variables stand; it
#              leaves none
# A variable whose value holds a known secret (option k) is not saved. The values wait for that in
# a variable of their own, spelled in octal: no dump of variables shows them.
if [ -n "${BASH_VERSION-}" ]; then
    . "${1%.sh}.bash"
    return
fi

__gantry_lead() { # who leads the step's session, for cancelling
    IFS= read -r __gantry_text </proc/$$/stat
    set -f
    # shellcheck disable=SC2086
    set -- "$1" ${__gantry_text##*) }
    set +f
    printf '%s %s\n' "$$" "${21}" >"$1/pid"
}

__gantry_refuse() {
    printf '%s\n' "$*" >"$__gantry_slot/norun"
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

__gantry_restore() { # SLOT: resolves __gantry_base and __gantry_root
    [ -e "$1/saved" ] || __gantry_refuse "the step before left no session to go on from"
    __gantry_base=$1
    [ ! -e "$1/base" ] || read -r __gantry_base <"$1/base"
    [ ! -e "$__gantry_base/root" ] || read -r __gantry_root <"$__gantry_base/root"
    [ ! -e "$__gantry_base/state.sh" ] || . "$__gantry_base/state.sh"
    . "$1/cwd"
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

__gantry_save() { # SLOT BASE ROOT OPTIONS NAMES: our own names are out of the way when it is written
    set -- "$1" "$2" "$3" "$4" "$5" "${__gantry_left-}"
    unset __gantry_slot __gantry_base __gantry_root __gantry_options __gantry_names __gantry_kind \
        __gantry_over __gantry_text __gantry_rest __gantry_ready __gantry_known __gantry_ifs \
        __gantry_left PPID LINENO
    case $4 in
    *s*) printf '%s\n' "$2" >"$1/base" || return 1 ;;
    *)
        { set && export -p && readonly -p; } >"$1/state.sh" || return 1
        unset IFS
        for __gantry_text in $5; do
            case $6 in *" $__gantry_text "*) continue ;; esac # not the step's doing
            eval "[ \"\${$__gantry_text+x}\" ]" || printf 'unset %s\n' "$__gantry_text" >>"$1/state.sh"
        done
        [ -z "$3" ] || printf '%s\n' "$3" >"$1/root" || return 1 ;;
    esac
    __gantry_quote "$PWD"
    {
        printf 'command cd -- %s || __gantry_refuse "%s": %s\n' "$__gantry_text" \
            "the directory of the step before cannot be entered" "$__gantry_text"
        [ -z "${OLDPWD-}" ] || { __gantry_quote "$OLDPWD"; printf 'OLDPWD=%s\n' "$__gantry_text"; }
        printf 'umask ' && umask
    } >"$1/cwd" && printf '' >"$1/saved"
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
    [ ! -e "$__gantry_slot/in.1" ] || __gantry_options=${__gantry_options}s
    case $__gantry_options in
    *s*) ;;
    *k*) __gantry_forget || __gantry_options=${__gantry_options}s ;;
    esac
    if [ -z "$__gantry_over" ]; then
        __gantry_over=1
        if [ -n "$__gantry_ready" ]; then
            __gantry_save "$__gantry_slot" "$__gantry_base" "$__gantry_root" "$__gantry_options" \
                "$__gantry_names"
        else
            printf 'the session of the step before cannot be restored\n' >"$__gantry_slot/norun"
        fi
    fi
    return "$1"
}

__gantry_slot=$2 __gantry_options=$4 __gantry_names=$6 __gantry_kind=$7
__gantry_over= __gantry_ready= __gantry_exit= __gantry_base=- __gantry_root=
__gantry_lead "$2"
\trap '{ __gantry_leave $?; } 2>/dev/null; eval "$__gantry_exit"' EXIT
if [ "$3" != - ]; then
    __gantry_restore "$3" 2>/dev/null
else
    command cd -- "${5:-${HOME:-/}}" 2>/dev/null || __gantry_refuse "the directory cannot be entered: ${5:-${HOME:-/}}"
fi
. "$__gantry_slot/vars"
__gantry_known=
case $__gantry_options in *[sk]*) . /dev/fd/3 ;; esac
exec 3<&-
__gantry_ready=1 __gantry_exit=
alias trap=__gantry_trap
set --
case $__gantry_kind in
sh)
    case $__gantry_options in *e*) set -e ;; esac
    . "$__gantry_slot/script" ;;
*) "$__gantry_kind" "$__gantry_slot/script" ;;
esac
