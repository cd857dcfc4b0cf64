# SPDX-License-Identifier: GPL-3.0-or-later
# The session wrapper for zsh, minimal: working directory, umask and plain variables carry over,
# functions do not. See session.sh for arguments and files.

__gantry_refuse() {
    print -r -- "$*" >"$__gantry_slot/norun"
    __gantry_over=1
    exit 125
}

__gantry_quote() { REPLY=${(qq)1} }

__gantry_save() {
    emulate -L zsh
    local name REPLY known plain
    if [[ $__gantry_options == *s* || -e $__gantry_slot/in.1 ]]; then
        print -r -- "$__gantry_base" >"$__gantry_slot/base" || return 1
    else
        {
            for name in ${(k)parameters}; do
                [[ $name != (__gantry_*|_|PWD|OLDPWD|SHLVL|name|REPLY|known|plain) ]] || continue
                [[ ${parameters[$name]} == scalar* && ${parameters[$name]} != *(special|readonly|local)* ]] ||
                    [[ ${parameters[$name]} == *export* ]] || continue
                for known in ${=__gantry_known}; do
                    printf -v plain '%b' "$known"
                    [[ ${(P)name} != *"$plain"* ]] || continue 2
                done
                __gantry_quote "${(P)name}"
                print -r -- "$name=$REPLY"
                [[ ${parameters[$name]} != *export* ]] || print -r -- "export $name"
            done
            for name in ${=__gantry_names}; do (( ${+parameters[$name]} )) || print -r -- "unset $name"; done
        } >"$__gantry_slot/state.sh" || return 1
        [[ -z $__gantry_root ]] || print -r -- "$__gantry_root" >"$__gantry_slot/root" || return 1
    fi
    {
        __gantry_quote "$PWD"
        print -r -- "command cd -- $REPLY || __gantry_refuse 'the directory of the step before cannot be entered': $REPLY"
        __gantry_quote "$OLDPWD"
        print -r -- "OLDPWD=$REPLY"
        print -r -- "umask $(umask)"
    } >"$__gantry_slot/cwd" && : >"$__gantry_slot/saved"
}

zshexit() {
    local rc=$?
    { [[ -n $__gantry_over || -z $__gantry_ready ]] || { __gantry_over=1; __gantry_save } } 2>/dev/null
    return $rc
}

__gantry_slot=$2 __gantry_options=$4 __gantry_names=$6
__gantry_over= __gantry_ready= __gantry_base=- __gantry_root=
() { local line fields; read -r line </proc/$$/stat; fields=(${=line##*\) })
    print -r -- "$$ ${fields[20]}" >"$__gantry_slot/pid" }
if [[ $3 != - ]]; then
    [[ -e $3/saved ]] || __gantry_refuse "the step before left no session to go on from"
    __gantry_base=$3
    [[ ! -e $3/base ]] || read -r __gantry_base <"$3/base"
    [[ ! -e $__gantry_base/root ]] || read -r __gantry_root <"$__gantry_base/root"
    [[ ! -e $__gantry_base/state.sh ]] || . "$__gantry_base/state.sh" 2>/dev/null
    . "$3/cwd" 2>/dev/null
else
    cd -- "${5:-${HOME:-/}}" 2>/dev/null || __gantry_refuse "the directory cannot be entered: ${5:-${HOME:-/}}"
fi
. "$__gantry_slot/vars"
__gantry_known=
[[ $__gantry_options != *[sk]* ]] || . /dev/fd/3
exec 3<&-
__gantry_ready=1
set --
[[ $__gantry_options != *e* ]] || setopt errexit pipefail
. "$__gantry_slot/script"
