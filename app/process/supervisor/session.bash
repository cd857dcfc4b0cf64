# SPDX-License-Identifier: GPL-3.0-or-later
# The session wrapper for bash (4.4 or newer, also as sh); see session.sh for arguments and files.

__gantry_refuse() {
    builtin printf '%s\n' "$*" >"$__gantry_own.norun"
    __gantry_over=1
    builtin exit 125
}

__gantry_list() { # __gantry_kept: every variable that belongs to the session
    __gantry_kept=()
    local __gantry_n
    for __gantry_n in "${!a@}" "${!b@}" "${!c@}" "${!d@}" "${!e@}" "${!f@}" "${!g@}" "${!h@}" \
        "${!i@}" "${!j@}" "${!k@}" "${!l@}" "${!m@}" "${!n@}" "${!o@}" "${!p@}" "${!q@}" "${!r@}" \
        "${!s@}" "${!t@}" "${!u@}" "${!v@}" "${!w@}" "${!x@}" "${!y@}" "${!z@}" "${!A@}" "${!B@}" \
        "${!C@}" "${!D@}" "${!E@}" "${!F@}" "${!G@}" "${!H@}" "${!I@}" "${!J@}" "${!K@}" "${!L@}" \
        "${!M@}" "${!N@}" "${!O@}" "${!P@}" "${!Q@}" "${!R@}" "${!S@}" "${!T@}" "${!U@}" "${!V@}" \
        "${!W@}" "${!X@}" "${!Y@}" "${!Z@}" "${!_@}"; do
        case $__gantry_n in
        __gantry_* | BASH | BASHOPTS | BASHPID | BASH_* | _ | EUID | UID | PPID | SHELLOPTS | RANDOM | \
            SRANDOM | SECONDS | LINENO | EPOCH* | FUNCNAME | GROUPS | DIRSTACK | HISTCMD | PIPESTATUS | \
            COMP_* | OPTIND | OPTERR | PWD | OLDPWD | SHLVL | POSIXLY_CORRECT) ;;
        *) __gantry_holds "$__gantry_n" || __gantry_kept+=("$__gantry_n") ;;
        esac
    done
}

__gantry_holds() { # NAME: its value, or one of its elements, holds a known secret
    local __gantry_all="$1[*]" __gantry_k __gantry_plain
    for __gantry_k in $__gantry_known; do
        builtin printf -v __gantry_plain '%b' "$__gantry_k"
        [[ ${!__gantry_all} != *"$__gantry_plain"* ]] || return 0
    done
    return 1
}

__gantry_save_variables() { # SLOT NAMES: both forms, so that a step in sh can go on from here
    local __gantry_n __gantry_v
    local -a __gantry_kept
    __gantry_list
    {
        builtin declare -p "${__gantry_kept[@]}"
        for __gantry_n in $2; do
            [[ -v $__gantry_n ]] || builtin printf 'unset %s\n' "$__gantry_n"
        done
    } >"$1.bash" || return 1
    for __gantry_n in "${__gantry_kept[@]}"; do
        case ${!__gantry_n@a} in *[aAn]*) continue ;; esac
        [[ -v $__gantry_n ]] || continue
        __gantry_v=${!__gantry_n}
        builtin printf "%s='%s'\n" "$__gantry_n" "${__gantry_v//\'/\'\\\'\'}"
        case ${!__gantry_n@a} in *x*) builtin printf 'export %s\n' "$__gantry_n" ;; esac
    done >"$1.vars" || return 1
    for __gantry_n in $2; do
        [[ -v $__gantry_n ]] || builtin printf 'unset %s\n' "$__gantry_n"
    done >>"$1.vars"
}

__gantry_save_functions() { # SLOT
    local __gantry_n __gantry_v
    builtin declare -F >"$1.functions" || return 1
    while builtin read -r _ __gantry_v __gantry_n; do
        case $__gantry_n in __gantry_* | trap) continue ;; esac
        builtin declare -f "$__gantry_n"
        case $__gantry_v in *x*) builtin printf 'export -f %s\n' "$__gantry_n" ;; esac
    done <"$1.functions" >>"$1.bash"
}

__gantry_save() {
    local IFS=$' \t\n'
    case $__gantry_options in
    *s*) ;;
    *)
        __gantry_save_variables "$__gantry_own" "$__gantry_names" || return 1
        __gantry_save_functions "$__gantry_own" || return 1
        __gantry_base=$__gantry_own __gantry_root=$__gantry_own ;;
    esac
    {
        builtin printf "__gantry_base='%s' __gantry_root='%s'\n" \
            "${__gantry_base//\'/\'\\\'\'}" "${__gantry_root//\'/\'\\\'\'}"
        builtin printf "__gantry_enter() {\ncommand cd -- '%s' || __gantry_refuse '%s: %s'\n" \
            "${PWD//\'/\'\\\'\'}" "the directory of the step before cannot be entered" \
            "${PWD//\'/\'\\\'\'}"
        [[ -z ${OLDPWD-} ]] || builtin printf "OLDPWD='%s'\n" "${OLDPWD//\'/\'\\\'\'}"
        builtin printf 'umask ' && builtin umask && builtin printf '}\n__gantry_whole=1\n'
    } >"$__gantry_own" && builtin printf 'saved end\n' >>"$__gantry_record"
}

__gantry_leave() { # RC
    builtin set +euxvCf
    builtin trap - DEBUG ERR RETURN
    # What somebody typed may be a secret, in whatever variable it went on to.
    [[ ! -e $__gantry_slot.in.1 ]] || __gantry_options+=s
    if [[ -z $__gantry_over ]]; then
        __gantry_over=1
        if [[ -n $__gantry_ready ]]; then
            __gantry_save
        else
            builtin printf 'the session of the step before cannot be restored\n' >"$__gantry_own.norun"
        fi
    fi
    return "$1"
}

__gantry_trap() { # keeps the script's own EXIT trap beside ours
    if ((BASH_SUBSHELL)) || (($# < 2)) || [[ $1 == -[lp]* ]]; then
        builtin trap "$@"
        return
    fi
    [[ $1 != -- ]] || shift
    local __gantry_action=$1 __gantry_n
    shift
    for __gantry_n; do
        case $__gantry_n in
        0 | [Ee][Xx][Ii][Tt] | SIGEXIT)
            if [[ $__gantry_action == - ]]; then __gantry_exit=; else __gantry_exit=$__gantry_action; fi ;;
        *) builtin trap -- "$__gantry_action" "$__gantry_n" ;;
        esac
    done
}

__gantry_slot=$2 __gantry_names=$4 __gantry_kind=$5 __gantry_file=$2.script
# From a file: the lines of an eval would be counted from here.
__gantry_await "$2" "$3" "$__gantry_file" "${6-}"
exec 3>&- 4<&- 7>&- 8>&-
__gantry_over= __gantry_ready= __gantry_exit= __gantry_base=$__gantry_own __gantry_root= __gantry_whole=
builtin trap '{ __gantry_leave $?; } 2>/dev/null; eval "$__gantry_exit"' EXIT
if [[ $__gantry_from != - ]]; then
    # At top level: in a function, declare would make local variables.
    [[ -e $__gantry_from ]] || __gantry_refuse "the step before left no session to go on from"
    IFS= builtin read -r __gantry_text <"$__gantry_from"
    eval "$__gantry_text"
    [[ -z $__gantry_root ]] || . "$__gantry_root.bash" 2>/dev/null
    [[ $__gantry_base == "$__gantry_root" || ! -e $__gantry_base.vars ]] ||
        . "$__gantry_base.vars" 2>/dev/null
    [[ $__gantry_base == "$__gantry_from" || ! -e $__gantry_base ]] || . "$__gantry_base" 2>/dev/null
    __gantry_whole=
    . "$__gantry_from" 2>/dev/null
    [[ -n $__gantry_whole ]] || __gantry_refuse "the step before left no session to go on from"
    __gantry_enter 2>/dev/null
    unset -f __gantry_enter
else
    command cd -- "${__gantry_folder:-${HOME:-/}}" 2>/dev/null ||
        __gantry_refuse "the directory cannot be entered: ${__gantry_folder:-${HOME:-/}}"
fi
__gantry_known=
eval "$__gantry_given$__gantry_secret"
unset __gantry_given __gantry_secret
__gantry_ready=1
if [[ -o posix ]]; then
    alias trap=__gantry_trap # a function cannot stand for a special builtin there
else
    function trap { __gantry_trap "$@"; }
fi
builtin set --
case $__gantry_kind in
sh | bash)
    case $__gantry_options in *e*) builtin set -e -o pipefail ;; esac
    . "$__gantry_file" ;;
*) "$__gantry_kind" "$__gantry_file" ;;
esac
