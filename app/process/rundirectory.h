// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/process/channel.h"
#include "app/process/supervisor.h"
#include "app/process/supervisorprogram.h"
#include "app/run/place.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <chrono>
#include <functional>

namespace app {

/// One run's directory at a place: opens it once, keeps a supervisor ready there while attempts
/// come quickly, and asks questions about what is in it.
class RunDirectory final : public QObject {
    Q_OBJECT

public:
    using OpenCallback = std::function<void(const models::Result<void>&)>;
    using ReplyCallback = std::function<void(const QList<SupervisorReply>&)>;

    /// A shell that has not answered for so long is taken for one that never will.
    static constexpr std::chrono::milliseconds usualPatience{60'000};
    /// The word of the one reply that stands for no answer in time.
    static constexpr char silence[] = "silence";

    /// channels outlives the directory.
    RunDirectory(models::RunId run, QString placeName, ChannelFactory& channels,
                 std::chrono::milliseconds patience, QObject* parent = nullptr);

    [[nodiscard]] std::chrono::milliseconds patience() const { return m_patience; }
    void setPatience(std::chrono::milliseconds patience) { m_patience = patience; }

    /// The callback comes once, unless context went before; at once where it is open already.
    void open(QObject* context, OpenCallback callback);
    /// It was wiped or replaced under us: the next open() looks anew.
    void forget();

    // All below: only while it is open.

    /// Made by chance with the directory: another one has another.
    [[nodiscard]] const QByteArray& nonce() const { return m_nonce; }
    [[nodiscard]] const QByteArray& path() const { return m_path; }

    /// A supervisor that is ready for such an attempt, or becomes so.
    [[nodiscard]] Supervisor* takeSupervisor(const SupervisorKind& kind, QObject* owner);
    /// Has one ready for the next attempt of this kind while this one runs; lets it go when none
    /// comes for a while.
    void prepareNext(const SupervisorKind& kind);
    /// Takes one back after its attempt, and has it make ready for another of its kind.
    void giveBack(Supervisor* supervisor);
    void dropPrepared();
    /// A follower of the attempt, from these offsets.
    [[nodiscard]] SupervisorChannel follow(const QByteArray& attempt, const StreamOffsets& from,
                                           QObject* owner);
    /// Calls a function whose first arguments are the run's directory and nonce; again where the
    /// way there was lost on the way, so it must not matter how often it is called. The callback
    /// comes once with all replies; with none where the shell ended without any, with silence where
    /// it did not answer in time. Where context goes before, what was not sent is not sent any more.
    void call(const char* function, const QList<QByteArray>& arguments, QObject* context,
              ReplyCallback callback);

    /// The name of an attempt in the directory.
    [[nodiscard]] static QByteArray nameOf(const models::AttemptKey& attempt);

private:
    struct Waiting {
        QPointer<QObject> context;
        OpenCallback callback;
    };

    [[nodiscard]] SupervisorChannel openChannel(ProgramParts parts, QObject* owner);
    [[nodiscard]] Supervisor* makeSupervisor(const SupervisorKind& kind, QObject* owner);
    [[nodiscard]] QByteArray keepCall(const SupervisorKind& kind);
    void addPrepared(Supervisor* supervisor);
    void drop(Supervisor* supervisor);
    void ask(const QByteArray& text, QObject* context, ReplyCallback callback);
    void askWhere();
    void finishOpening(const QList<SupervisorReply>& replies);
    [[nodiscard]] models::Result<void> understand(const QList<SupervisorReply>& replies);

    models::RunId m_run;
    QString m_placeName;
    ChannelFactory& m_channels;
    std::chrono::milliseconds m_patience;
    QByteArray m_path; ///< empty until it is open
    QByteArray m_nonce;
    QByteArray m_tail;     ///< which tail(1) is there
    QByteArray m_umask;    ///< what commands begin with
    QByteArray m_instance; ///< of the machine: changes when it restarts
    QByteArray m_names;    ///< of the environment that commands begin with
    QList<Waiting> m_waiting;
    QByteArray m_slotPrefix; ///< of this console: no two consoles share a slot
    int m_nextSlot = 0;
    int m_silences = 0;            ///< shells in a row that ended without an answer to open()
    QList<Supervisor*> m_prepared; ///< all of one kind; the first is ready first
    QTimer m_idle;
};

} // namespace app
