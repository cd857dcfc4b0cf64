// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/container/filefeed.h"

#include <algorithm>
#include <array>
#include <utility>

namespace app {
namespace {

constexpr qsizetype longLine = 1024 * 1024;
constexpr qsizetype longestWord = 256;
constexpr QByteArrayView word("gantry-file ");

/// $1 path, $2 lines from before now or -1, $3 how far it is read or -1, $4 bytes that are read
/// again. Says where it begins, and whether that is where it was read to. The newest lines are
/// looked for in a part of the file that stays as it is while more is written behind it.
constexpr auto script = R"sh(path=$1 lines=$2 from=$3 back=$4
export LC_ALL=C
size=$({ wc -c <"$path"; } 2>/dev/null) || size=0
size=$((size)) room=4194304 start=0 how=anew
if [ "$from" -ge 0 ]; then
    if [ "$size" -ge "$from" ]; then how=on start=$((from - back)); fi
elif [ "$lines" -ge 0 ] && [ "$size" -gt 0 ]; then
    [ "$size" -gt "$room" ] || room=$size
    new=$(tail -c "+$((size - room + 1))" -- "$path" | head -c "$room" | tail -n "$lines" | wc -c)
    start=$((size - new))
fi
echo "gantry-file $start $how"
exec tail -c "+$((start + 1))" -F -- "$path" 2>&1
)sh";

/// What GNU tail says of the file that comes next, whose first byte is the next one.
constexpr std::array<QByteArrayView, 3> wordsOfAnother{"following new file", "file truncated",
                                                       "has appeared"};
/// And of others, or of none.
constexpr std::array<QByteArrayView, 6> wordsOfTail{
    "has become inaccessible", "cannot open",        "untailable file",
    "giving up on this name",  "no files remaining", "cannot be used",
};

template <size_t size>
bool saysAny(QByteArrayView line, const std::array<QByteArrayView, size>& words) {
    return line.startsWith("tail: ") &&
           std::any_of(words.begin(), words.end(),
                       [line](QByteArrayView each) { return line.toByteArray().contains(each); });
}

} // namespace

QStringList FileFeed::command(const QString& path, int tail, const FilePlace& place) {
    return {QStringLiteral("sh"),
            QStringLiteral("-c"),
            QString::fromLatin1(script),
            QStringLiteral("gantry"),
            path,
            QString::number(tail),
            QString::number(place.isKnown ? place.offset : -1),
            QString::number(place.seen.size())};
}

FileFeed::FileFeed(std::unique_ptr<Channel> command, std::shared_ptr<FilePlace> place)
    : m_command(std::move(command))
    , m_place(std::move(place)) {
    connect(m_command.get(), &Channel::outputRead, this, &FileFeed::take);
    connect(m_command.get(), &Channel::errorRead, this,
            [this](const QByteArray& bytes) { Q_EMIT read(models::LogChannel::Stderr, bytes); });
    connect(m_command.get(), &Channel::closed, this, &FileFeed::finish);
}

void FileFeed::setFlow(Flow flow) {
    m_command->setReading(flow == Flow::Flowing ? Channel::Reading::On : Channel::Reading::Off);
}

void FileFeed::take(const QByteArray& bytes) {
    m_ahead += bytes;
    if (m_stage == Stage::Word && !takeWord())
        return;
    if (m_stage == Stage::Overlap && !takeOverlap())
        return;
    takeLines();
}

bool FileFeed::takeWord() {
    const qsizetype end = m_ahead.indexOf('\n');
    if (end < 0 && m_ahead.size() < longestWord)
        return false;
    const QList<QByteArray> words = m_ahead.first(std::max<qsizetype>(end, 0)).split(' ');
    bool isNumber = false;
    const qint64 start = words.value(1).toLongLong(&isNumber);
    if (!m_ahead.startsWith(word) || !isNumber) {
        m_place->isKnown = false; // whatever it is that speaks there
        m_stage = Stage::Lines;
        begin();
        return true;
    }
    m_ahead.remove(0, end + 1);
    const bool goesOn = words.value(2) == "on";
    if (goesOn) {
        m_stage = Stage::Overlap;
        return true;
    }
    if (m_place->isKnown)
        Q_EMIT joined(Joint::Broken);
    m_place->begin(start);
    m_stage = Stage::Lines;
    begin();
    return true;
}

/// What was read last stands there again, or it is another file.
bool FileFeed::takeOverlap() {
    const QByteArray& seen = m_place->seen;
    if (m_ahead.size() < seen.size())
        return false;
    if (m_ahead.startsWith(seen)) {
        m_ahead.remove(0, seen.size());
        Q_EMIT joined(Joint::Whole);
    } else {
        m_place->begin(m_place->offset - seen.size());
        Q_EMIT joined(Joint::Broken);
    }
    m_stage = Stage::Lines;
    begin();
    return true;
}

void FileFeed::takeLines() {
    qsizetype from = 0;
    qsizetype given = 0;
    for (qsizetype end = m_ahead.indexOf('\n'); end >= 0; end = m_ahead.indexOf('\n', from)) {
        const QByteArrayView line = QByteArrayView(m_ahead).sliced(from, end + 1 - from);
        from = end + 1;
        const bool isInside = std::exchange(m_isInsideLine, false);
        if (!isInside && (saysAny(line, wordsOfAnother) || saysAny(line, wordsOfTail))) {
            give(QByteArrayView(m_ahead).sliced(given, from - line.size() - given));
            noteTail(line);
            given = from;
        }
    }
    give(QByteArrayView(m_ahead).sliced(given, from - given));
    m_ahead.remove(0, from);
    if (m_ahead.size() > longLine) {
        give(std::exchange(m_ahead, {}));
        m_isInsideLine = true;
    }
}

void FileFeed::give(QByteArrayView bytes) {
    if (bytes.isEmpty())
        return;
    m_place->move(bytes);
    Q_EMIT read(models::LogChannel::Stdout, bytes.toByteArray());
}

void FileFeed::noteTail(QByteArrayView line) {
    if (saysAny(line, wordsOfAnother))
        m_place->begin(0);
    Q_EMIT read(models::LogChannel::Stderr, line.toByteArray());
}

void FileFeed::begin() {
    if (!std::exchange(m_hasBegun, true))
        Q_EMIT began();
}

void FileFeed::finish() {
    End end;
    end.exitStatus = m_command->exitStatus();
    if (m_command->wasCutOff()) {
        end.reason = End::Reason::CutOff; // the line that it is in is read again
    } else if (!m_command->failure().isEmpty()) {
        end.reason = End::Reason::Failed;
        end.error = {models::ErrorCode::Unsupported, m_command->failure(), {}};
    } else if (m_stage == Stage::Lines) {
        give(std::exchange(m_ahead, {}));
    }
    Q_EMIT ended(end);
}

} // namespace app
