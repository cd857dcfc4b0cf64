# SPDX-License-Identifier: GPL-3.0-or-later
# The session wrapper for zsh, minimal: working directory, umask and plain variables carry over,
# functions do not. See session.sh for arguments and files.

__gantry_refuse() {
    print -r -- "$*" >"$__gantry_own.norun"
    __gantry_over=1
    exit 125
}

__gantry_quote() { __gantry_text=${(qq)1} }

__gantry_save() {
    emulate -L zsh
    # Names of ours only: a plain name would hide the variable of the step that is called so.
    local __gantry_text __gantry_name __gantry_word __gantry_plain
    if [[ $__gantry_options != *s* && ! -e $__gantry_slot.in.1 ]]; then
        {
            for __gantry_name in ${(k)parameters}; do
                [[ $__gantry_name != (__gantry_*|_|PWD|OLDPWD|SHLVL) ]] || continue
                [[ ${parameters[$__gantry_name]} == scalar* && ${parameters[$__gantry_name]} != *(special|readonly|local)* ]] ||
                    [[ ${parameters[$__gantry_name]} == *export* ]] || continue
                for __gantry_word in ${=__gantry_known}; do
                    printf -v __gantry_plain '%b' "$__gantry_word"
                    [[ ${(P)__gantry_name} != *"$__gantry_plain"* ]] || continue 2
                done
                __gantry_quote "${(P)__gantry_name}"
                print -r -- "$__gantry_name=$__gantry_text"
                [[ ${parameters[$__gantry_name]} != *export* ]] || print -r -- "export $__gantry_name"
            done
            for __gantry_name in ${=__gantry_names}; do
                (( ${+parameters[$__gantry_name]} )) || print -r -- "unset $__gantry_name"
            done
        } >"$__gantry_own.vars" || return 1
        __gantry_base=$__gantry_own
    fi
    {
        __gantry_quote "$__gantry_base"
        print -rn -- "__gantry_base=$__gantry_text "
        __gantry_quote "$__gantry_root"
        print -r -- "__gantry_root=$__gantry_text"
        __gantry_quote "$PWD"
        print -r -- "__gantry_enter() {"
        print -r -- "command cd -- $__gantry_text || __gantry_refuse 'the directory of the step before cannot be entered': $__gantry_text"
        __gantry_quote "$OLDPWD"
        print -r -- "OLDPWD=$__gantry_text"
        print -r -- "umask $(umask)"
        print -r -- "}"
        print -r -- "__gantry_whole=1"
    } >"$__gantry_own" && print -r -- "saved end" >>"$__gantry_record"
}

zshexit() {
    local rc=$?
    { [[ -n $__gantry_over || -z $__gantry_ready ]] || { __gantry_over=1; __gantry_save } } 2>/dev/null
    return $rc
}

__gantry_slot=$2 __gantry_names=$4 __gantry_file=$2.script
# From a file: the lines of an eval would be counted from here.
__gantry_await "$2" "$3" "$__gantry_file" "${6-}"
exec 3>&- 4<&- 7>&- 8>&-
__gantry_over= __gantry_ready= __gantry_base=$__gantry_own __gantry_root= __gantry_whole=
if [[ $__gantry_from != - ]]; then
    [[ -e $__gantry_from ]] || __gantry_refuse "the step before left no session to go on from"
    IFS= read -r __gantry_text <"$__gantry_from"
    eval "$__gantry_text"
    [[ ! -e $__gantry_base.vars ]] || . "$__gantry_base.vars" 2>/dev/null
    [[ $__gantry_base == $__gantry_from || ! -e $__gantry_base ]] || . "$__gantry_base" 2>/dev/null
    __gantry_whole=
    . "$__gantry_from" 2>/dev/null
    [[ -n $__gantry_whole ]] || __gantry_refuse "the step before left no session to go on from"
    setopt posixbuiltins # it says "command cd"
    __gantry_enter 2>/dev/null
    unsetopt posixbuiltins
    unset -f __gantry_enter
else
    cd -- "${__gantry_folder:-${HOME:-/}}" 2>/dev/null ||
        __gantry_refuse "the directory cannot be entered: ${__gantry_folder:-${HOME:-/}}"
fi
__gantry_known=
eval "$__gantry_given$__gantry_secret"
unset __gantry_given __gantry_secret
__gantry_ready=1
set --
[[ $__gantry_options != *e* ]] || setopt errexit pipefail
. "$__gantry_file"
