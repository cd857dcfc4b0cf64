# SPDX-License-Identifier: GPL-3.0-or-later
# The supervisor: keeps commands alive, recorded and answerable without their console.
#
# The console starts `sh -s gantry` at the place, writes this text to its standard input, and after
# it one line gt_token='...' and calls of the functions below, every value quoted, `end` as the last
# argument: a call that arrives cut short does nothing. POSIX sh (dash, bash, busybox ash) on Linux;
# fork, exec and new files are what costs here: a supervisor stays for one attempt after the other,
# and what an attempt needs is made before it is asked for.
#
# A run has one directory (0700). In it:
#   id             "G1 NONCE", and id-NONCE beside it: a wiped or foreign directory is noticed
#   a-STEP.NUMBER  the attempt's record, one fact a line, each ending in "end", the first of a kind
#                  counts: "run PID START INSTANCE SLOT PID START" who runs it, and the leader of its
#                  session; or "void": it never started and never will; then "why WORD" it is ended,
#                  "saved", "drain rc=N" the command has ended and others hold its streams,
#                  "done rc=N ..." all of it
#   left-STEP.NUMBER  the session that it left (see session.sh), and why it ran nothing (.norun)
#   SLOT.*         of one attempt: script (where its shell reads it from a file), out, err, and what it
#                  is typed (in, in.NUMBER)
# A process is known by its number and start time; a boot by its id and the start of process 1.

umask 077
# Of this supervisor: its number and start, the slot whose pipes it uses, what it found programs for.
gt_mine= gt_pipes= gt_found_for=

gt_say() { printf '%s %s\n' "$gt_token" "$*"; }

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
    gt_boot=${gt_boot%%-*} # as much as tells one from another: records are read byte by byte
    gt_begin=-
    gt_stat 1
    gt_instance=$gt_boot.$gt_begin
}

gt_enter() { # RUN NONCE: the directory must be the one that this console opened
    gt_run=$1
    [ -e "$gt_run/id-$2" ] && return
    gt_say norun
    exit 0
}

gt_read_record() { # ATTEMPT: gt_kind (none void run), gt_pid and gt_since of its supervisor, gt_where,
    # gt_slot, gt_step_pid, gt_step_begin, gt_word, gt_saved, gt_drained; true where it is final, with
    # gt_state and gt_info
    gt_claim=$gt_run/a-$1 gt_kind=none gt_pid= gt_since= gt_where= gt_slot= gt_step_pid=0 gt_step_begin=0
    gt_word= gt_saved=none gt_drained=
    while read -r gt_key gt_text; do
        case $gt_text in end) gt_text= ;; *' end') gt_text=${gt_text% end} ;; *) continue ;; esac
        case $gt_key in
        void) gt_kind=void ;;
        run)
            # shellcheck disable=SC2086
            set -- $gt_text
            [ $# = 6 ] || continue
            gt_kind=run gt_pid=$1 gt_since=$2 gt_where=$3 gt_slot=$gt_run/$4 gt_step_pid=$5
            gt_step_begin=$6 ;;
        why) gt_word=${gt_word:-$gt_text} ;;
        saved) gt_saved=saved ;;
        drain) gt_drained=${gt_drained:-$gt_text} ;;
        done) gt_state=exited gt_info=$gt_text; return 0 ;;
        esac
    done <"$gt_claim"
    return 1
}

gt_look() { # ATTEMPT: gt_state (none void running draining exited unsupervised lost), gt_info
    gt_state=none gt_info=
    [ -e "$gt_run/a-$1" ] || return 0
    gt_find_instance
    for gt_looked in once again; do
        gt_read_record "$1" 2>/dev/null && return 0
        case $gt_kind in
        void) gt_state=void; return 0 ;;
        none) gt_state=lost gt_info=why=unreadable-claim; return 0 ;;
        esac
        if [ "$gt_where" = "$gt_instance" ] && gt_lives "$gt_pid" "$gt_since"; then
            gt_state=running gt_info="pid=$gt_pid"
            [ -z "$gt_drained" ] || gt_state=draining
            return 0
        fi
        # The end may have been recorded between the two looks.
    done
    gt_state=lost gt_info=why=supervisor-gone
    if [ "$gt_where" != "$gt_instance" ]; then
        gt_info=why=rebooted
    elif gt_lives "$gt_step_pid" "$gt_step_begin"; then
        gt_state=unsupervised gt_info="why=supervisor-gone step=$gt_step_pid"
    fi
}

gt_answer() { # the state of the attempt looked at, as one or two lines
    gt_reason=
    case $gt_info in *' ran=0 '*)
        { IFS= read -r gt_reason <"$gt_run/left-${gt_claim#"$gt_run/a-"}.norun"; } 2>/dev/null
        gt_say reason "$gt_reason" ;;
    esac
    gt_say "$gt_state" "$gt_info"
}

# --- an attempt ---

# Makes a slot ready, starts the step's shell, which waits there for the order to run something (see
# order.sh), and records how that ends. The order is the shell's to read: nothing may be written
# before "ready", and a supervisor whose shell has left it unread must never read on.
gt_keep() { # RUN NONCE SLOT KIND SHELL WRAPPER INPUT LIMIT GRACE UMASK INSTANCE NAMES end
    [ "${13-}" = end ] || exit 0
    exec 2>/dev/null
    gt_enter "$1" "$2"
    gt_name=$3 gt_slot=$1/$3 gt_for=$4 gt_shell=$5 gt_wrapper=$1/$6 gt_input=$7 gt_limit=$8 gt_grace=$9
    shift 9
    gt_umask=$1 gt_instance=$2 gt_names=$3
    gt_find_programs || { gt_say noshell "$gt_shell"; exit 0; }
    if [ "$gt_input" = pty ] && ! command -v script >/dev/null 2>&1; then
        gt_say noshell script
        exit 0
    fi
    trap : HUP INT QUIT TERM PIPE # handlers, not '': what is started has the default again
    gt_make_slot || { gt_say nospace "$gt_run"; exit 0; }
    gt_say ready
    gt_run_it || exit 0
    gt_finish || exit 0
}

gt_find_programs() { # once: nobody looks them up along PATH at every attempt
    [ "$gt_found_for" != "$gt_shell" ] || return 0
    gt_tee=$(command -v tee) && gt_setsid=$(command -v setsid) &&
        gt_program=$(command -v "$gt_shell") && gt_found_for=$gt_shell
}

gt_make_slot() {
    [ "$gt_pipes" ] || gt_settle_in || return 1
    set --
    [ "$gt_input" = null ] || set -- "$@" "$gt_slot.in"
    [ "$gt_limit" = 0 ] || set -- "$@" "$gt_slot.go"
    [ $# = 0 ] || mkfifo "$@" || return 1
    gt_stdin=/dev/null gt_timer= gt_go=
    if [ "$gt_input" != null ]; then exec 9<>"$gt_slot.in"; gt_stdin=$gt_slot.in; fi
    if [ "$gt_limit" != 0 ]; then
        gt_go=$gt_slot.go
        exec 3<>"$gt_go"
        (gt_watch_time) </dev/null >/dev/null 4<&- 5>&- 6>&- 7>&- 8>&- 9>&- &
        gt_timer=$!
    fi
    [ "$gt_runner" ] || gt_pump_streams
}

gt_settle_in() { # once for all attempts of this supervisor
    gt_stat $$ && gt_mine="$$ $gt_begin"
    gt_pipes=$gt_slot
    mkfifo "$gt_pipes.po" "$gt_pipes.pe" "$gt_pipes.at" "$gt_pipes.ask" "$gt_pipes.say" || return 1
    exec 4<&0 7>&1 8<>"$gt_pipes.at"
    gt_start_runner
}

gt_run_it() { # from the start of the step's shell to its end: gt_rc, and gt_drawn where both streams
    # have ended too (see gt_drain); false where nobody knows it
    gt_drawn=
    set -- "$gt_program" -c '. "$1"' "${gt_shell##*/}" "$gt_wrapper" "$gt_slot" \
        "$gt_mine $gt_instance $gt_name" "$gt_names" "$gt_for" ''
    if [ "$gt_input" = pty ]; then
        gt_tty="exec"
        for gt_part; do
            gt_quote "$gt_part"
            gt_tty="$gt_tty $gt_quoted"
        done
        # -onlcr: lines end as they would in a pipe. The shell inside leads the session.
        set -- "$(command -v script)" -q -e -f -c "stty -onlcr rows 40 cols 120; $gt_tty" /dev/null
    fi
    if [ "$gt_runner" ]; then
        gt_request "$gt_umask" "$gt_stdin" "$gt_go" "$gt_slot.out" "$gt_slot.err" "$@"
        gt_hear ended || return 1
        gt_rc=${gt_heard%% *}
        gt_drawn=${gt_heard#"$gt_rc"}
    else
        # In the foreground of a subshell: a background list would start with INT and QUIT ignored, and
        # the shell itself would write "Terminated" into what it has as standard error.
        (gt_exec "$@")
        gt_rc=$?
    fi
}

gt_drain() { # to the end of both streams: gt_size_out, gt_size_err, gt_cut
    if [ "$gt_runner" ]; then
        [ "$gt_drawn" ] || { gt_hear drained && gt_drawn=$gt_heard; } || return 1
        # shellcheck disable=SC2086
        set -- $gt_drawn
        gt_size_out=$1 gt_size_err=$2 gt_cut=$3
        return
    fi
    exec 5>&- 6>&-
    gt_cut=-
    wait "$gt_out_pump" || gt_cut=out
    wait "$gt_err_pump" || gt_cut=$gt_cut,err
    gt_measure
}

gt_show() { # both streams, to the console
    if [ "$gt_runner" ]; then
        gt_request send
        gt_hear sent
        return
    fi
    [ "$gt_size_out" = 0 ] || tail -c +1 "$gt_slot.out"
    [ "$gt_size_err" = 0 ] || tail -c +1 "$gt_slot.err"
}

# With Perl: a runner that stays (see runner.pl). It hears on 5 and answers on 6.

gt_start_runner() { # gt_runner is its text, and empty from here on where there is none
    if gt_perl=$(command -v perl); then
        exec 5<>"$gt_pipes.ask" 6<>"$gt_pipes.say"
        # Whatever becomes of it, there is an answer.
        ("$gt_perl" -e "$gt_runner" "$gt_pipes.ask"; printf 'gone\n' >&6) <&4 5>&- &
        gt_hear hello && return
    fi
    gt_runner=
}

gt_request() { printf '%s\0' "$#" "$@" >&5; }

gt_hear() { # WORD: gt_heard is what comes behind it
    read -r gt_word gt_heard <&6
    [ "$gt_word" = "$1" ]
}

# Without: setsid(1) and tee(1) for each attempt.

gt_pump_streams() {
    { printf '' >"$gt_slot.out" && printf '' >"$gt_slot.err"; } || return 1
    exec 5<>"$gt_pipes.po" 6<>"$gt_pipes.pe"
    (gt_pump "$gt_pipes.po" "$gt_slot.out") >/dev/null 2>&1 &
    gt_out_pump=$!
    (gt_pump "$gt_pipes.pe" "$gt_slot.err") >/dev/null 2>&1 &
    gt_err_pump=$!
}

gt_pump() { # FIFO FILE: pipes, not files, so that `> /dev/stderr` cannot truncate what is recorded
    trap '' HUP INT QUIT TERM
    export LC_ALL=C # or it reads the files of a locale that it has no words of
    exec <"$1" 4<&- 5>&- 6>&- 7>&- 8>&-
    # On a full disk it goes on taking what comes, and its status says that some is missing.
    exec "$gt_tee" -a "$2"
}

gt_exec() {
    umask "$gt_umask"
    exec <"$gt_stdin" >&5 2>&6 5>&- 6>&- 9>&-
    [ "$gt_input" = pty ] || exec "$gt_setsid" "$@"
    exec "$@"
}

gt_watch_time() {
    read -r gt_att <&3 || exit 0
    exec 3>&-
    trap 'kill "$gt_sleep"; exit 0' TERM
    sleep "$gt_limit" &
    gt_sleep=$!
    wait "$gt_sleep" || exit 0
    trap '' TERM # the end of the leader must not keep the others alive
    gt_read_record "$gt_att" || gt_end_all time "$gt_grace"
}

gt_finish() { # false where this supervisor cannot go on to another attempt
    [ -z "$gt_timer" ] || kill "$gt_timer"
    gt_is_ours || return 1
    gt_claim=$gt_run/a-$gt_att
    [ "$gt_drawn" ] || printf 'drain rc=%s end\n' "$gt_rc" >>"$gt_claim"
    exec 3>&- 9>&-
    # Ends at once, unless a process left behind keeps a stream open: then the console settles it.
    gt_drain && gt_record_end "$gt_att" || return 1
    gt_answer
    if [ "$gt_size_out $gt_size_err" != "0 0" ]; then
        # What fits into a pipe cannot block a supervisor whose console stands still.
        [ $((gt_size_out + gt_size_err)) -gt 32768 ] || [ -e "$gt_slot.followed" ] || gt_show
        gt_say shown
    fi
    [ "$gt_cut $gt_left" = "- 0" ]
}

gt_is_ours() { # gt_att: which attempt the step's shell claimed; false where it did not
    printf '\n' >&8 # so that there is a line where it has left before
    read -r gt_att
    [ -n "$gt_att" ] || return 1
    read -r gt_part
    [ -n "$gt_part" ] && read -r gt_part && return
    # Ended between the two: the record says whose it is.
    ! gt_read_record "$gt_att" && [ "$gt_slot" = "$gt_run/$gt_name" ]
} <&8

gt_measure() { # gt_size_out and gt_size_err, of the files
    gt_size_out=0 gt_size_err=0
    [ ! -s "$gt_slot.out" ] || gt_size_out=$(($(wc -c <"$gt_slot.out")))
    [ ! -s "$gt_slot.err" ] || gt_size_err=$(($(wc -c <"$gt_slot.err")))
}

gt_record_end() { # ATTEMPT: writes the last line of its record
    gt_left=0 gt_ran=1
    gt_read_record "$1" && return 0 # somebody else settled it
    [ -s "$gt_run/left-$1.norun" ] && gt_ran=0
    if kill -0 "-$gt_step_pid"; then
        gt_members
        # shellcheck disable=SC2086
        set -- $gt_found
        gt_left=$#
    fi
    gt_info="rc=$gt_rc why=${gt_word:--} state=$gt_saved ran=$gt_ran out=$gt_size_out"
    gt_info="$gt_info err=$gt_size_err cut=$gt_cut left=$gt_left" gt_state=exited
    printf 'done %s end\n' "$gt_info" >>"$gt_claim"
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
    { printf 'why %s end\n' "$1" >>"$gt_claim"; } 2>/dev/null
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
