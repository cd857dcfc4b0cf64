# SPDX-License-Identifier: GPL-3.0-or-later
# The supervisor: keeps one command alive, recorded and answerable without its console.
#
# The console starts `sh -s gantry` at the place, writes this text to its standard input, and after
# it one line gt_token='...' and calls of the functions below, every value quoted, `end` as the last
# argument: a call that arrives cut short does nothing. POSIX sh (dash, bash, busybox ash) on Linux;
# fork and exec are what costs here, so the way of a short command is made of builtins.
#
# A run has one directory (0700). In it:
#   id             "G1 NONCE": a wiped or foreign directory is noticed
#   a-STEP.NUMBER  the claim: who runs the attempt ("G1 run PID START INSTANCE SLOT end"), or
#                  "G1 void end": it never started and never will
#   SLOT/          of one supervisor: script, vars, out, err, pid, why, exit, norun, and the session
#                  that the command left (see session.sh)
# A process is known by its number and start time; a boot by its id and the start of process 1.

umask 077

gt_say() { printf '%s %s\n' "$gt_token" "$*" 2>/dev/null; }

gt_quote() { # TEXT: gt_quoted is it as one word of shell
    gt_quoted= gt_rest=$1
    while :; do
        case $gt_rest in
        *\'*) gt_quoted="$gt_quoted${gt_rest%%\'*}'\\''" gt_rest=${gt_rest#*\'} ;;
        *) break ;;
        esac
    done
    gt_quoted="'$gt_quoted$gt_rest'"
}

gt_stat() { # PID: fills gt_group gt_session gt_begin; false where none lives (a zombie does not)
    gt_line= gt_part=
    { while IFS= read -r gt_part || [ -n "$gt_part" ]; do gt_line=$gt_line$gt_part gt_part=; done \
        <"/proc/$1/stat"; } 2>/dev/null
    [ -n "$gt_line" ] || return 1
    set -f
    # shellcheck disable=SC2086
    set -- ${gt_line##*) }
    set +f
    gt_group=$3 gt_session=$4 gt_begin=${20}
    case $1 in Z | X | x) return 1 ;; esac
}

gt_lives() { gt_stat "$1" && [ "$gt_begin" = "$2" ]; } # PID START

gt_find_instance() {
    gt_boot=-
    { read -r gt_boot </proc/sys/kernel/random/boot_id; } 2>/dev/null
    gt_begin=-
    gt_stat 1
    gt_instance=$gt_boot.$gt_begin
}

gt_enter() { # RUN NONCE: the directory must be the one that this console opened
    gt_run=$1 gt_mark= gt_id=
    { read -r gt_mark gt_id <"$gt_run/id"; } 2>/dev/null
    [ "$gt_mark" = G1 ] && [ "$gt_id" = "$2" ] && return
    gt_say norun
    exit 0
}

gt_step() { # gt_step_pid and gt_step_begin: the leader of the step's session
    gt_step_pid=0 gt_step_begin=0
    { read -r gt_step_pid gt_step_begin <"$gt_slot/pid"; } 2>/dev/null && [ "$gt_step_pid" != 0 ]
}

gt_look() { # ATTEMPT: gt_state (none void claimed running draining exited unsupervised lost), gt_info
    gt_state=none gt_info= gt_slot= gt_claim=$gt_run/a-$1 gt_looked=
    [ -e "$gt_claim" ] || return 0
    gt_kind= gt_pid= gt_since= gt_where= gt_name= gt_end=
    { read -r gt_mark gt_kind gt_pid gt_since gt_where gt_name gt_end <"$gt_claim"; } 2>/dev/null
    case "$gt_mark $gt_kind $gt_end" in
    'G1 void '*) gt_state=void; return 0 ;;
    'G1 run end') ;;
    *) gt_state=lost gt_info=why=unreadable-claim; return 0 ;;
    esac
    gt_slot=$gt_run/$gt_name
    gt_find_instance
    gt_now=$gt_instance
    while :; do
        gt_read_record && return 0
        if [ "$gt_where" = "$gt_now" ] && gt_lives "$gt_pid" "$gt_since"; then
            gt_state=running gt_info="pid=$gt_pid"
            case $gt_record in 'G1 drain '*) gt_state=draining ;; esac
            return 0
        fi
        # The record may have been written between the two looks: look once more.
        [ -z "$gt_looked" ] || break
        gt_looked=1
    done
    gt_state=lost gt_info=why=supervisor-gone
    if [ "$gt_where" != "$gt_now" ]; then
        gt_info=why=rebooted
    elif gt_step && gt_lives "$gt_step_pid" "$gt_step_begin"; then
        gt_state=unsupervised gt_info="why=supervisor-gone step=$gt_step_pid"
    fi
}

gt_read_record() { # true with gt_state=exited where the attempt's record is final
    gt_record=
    { IFS= read -r gt_record <"$gt_slot/exit"; } 2>/dev/null
    case $gt_record in
    'G1 done '*' end'*) ;;
    *)
        gt_settled=
        { IFS= read -r gt_settled <"$gt_slot/settled"; } 2>/dev/null
        case $gt_settled in
        'G1 done '*' end') gt_record=$gt_settled ;;
        *) return 1 ;;
        esac ;;
    esac
    gt_info=${gt_record#G1 done } gt_info=${gt_info%% end*} gt_state=exited
}

gt_answer() { # the state of the attempt looked at, as one or two lines
    gt_reason=
    if [ "$gt_state" = exited ]; then
        { IFS= read -r gt_reason <"$gt_slot/norun"; } 2>/dev/null
        [ -z "$gt_reason" ] || gt_say reason "$gt_reason"
    fi
    gt_say "$gt_state" "$gt_info"
}

# --- an attempt ---

gt_pump() { # FIFO FILE: pipes, not files, so that `> /dev/stderr` cannot truncate what is recorded
    trap '' HUP INT QUIT TERM
    exec <"$1" 5>&- 6>&-
    # On a full disk it goes on taking what comes, and its status says that some is missing.
    exec tee -a "$2"
}

gt_make_slots() { # PREFIX NUMBER COUNT: many at once, two external commands for all of them
    gt_i=$2 gt_n=$(($2 + $3)) gt_fifos=
    set --  "$1"
    while [ "$gt_i" -lt "$gt_n" ]; do set -- "$@" "$gt_run/$1.$gt_i"; gt_i=$((gt_i + 1)); done
    shift
    mkdir "$@" 2>/dev/null
    for gt_d; do set -- "$@" "$gt_d/po" "$gt_d/pe" "$gt_d/in"; shift; done
    mkfifo "$@" 2>/dev/null
}

# Everything that does not depend on the attempt, done before there is one: an attempt then costs
# one fork and two execs. Ends without a trace when the console goes away before it asks.
gt_prepare() { # RUN NONCE PREFIX NUMBER COUNT UMASK INSTANCE NAMES end
    [ "${9-}" = end ] || exit 0
    gt_umask=$6 gt_instance=$7 gt_names=$8
    gt_enter "$1" "$2"
    gt_name=$3.$4 gt_slot=$1/$3.$4
    if ! [ -p "$gt_slot/in" ]; then
        if [ $(($4 % $5)) = 0 ]; then gt_make_slots "$3" "$4" "$5"; fi
        [ -p "$gt_slot/in" ] || gt_make_slots "$3" "$4" 1
    fi
    set -C # a slot serves once
    { printf '%511s\n' ' ' >"$gt_slot/exit" && printf '%31s\n' ' ' >"$gt_slot/why" &&
        printf '' >"$gt_slot/out" && printf '' >"$gt_slot/err"; } 2>/dev/null ||
        { gt_say nospace "$gt_run"; exit 0; }
    set +C
    trap : HUP INT QUIT TERM PIPE # handlers, not '': what is started has the default again
    exec 5<>"$gt_slot/po" 6<>"$gt_slot/pe"
    (gt_pump "$gt_slot/po" "$gt_slot/out") >/dev/null 2>&1 &
    gt_out_pump=$!
    (gt_pump "$gt_slot/pe" "$gt_slot/err") >/dev/null 2>&1 &
    gt_err_pump=$!
    gt_stat $$
    gt_mine=$gt_begin
    gt_say ready
}

gt_start() { # ATTEMPT KIND SHELL PREVIOUS LIMIT GRACE INPUT OPTIONS FOLDER OUT ERR WRAPPER
    # SCRIPT VARIABLES SECRETS end
    [ "${16-}" = end ] || exit 0
    gt_att=$1 gt_kind=$2 gt_shell=$3 gt_previous=$4 gt_limit=$5 gt_grace=$6 gt_input=$7
    gt_options=$8 gt_folder=$9
    shift 9
    gt_from_out=$1 gt_from_err=$2 gt_wrapper=$gt_run/$3 gt_secrets=$6
    case $gt_folder in "~" | "~/"*) gt_folder=${HOME:-}/${gt_folder#"~"} ;; esac
    if [ -e "$gt_run/a-$gt_att" ]; then gt_look "$gt_att"; gt_answer; exit 0; fi
    [ -d "$gt_slot" ] || { gt_say norun; exit 0; }
    command -v "$gt_shell" >/dev/null 2>&1 || { gt_say noshell "$gt_shell"; exit 0; }
    if [ "$gt_input" = pty ] && ! command -v script >/dev/null 2>&1; then
        gt_say noshell script
        exit 0
    fi
    { printf '%s\n' "$4" >"$gt_slot/script" && printf '%s\n' "$5" >"$gt_slot/vars"; } 2>/dev/null ||
        { gt_say nospace "$gt_run"; exit 0; }
    set --
    gt_claim_it || exit 0
    gt_say started "$gt_name"
    exec 2>/dev/null
    gt_stdin=/dev/null gt_timer=
    if [ "$gt_input" != null ]; then exec 9<>"$gt_slot/in"; gt_stdin=$gt_slot/in; fi
    if [ "$gt_limit" != 0 ]; then (gt_watch_time) </dev/null >/dev/null 5>&- 6>&- 9>&- & gt_timer=$!; fi
    gt_from=-
    if [ "$gt_previous" != - ]; then
        read -r gt_mark gt_kind_ gt_pid gt_since gt_where gt_from gt_end <"$gt_run/a-$gt_previous"
        gt_from=$gt_run/$gt_from
    fi
    if [ -n "$gt_secrets" ]; then
        # Through a pipe: a here-document may become a file.
        printf '%s\n' "$gt_secrets" | (exec 3<&0; gt_command)
    else
        (exec 3</dev/null; gt_command)
    fi
    gt_rc=$?
    gt_secrets=
    gt_finish
    exit 0
}

gt_claim_it() { # exactly one wins: the claim is made by an exclusive create
    gt_made= gt_full=
    set -C
    { gt_made=1; printf 'G1 run %s %s %s %s end\n' $$ "$gt_mine" "$gt_instance" "$gt_name" ||
        gt_full=1; } 2>/dev/null >"$gt_run/a-$gt_att"
    set +C
    if [ -n "$gt_full" ]; then
        rm -f "$gt_run/a-$gt_att" # ours, and nothing has started
        gt_say nospace "$gt_run"
        return 1
    fi
    [ -z "$gt_made" ] || return 0
    if [ -e "$gt_run/a-$gt_att" ]; then gt_look "$gt_att"; gt_answer; else gt_say nospace "$gt_run"; fi
    return 1
} 2>/dev/null

# In the foreground of a subshell: a background list would start with INT and QUIT ignored, and the
# shell itself would write "Terminated" into what it has as standard error.
gt_command() {
    umask "$gt_umask"
    exec <"$gt_stdin" >&5 2>&6 5>&- 6>&- 9>&-
    if [ "$gt_input" = pty ]; then
        gt_tty="exec"
        for gt_part in "$gt_shell" -c '. "$1"' "${gt_shell##*/}" "$gt_wrapper" "$gt_slot" \
            "$gt_from" "$gt_options" "$gt_folder" "$gt_names" "$gt_kind"; do
            gt_quote "$gt_part"
            gt_tty="$gt_tty $gt_quoted"
        done
        # -onlcr: lines end as they would in a pipe. The shell inside leads the session.
        exec script -q -e -f -c "stty -onlcr rows 40 cols 120; $gt_tty" /dev/null
    fi
    exec setsid "$gt_shell" -c '. "$1"' "${gt_shell##*/}" "$gt_wrapper" "$gt_slot" "$gt_from" \
        "$gt_options" "$gt_folder" "$gt_names" "$gt_kind"
}

gt_watch_time() {
    trap 'kill "$gt_sleep"; exit 0' TERM
    sleep "$gt_limit" &
    gt_sleep=$!
    wait "$gt_sleep" || exit 0
    trap '' TERM # the end of the leader must not keep the others alive
    gt_end_all time "$gt_grace"
}

gt_finish() {
    # In place, into space that was reserved: possible on a full disk, and whole or not there.
    printf 'G1 drain rc=%s' "$gt_rc" 1<>"$gt_slot/exit"
    exec 5>&- 6>&- 9>&-
    [ -z "$gt_timer" ] || kill "$gt_timer"
    # Ends at once, unless a process left behind keeps a pipe open: then the console settles it.
    gt_cut=-
    wait "$gt_out_pump" || gt_cut=out
    wait "$gt_err_pump" || gt_cut=$gt_cut,err
    gt_measure
    gt_compose "$gt_rc"
    printf '%-510s\n' "$gt_composed" 1<>"$gt_slot/exit"
    gt_state=exited gt_info=${gt_composed#G1 done } gt_info=${gt_info% end}
    gt_answer
    gt_rest_out=$((gt_size_out - gt_from_out)) gt_rest_err=$((gt_size_err - gt_from_err))
    # What fits into a pipe cannot block a supervisor whose console stands still.
    if [ $((gt_rest_out + gt_rest_err)) -gt 0 ] && [ $((gt_rest_out + gt_rest_err)) -le 32768 ] &&
        ! [ -e "$gt_slot/followed" ]; then
        [ "$gt_rest_out" -le 0 ] || tail -c "+$((gt_from_out + 1))" "$gt_slot/out"
        [ "$gt_rest_err" -le 0 ] || tail -c "+$((gt_from_err + 1))" "$gt_slot/err"
    fi
}

gt_measure() { # gt_size_out, gt_size_err, gt_left: live processes of the session
    gt_size_out=0 gt_size_err=0 gt_left=0
    if [ -s "$gt_slot/out" ] || [ -s "$gt_slot/err" ]; then
        # shellcheck disable=SC2046
        set -- $(wc -c "$gt_slot/out" "$gt_slot/err")
        gt_size_out=$1 gt_size_err=$3
    fi
    if gt_step && kill -0 "-$gt_step_pid" 2>/dev/null; then
        gt_members
        # shellcheck disable=SC2086
        set -- $gt_found
        gt_left=$#
    fi
}

gt_compose() { # RC: gt_composed is the final record
    gt_word=- gt_saved=none gt_ran=1
    { read -r gt_word <"$gt_slot/why"; } 2>/dev/null
    [ -e "$gt_slot/saved" ] && gt_saved=saved
    [ -s "$gt_slot/norun" ] && gt_ran=0
    gt_composed="G1 done rc=$1 why=${gt_word:--} state=$gt_saved ran=$gt_ran out=$gt_size_out"
    gt_composed="$gt_composed err=$gt_size_err cut=$gt_cut left=$gt_left end"
}

# --- ending ---

gt_members() { # gt_found, gt_groups: live processes of the step's session, and their groups
    gt_found= gt_groups=
    # The number may belong to a stranger now: the session is ours while its leader is ours or gone.
    if gt_stat "$gt_step_pid" && [ "$gt_begin" != "$gt_step_begin" ]; then return 0; fi
    for gt_d in /proc/[0-9]*; do
        gt_stat "${gt_d#/proc/}" || continue
        [ "$gt_session" = "$gt_step_pid" ] && [ "$gt_begin" -ge "$gt_step_begin" ] || continue
        gt_found="$gt_found ${gt_d#/proc/}"
        case "$gt_groups " in *" $gt_group "*) ;; *) gt_groups="$gt_groups $gt_group" ;; esac
    done
}

gt_signal() { for gt_part in $gt_groups; do kill "-$1" "-$gt_part" 2>/dev/null; done; }

# Every process of the step's session, not only its first group: timeout(1) and `set -m` make more.
gt_end_all() { # WHY GRACE(in 50 ms): gt_gone is gone, left with the list, or unconfirmed
    gt_gone=unconfirmed gt_i=0
    while ! gt_step && [ "$gt_i" -lt 100 ]; do
        sleep 0.05
        gt_i=$((gt_i + 1))
        gt_read_record && break
    done
    gt_step || return 0
    printf '%-16s' "$1" 1<>"$gt_slot/why" 2>/dev/null
    gt_i=0
    gt_members
    gt_signal TERM
    gt_signal CONT
    while gt_members; [ -n "$gt_found" ]; do
        [ "$gt_i" -lt $(($2 + 100)) ] || { gt_gone="left$gt_found"; return 0; }
        [ "$gt_i" -lt "$2" ] || gt_signal KILL
        gt_i=$((gt_i + 1))
        sleep 0.05
    done
    gt_gone=gone
}
