// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/host/hostservice.h"

#include <QObject>

#include <memory>

namespace app {

class TerminalPrompt;

/// What hosts ask, asked on the terminal that the command was given on, one question after the
/// other. Where there is none, each is declined, with what to do instead on standard error.
class TerminalQuestions : public QObject {
    Q_OBJECT

public:
    /// hosts outlives this.
    explicit TerminalQuestions(HostService& hosts);
    ~TerminalQuestions() override;

private:
    void enqueue(const SshQuestion& question);
    void askNext();
    void begin(const SshQuestion& question);
    void promptNext();
    void take(const QByteArray& line);
    void withdraw(quint64 question);
    void decline();
    void finish(SshAnswer::Decision decision);

    HostService& m_hosts;
    std::unique_ptr<TerminalPrompt> m_prompt; ///< null: there is no terminal
    QList<SshQuestion> m_waiting;
    SshQuestion m_question; ///< the one being asked; its id is 0 where none is
    SshAnswer m_answer;
};

} // namespace app
