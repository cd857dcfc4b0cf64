# SPDX-License-Identifier: GPL-3.0-or-later
# The supervisor's runner, where there is Perl: stays for all attempts of its supervisor, starts the
# step's shell in a session of its own and records its two streams, without a new process for each.
# The supervisor does the same with setsid(1) and tee(1) where there is none.
#
# Arguments: the FIFO that requests come from. Descriptors: answers go to 6; 4, 7 and 8 are handed on
# to the step's shell, 7 is the way to the console. A request is NUL-terminated
# words: how many follow, umask, standard input, FIFO that starts the time limit, files for the two
# streams, and the command. Answers, a line each: "hello"; "ended STATUS OUT ERR CUT" when the command
# has ended and nobody holds its streams any more: their sizes, and which lost some or -. Where
# somebody does, "ended STATUS" and later "drained OUT ERR CUT".
# "send" as the only word has the streams written to the channel, where they are short.
use strict;
use POSIX ();

# Handlers: what is started has the default again, without a word.
$SIG{$_} = sub { } for qw(HUP INT QUIT TERM PIPE);
# What is opened from here on must not get a number that the step's shell has something else on.
my @taken;
do { push @taken, POSIX::open('/dev/null', POSIX::O_RDWR()) // exit 1 } while $taken[-1] < 9;
my @own = map { open(my $handle, '+<&=', $_) or exit 1; $handle } 6, @taken;
fcntl($_, POSIX::F_SETFD(), POSIX::FD_CLOEXEC()) or exit 1 for @own;
# Without waiting for a supervisor that was ended meanwhile: then there is nothing to read.
sysopen(my $requests, $ARGV[0], POSIX::O_RDONLY() | POSIX::O_NONBLOCK()) or exit 1;
fcntl($requests, POSIX::F_SETFL(), 0) or exit 1;
open(my $console, '>&', 7) or exit 1;
pipe(my $ends, my $end) or exit 1;
$SIG{CHLD} = sub { syswrite $end, 'x' };

my @streams;
answer('hello');
$/ = "\0";
while (defined(my $count = <$requests>)) {
    chomp $count;
    my @words = map { my $word = <$requests>; exit 1 if !defined $word; chomp $word; $word } 1 .. $count;
    if ($count == 1) {
        put($console, $_->{start}) for @streams;
        answer('sent');
        next;
    }
    my ($mask, $input, $limit) = splice @words, 0, 3;
    @streams = map { { path => $_, start => '', size => 0, cut => 0 } } splice @words, 0, 2;
    run($mask, $input, $limit, @words);
}

sub answer { POSIX::write(6, "$_[0]\n", 1 + length $_[0]) }

sub put { # HANDLE BYTES: false where not all of them could be written
    my ($handle, $bytes) = @_;
    while (length $bytes) {
        my $count = syswrite $handle, $bytes;
        next if !defined $count && $!{EINTR};
        return 0 if !defined $count;
        substr($bytes, 0, $count) = '';
    }
    return 1;
}

sub run {
    my ($mask, $input, $limit, @command) = @_;
    my @write;
    for my $i (0, 1) { pipe($streams[$i]{read}, $write[$i]) or exit 1 }
    # What can be done before the fork is: every page that the child writes to is copied for it.
    sysopen(my $in, $input, POSIX::O_RDONLY()) or exit 1;
    my $go;
    !$limit || sysopen($go, $limit, POSIX::O_RDWR()) or exit 1;
    my @given = ([fileno $in, 0], map { [fileno $write[$_], $_ + 1] } 0, 1);
    push @given, [fileno $go, 3] if $go;
    my $own = umask oct $mask;
    my $child = fork();
    become(\@given, \@command) if defined $child && !$child;
    umask $own;
    exit 1 if !defined $child;
    close $_ for @write;
    my ($open, $passes, $status) = (2, 0);
    while ($child || $open) {
        my $wanted = '';
        vec($wanted, fileno $_->{read}, 1) = 1 for grep { $_->{read} } @streams;
        vec($wanted, fileno $ends, 1) = 1;
        # What it said before its end is in the pipes: a few passes take that.
        my $count = select(my $ready = $wanted, undef, undef, defined $status ? 0 : undef);
        if (defined $status && ($count == 0 || ++$passes > 4)) {
            answer("ended $status");
            undef $status;
        }
        next if $count <= 0;
        for my $stream (grep { $_->{read} && vec($ready, fileno $_->{read}, 1) } @streams) {
            --$open if !record($stream);
        }
        if (vec($ready, fileno $ends, 1)) {
            sysread $ends, my $marks, 512;
            if ($child && waitpid($child, POSIX::WNOHANG()) == $child) {
                $status = $? & 127 ? 128 + ($? & 127) : $? >> 8;
                $child = 0;
            }
        }
    }
    my $cut = join ',', grep { defined } map { $streams[$_]{cut} ? ('out', 'err')[$_] : undef } 0, 1;
    my $word = defined $status ? "ended $status" : 'drained';
    answer("$word $streams[0]{size} $streams[1]{size} " . ($cut || '-'));
}

sub become { # the command, in the child
    my ($given, $command) = @_;
    POSIX::setsid();
    POSIX::dup2(@$_) for @$given;
    if ($command->[-1] eq '') { # its number and start: a shell would read them byte by byte
        my $stat = POSIX::open('/proc/self/stat') // POSIX::_exit(127);
        POSIX::read($stat, my $text, 4096);
        POSIX::close($stat);
        $command->[-1] = "$$ $1" if $text =~ /.*\) (?:\S+ ){19}(\d+)/s;
    }
    exec { $command->[0] } @$command;
    POSIX::_exit(127);
}

sub record { # STREAM: takes what has come; false at its end
    my ($stream) = @_;
    my $count = sysread $stream->{read}, my $bytes, 65536;
    return 1 if !defined $count && $!{EINTR};
    if (!$count) {
        close delete $stream->{read};
        close delete $stream->{file} if $stream->{file};
        return 0;
    }
    $stream->{start} .= $bytes if $stream->{size} <= 32768;
    if (!$stream->{file}) {
        open($stream->{file}, '>>', $stream->{path}) or delete $stream->{file};
    }
    # On a full disk it goes on taking what comes, and says that some is missing.
    if ($stream->{file} && put($stream->{file}, $bytes)) { $stream->{size} += $count }
    else { $stream->{cut} = 1 }
    return 1;
}
