# SPDX-License-Identifier: GPL-3.0-or-later
# What the console asks of a run's directory and of attempts in it. Comes before supervisor.sh,
# whose functions it uses; the supervisor of one attempt needs none of this.
gt_first_umask=$(umask)

# --- the run's directory ---

gt_try_base() { # DIRECTORY: ours, private, and able to do what is asked of it
    case $1 in /*) ;; *) return 1 ;; esac
    mkdir -p "$1" 2>/dev/null || { gt_why="$gt_why$1 cannot be made; "; return 1; }
    # Runs have nothing to do with one another: ext4 then puts each far from the one that was just
    # removed, and need not look through what is left of its thousands of files (chattr(1), T).
    chattr +T "$1" 2>/dev/null
    if [ -L "$1" ] || ! [ -O "$1" ]; then gt_why="$gt_why$1 belongs to somebody else; "; return 1; fi
    chmod 700 "$1" 2>/dev/null || { gt_why="$gt_why$1 cannot be made private; "; return 1; }
}

gt_try_run() { # DIRECTORY NONCE: makes the run's directory, or takes the one that is there
    if [ -e "$1/id" ]; then
        [ -O "$1" ] && [ -w "$1" ] && ! [ -L "$1" ] && return 0
        gt_why="$gt_why$1 cannot be written; "
        return 1
    fi
    { mkdir -p "$1" && printf 'G1 %s\n' "$2" >"$1/id.$$" && [ -s "$1/id.$$" ] &&
        mkfifo "$1/fifo.$$" && rm "$1/fifo.$$"; } 2>/dev/null || {
        gt_why="$gt_why$1 cannot be written or has no room; "
        rm -f "$1/id.$$" "$1/fifo.$$" 2>/dev/null
        return 1
    }
    # Two consoles may open it at the same moment: the first link stays.
    ln "$1/id.$$" "$1/id" 2>/dev/null
    rm -f "$1/id.$$"
    [ -s "$1/id" ] || { gt_why="$gt_why$1 cannot hold links; "; return 1; }
}

gt_install() { # FILE TEXT: written aside and renamed, so that nobody ever reads a part of it
    [ -s "$1" ] && return 0
    { printf '%s\n' "$2" >"$1.$$" && mv -f "$1.$$" "$1"; } 2>/dev/null
}

gt_open() { # RUN NONCE NAME1 TEXT1 NAME2 TEXT2 NAME3 TEXT3 end
    [ "${9-}" = end ] || exit 0
    command -v setsid >/dev/null 2>&1 || { gt_say nosetsid; exit 0; }
    [ -r /proc/self/stat ] || { gt_say noproc; exit 0; }
    gt_why= gt_user=$(id -u 2>/dev/null) gt_base= gt_home=${HOME-}
    set -- "$@" ${XDG_STATE_HOME:+"$XDG_STATE_HOME/gantry"} \
        ${gt_home:+"$gt_home/.local/state/gantry"} ${gt_home:+"$gt_home/.cache/gantry"} \
        "/var/tmp/gantry-${gt_user:-x}" "/tmp/gantry-${gt_user:-x}" "/dev/shm/gantry-${gt_user:-x}"
    gt_id=$1 gt_nonce=$2 gt_n1=$3 gt_t1=$4 gt_n2=$5 gt_t2=$6 gt_n3=$7 gt_t3=$8
    shift 9
    # A run that was begun elsewhere, while another place was writable, is taken up there.
    for gt_d; do
        [ -e "$gt_d/r-$gt_id/id" ] && gt_try_run "$gt_d/r-$gt_id" - && { gt_base=$gt_d; break; }
    done
    [ "$gt_base" ] || for gt_d; do
        gt_try_base "$gt_d" && gt_try_run "$gt_d/r-$gt_id" "$gt_nonce" && { gt_base=$gt_d; break; }
    done
    [ "$gt_base" ] || { gt_say nobase "$gt_why"; exit 0; }
    gt_run=$gt_base/r-$gt_id
    gt_install "$gt_run/$gt_n1" "$gt_t1" && gt_install "$gt_run/$gt_n2" "$gt_t2" &&
        gt_install "$gt_run/$gt_n3" "$gt_t3" || { gt_say nobase "$gt_run has no room"; exit 0; }
    read -r gt_part gt_nonce <"$gt_run/id"
    { printf '' >"$gt_run/id-$gt_nonce"; } 2>/dev/null || { gt_say nobase "$gt_run has no room"; exit 0; }
    gt_tail=other
    case $(tail --version 2>/dev/null) in *GNU*) gt_tail=gnu ;; esac
    gt_list_names
    gt_find_instance
    gt_say names "$gt_names"
    gt_say open "$gt_nonce $gt_tail $gt_first_umask $gt_instance $gt_run"
}

gt_close() { # RUN NONCE end: refused while an attempt lives
    [ "${3-}" = end ] || exit 0
    gt_enter "$1" "$2"
    # Those that have an end need no look. "id" has none: it shows that grep knows -L.
    gt_part=$({ cd "$gt_run" && find . -name 'a-*' -exec grep -L '^done .* end$' id {} +; } 2>/dev/null)
    # shellcheck disable=SC2086
    case $gt_part in
    id*) set -- ${gt_part#id} ;;
    *) set -- "$gt_run"/a-* ;;
    esac
    for gt_d; do
        [ -e "$gt_run/${gt_d##*/}" ] || continue
        gt_look "${gt_d##*/a-}"
        case $gt_state in running | draining | unsupervised) gt_say open "${gt_d##*/}"; exit 0 ;; esac
    done
    mv "$gt_run" "$gt_run.closed" && rm -rf "$gt_run.closed"
    gt_say closed
}

gt_list_names() { # gt_names: what is exported to begin with, so that a step may also unset it
    gt_names=' ' IFS='
'
    set -f
    for gt_part in $(export -p); do
        case $gt_part in 'export '* | 'declare -x '*) ;; *) continue ;; esac
        gt_part=${gt_part%%=*} gt_part=${gt_part##* }
        case $gt_part in '' | [0-9]* | *[!A-Za-z0-9_]*) continue ;; esac
        gt_names="$gt_names$gt_part "
    done
    set +f
    unset IFS
}

# --- questions and orders ---

gt_ask() { # RUN NONCE ATTEMPT end
    [ "${4-}" = end ] || exit 0
    gt_enter "$1" "$2"
    gt_look "$3"
    gt_answer
}

gt_void() { # RUN NONCE ATTEMPT end: makes sure that it never starts, or says what is there instead
    [ "${4-}" = end ] || exit 0
    gt_enter "$1" "$2"
    set -C
    { printf 'void end\n' >"$gt_run/a-$3"; } 2>/dev/null
    set +C
    gt_look "$3"
    gt_answer
}

gt_cancel() { # RUN NONCE ATTEMPT GRACE end
    [ "${5-}" = end ] || exit 0
    gt_enter "$1" "$2"
    set -C
    { printf 'void end\n' >"$gt_run/a-$3"; } 2>/dev/null # what has not started never will
    set +C
    gt_look "$3"
    gt_gone=gone
    case $gt_state in
    running | draining | unsupervised) gt_end_all cancel "$4" ;;
    exited) case $gt_info in *' left=0') ;; *) gt_end_all cancel "$4" ;; esac ;;
    lost) gt_gone=unconfirmed ;;
    void) ;;
    esac
    gt_say cancel "$gt_gone"
}

gt_send() { # RUN NONCE ATTEMPT NUMBER TEXT end: delivered at most once a number
    [ "${6-}" = end ] || exit 0
    gt_enter "$1" "$2"
    gt_look "$3"
    [ "$gt_state" = running ] || { gt_answer; exit 0; }
    set -C
    { printf '' >"$gt_slot.in.$4"; } 2>/dev/null || { gt_say had; exit 0; }
    set +C
    printf '%s' "$5" 1<>"$gt_slot.in"
    gt_say sent
}

gt_acknowledge() { # RUN NONCE ATTEMPT... end: their output is in the journal
    gt_last=
    for gt_last; do :; done
    [ "$gt_last" = end ] || exit 0
    gt_enter "$1" "$2"
    shift 2
    for gt_part; do
        [ "$gt_part" != end ] || break
        gt_read_record "$gt_part" 2>/dev/null || continue
        # Emptied, which frees the space; the names go with the run's directory.
        for gt_file in out err script; do
            [ ! -s "$gt_slot.$gt_file" ] || printf '' >"$gt_slot.$gt_file"
        done
    done
    gt_say acknowledged
}

# --- following ---

# One state line on standard output, then nothing but the bytes of the two files from these offsets
# on the two streams, until the supervisor has ended or the console hangs up.
gt_follow() { # RUN NONCE ATTEMPT OUT ERR TAIL end
    [ "${7-}" = end ] || exit 0
    gt_enter "$1" "$2"
    gt_att=$3
    gt_look "$3"
    gt_answer
    printf '%s' "$gt_token" >&2
    exec 4<&0 </dev/null 6>&2 2>/dev/null
    gt_out="+$(($4 + 1))" gt_err="+$(($5 + 1))"
    case $gt_state in
    running | draining) ;;
    exited | lost | unsupervised)
        tail -c "$gt_out" "$gt_slot.out" 6>&- 4<&-
        tail -c "$gt_err" "$gt_slot.err" >&6 6>&- 4<&-
        exit 0 ;;
    *) exit 0 ;;
    esac
    printf '' >"$gt_slot.followed"
    printf '' >>"$gt_slot.out" # it may not have said anything yet
    printf '' >>"$gt_slot.err"
    gt_a= gt_b= gt_w= gt_m=
    trap 'trap "" TERM; kill $gt_a $gt_b $gt_w $gt_m; exit 0' TERM HUP INT PIPE
    # The connection is gone: leave nobody behind (the inner cat is ended with its watcher).
    (trap 'kill "$gt_c"; exit 0' TERM; cat <&4 & gt_c=$!; wait "$gt_c"; kill $$) >/dev/null 6>&- &
    gt_w=$!
    # The command may have ended while others keep its pipes open, or while nobody reaps its
    # supervisor: then end, instead of following for ever.
    (gt_mind_end) >/dev/null 4<&- 6>&- &
    gt_m=$!
    if [ "$6" = gnu ]; then
        tail -c "$gt_out" -f -s 0.02 --pid="$gt_pid" "$gt_slot.out" 4<&- 6>&- &
        gt_a=$!
        tail -c "$gt_err" -f -s 0.02 --pid="$gt_pid" "$gt_slot.err" >&6 4<&- 6>&- &
        gt_b=$!
    else
        (gt_poll "$4" "$5") 4<&- &
        gt_a=$!
    fi
    wait "$gt_a"
    [ -z "$gt_b" ] || wait "$gt_b"
    trap '' TERM
    kill "$gt_w" "$gt_m"
    exit 0
}

gt_mind_end() { # ends the follower where tail would not see the end
    trap 'kill "$gt_c"; exit 0' TERM
    gt_i=0
    while [ "$gt_i" -lt 2 ]; do
        sleep 0.4 &
        gt_c=$!
        wait "$gt_c"
        kill -0 $$ || exit 0
        gt_read_record "$gt_att" || [ -n "$gt_drained" ] && gt_i=$((gt_i + 1))
    done
    kill $$
}

gt_poll() { # OUT ERR: where tail cannot watch a process. Forks only when something may be new
    gt_seen=$gt_slot.seen.$$
    exec 7<"$gt_slot.out" 8<"$gt_slot.err"
    tail -c "+$(($1 + 1))" <&7
    tail -c "+$(($2 + 1))" <&8 >&6
    gt_i=0
    while :; do
        gt_over=
        gt_lives "$gt_pid" "$gt_since" || gt_over=1
        if [ -n "$gt_over" ] || ! [ "$gt_slot.out" -ot "$gt_seen" ] || ! [ "$gt_slot.err" -ot "$gt_seen" ]; then
            printf '' >"$gt_seen" # before reading: "not older than the mark" misses nothing
            cat <&7
            cat <&8 >&6
            gt_i=0
        fi
        [ -z "$gt_over" ] || exit 0
        gt_i=$((gt_i + 1))
        if [ "$gt_i" -gt 100 ]; then sleep 0.2; else sleep 0.04; fi
    done
}

gt_count() { # RUN NONCE ATTEMPT end: how much there is of what it said
    [ "${4-}" = end ] || exit 0
    gt_enter "$1" "$2"
    gt_look "$3"
    gt_measure
    gt_say counted "out=$gt_size_out err=$gt_size_err"
}

gt_settle() { # RUN NONCE ATTEMPT end: the command has ended, but others keep its pipes open
    [ "${4-}" = end ] || exit 0
    gt_enter "$1" "$2"
    gt_look "$3"
    if [ "$gt_state" = draining ]; then
        gt_rc=${gt_drained#rc=} gt_cut=-
        gt_measure
        { gt_record_end "$3"; } 2>/dev/null
        gt_look "$3"
    fi
    gt_answer
}
