// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/process/rundirectory.h"

#include <QCryptographicHash>
#include <QFile>

#include <chrono>
#include <utility>

namespace app {
namespace {

constexpr std::chrono::seconds idleTime{3};
/// One makes ready while another one's attempt runs.
constexpr int mostPrepared = 2;
constexpr int silenceLimit = 5;
constexpr qsizetype longestName = 120;

bool isSafe(const QByteArray& name) {
    const auto safe = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    };
    return !name.isEmpty() && name.size() <= longestName && name != "-" &&
           std::all_of(name.begin(), name.end(), safe);
}

/// Ids are made of safe characters; whatever else comes is still one file name and nobody else's.
QByteArray fileName(const QString& id) {
    const QByteArray name = id.toUtf8();
    if (isSafe(name))
        return name;
    return "_" + QCryptographicHash::hash(name, QCryptographicHash::Sha256).toHex();
}

} // namespace

RunDirectory::RunDirectory(models::RunId run, QString placeName, ChannelFactory& channels,
                           std::chrono::milliseconds patience, QObject* parent)
    : QObject(parent)
    , m_run(std::move(run))
    , m_placeName(std::move(placeName))
    , m_channels(channels)
    , m_patience(patience)
    , m_slotPrefix("s-" + randomToken().left(12)) {
    m_idle.setSingleShot(true);
    m_idle.setInterval(idleTime);
    connect(&m_idle, &QTimer::timeout, this, &RunDirectory::dropPrepared);
}

QByteArray RunDirectory::nameOf(const models::AttemptKey& attempt) {
    return fileName(attempt.step.text()) + '.' + QByteArray::number(attempt.number);
}

SupervisorChannel RunDirectory::openChannel(ProgramParts parts, QObject* owner) {
    SupervisorChannel made;
    made.channel = m_channels.open().release();
    made.channel->setParent(owner);
    made.token = randomToken();
    made.channel->write(supervisorPreamble(parts, made.token));
    return made;
}

void RunDirectory::open(QObject* context, OpenCallback callback) {
    if (!m_path.isEmpty()) {
        callback({});
        return;
    }
    m_waiting.append({context, std::move(callback)});
    if (m_waiting.size() == 1)
        askWhere();
}

void RunDirectory::askWhere() {
    QList<QByteArray> arguments{fileName(m_run.text()), randomToken()};
    for (const SessionWrapper& wrapper : sessionWrappers())
        arguments << wrapper.name << wrapper.text;
    ask(supervisorCall("gt_open", arguments), this,
        [this](const QList<SupervisorReply>& replies) { finishOpening(replies); });
}

void RunDirectory::finishOpening(const QList<SupervisorReply>& replies) {
    // A shell that was ended before it answered says nothing about the place.
    if (replies.isEmpty() && ++m_silences < silenceLimit) {
        askWhere();
        return;
    }
    m_silences = 0;
    const models::Result<void> result = understand(replies);
    const QList<Waiting> waiting = std::exchange(m_waiting, {});
    for (const Waiting& one : waiting) {
        if (one.context)
            one.callback(result);
    }
}

models::Result<void> RunDirectory::understand(const QList<SupervisorReply>& replies) {
    const SupervisorReply reply = replies.isEmpty() ? SupervisorReply() : replies.last();
    if (reply.word == "open") {
        // The path is the rest of the line, whatever is in it.
        QList<QByteArray> words = reply.text.split(' ');
        if (words.size() >= 5 && replies.first().word == "names") {
            m_names = replies.first().text;
            m_nonce = words.takeFirst();
            m_tail = words.takeFirst();
            m_umask = words.takeFirst();
            m_instance = words.takeFirst();
            m_path = words.join(' ');
            return {};
        }
    }
    const QString detail = QFile::decodeName(reply.text);
    if (reply.word == "nobase")
        return models::failure(
            models::ErrorCode::NotWritable,
            tr("There is no private folder at %1 to record the command in. Make "
               "~/.local/state/gantry writable for yourself, or free some space there.")
                .arg(m_placeName),
            detail);
    if (reply.word == "nosetsid" || reply.word == "noproc")
        return models::failure(models::ErrorCode::Unsupported,
                               tr("Commands cannot be kept alive at %1: %2 is missing there.")
                                   .arg(m_placeName, reply.word == "noproc"
                                                         ? QStringLiteral("/proc")
                                                         : QStringLiteral("setsid")));
    return models::failure(
        models::ErrorCode::Internal,
        tr("The shell at %1 did not answer. Check that sh can be started there.").arg(m_placeName),
        detail);
}

void RunDirectory::forget() {
    m_path.clear();
    dropPrepared();
}

QByteArray RunDirectory::keepCall(const SupervisorKind& kind) {
    return supervisorCall(
        "gt_keep",
        QList<QByteArray>{m_path, m_nonce, m_slotPrefix + '.' + QByteArray::number(m_nextSlot++)} +
            kind.arguments + QList<QByteArray>{m_umask, m_instance, m_names});
}

Supervisor* RunDirectory::makeSupervisor(const SupervisorKind& kind, QObject* owner) {
    auto* made = new Supervisor(openChannel(ProgramParts::Supervisor, nullptr), kind, owner);
    made->keep(keepCall(kind));
    return made;
}

Supervisor* RunDirectory::takeSupervisor(const SupervisorKind& kind, QObject* owner) {
    m_idle.stop();
    if (!m_prepared.isEmpty() && m_prepared.first()->kind() != kind)
        dropPrepared();
    if (m_prepared.isEmpty())
        return makeSupervisor(kind, owner);
    Supervisor* taken = m_prepared.takeFirst();
    taken->disconnect(this);
    taken->setParent(owner);
    return taken;
}

void RunDirectory::prepareNext(const SupervisorKind& kind) {
    m_idle.start();
    if (m_prepared.isEmpty() && !m_path.isEmpty())
        addPrepared(makeSupervisor(kind, this));
}

void RunDirectory::giveBack(Supervisor* supervisor) {
    if (m_path.isEmpty() || m_prepared.size() >= mostPrepared ||
        (!m_prepared.isEmpty() && m_prepared.first()->kind() != supervisor->kind())) {
        supervisor->deleteLater();
        return;
    }
    supervisor->setParent(this);
    supervisor->keep(keepCall(supervisor->kind()));
    addPrepared(supervisor);
    m_idle.start();
}

void RunDirectory::addPrepared(Supervisor* supervisor) {
    m_prepared.append(supervisor);
    connect(supervisor, &Supervisor::closed, this, [this, supervisor] { drop(supervisor); });
    connect(supervisor, &Supervisor::replied, this,
            [this, supervisor](const SupervisorReply& reply) {
                // Anything else says why there is no slot: the next attempt finds out for itself.
                if (reply.word != "shown" && reply.word != "ready")
                    drop(supervisor);
            });
}

void RunDirectory::drop(Supervisor* supervisor) {
    m_prepared.removeOne(supervisor);
    supervisor->disconnect(this);
    supervisor->deleteLater();
}

void RunDirectory::dropPrepared() {
    m_idle.stop();
    while (!m_prepared.isEmpty())
        drop(m_prepared.first());
}

SupervisorChannel RunDirectory::follow(const QByteArray& attempt, const StreamOffsets& from,
                                       QObject* owner) {
    SupervisorChannel made = openChannel(ProgramParts::Orders, owner);
    made.channel->write(
        supervisorCall("gt_follow", {m_path, m_nonce, attempt, QByteArray::number(from.out),
                                     QByteArray::number(from.err), m_tail}));
    return made;
}

void RunDirectory::call(const char* function, const QList<QByteArray>& arguments, QObject* context,
                        ReplyCallback callback) {
    ask(supervisorCall(function, QList<QByteArray>{m_path, m_nonce} + arguments), context,
        std::move(callback));
}

void RunDirectory::ask(const QByteArray& text, QObject* context, ReplyCallback callback) {
    const SupervisorChannel made = openChannel(ProgramParts::Orders, this);
    auto* channel = made.channel;
    auto reader = std::make_shared<ReplyReader>(made.token);
    connect(channel, &Channel::outputRead, this,
            [reader](const QByteArray& bytes) { reader->append(bytes); });
    auto* limit = new QTimer(channel);
    // Either end puts the other out of action.
    const auto leave = [this, channel, limit] {
        limit->stop();
        channel->disconnect(this);
        channel->deleteLater();
    };
    const QPointer<QObject> asker(context);
    connect(context, &QObject::destroyed, channel, leave);
    connect(channel, &Channel::closed, this, [=, this] {
        const bool wasCutOff = channel->wasCutOff();
        QList<SupervisorReply> replies;
        while (auto reply = reader->next())
            replies.append(*reply);
        leave();
        if (!asker)
            return;
        if (wasCutOff)
            ask(text, asker, callback);
        else
            callback(replies);
    });
    limit->setSingleShot(true);
    connect(limit, &QTimer::timeout, this, [=] {
        leave();
        if (asker)
            callback({{silence, {}}});
    });
    limit->start(m_patience);
    channel->write(text);
    channel->closeInput();
}

} // namespace app
