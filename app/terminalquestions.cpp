// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/terminalquestions.h"

#include "app/commandlineoutput.h"
#include "app/terminalprompt.h"

#include <utility>

namespace app {
namespace {

/// All that a person has to know before the answer.
QString introduction(const SshQuestion& question) {
    switch (question.kind) {
    case SshQuestion::Kind::UnknownHostKey:
        return u"%1 is not known yet. It shows this %2 key:\n\n  %3\n\nCompare it with what the "
               "host's own console prints for\n  ssh-keygen -l -f /etc/ssh/ssh_host_%4_key.pub\n"
               "or with what whoever runs the host says. With \"yes\" it goes into known_hosts, "
               "as %5.\n"_qs.arg(
                   harmless(question.host), question.hostKey.type, question.hostKey.fingerprint,
                   QString(question.hostKey.type).remove(u"ssh-"_qs).section(u'-', 0, 0),
                   harmless(question.knownAs));
    case SshQuestion::Kind::Passphrase:
    case SshQuestion::Kind::Password:
        if (question.kept == SshQuestion::Kept::Wrong && question.round == 1)
            return u"The passphrase in the keychain does not unlock this key.\n"_qs;
        return question.round > 1 ? u"That was not right.\n"_qs : QString();
    case SshQuestion::Kind::Interactive:
        return question.instruction.isEmpty()
                   ? QString()
                   : u"%1 says: %2\n"_qs.arg(harmless(question.host),
                                             harmless(question.instruction));
    }
    return {};
}

QString insteadOf(const SshQuestion& question) {
    const QString host = harmless(question.host);
    switch (question.kind) {
    case SshQuestion::Kind::UnknownHostKey:
        return u"%1 is not known yet, and there is no terminal to ask at. It shows the %2 key %3. "
               "Compare it with the host's own, then add it to ~/.ssh/known_hosts as %4, or run "
               "this once in a terminal."_qs.arg(host, question.hostKey.type,
                                                 question.hostKey.fingerprint,
                                                 harmless(question.knownAs));
    case SshQuestion::Kind::Passphrase:
        return u"%1 needs the passphrase of %2, and there is no terminal to ask at. Add the key to "
               "an agent: ssh-add %2"_qs.arg(host, harmless(question.keyFile));
    case SshQuestion::Kind::Password:
    case SshQuestion::Kind::Interactive:
        return u"%1 wants a password of %2, and there is no terminal to ask at. Add your public "
               "key to ~/.ssh/authorized_keys there, and the private one to an agent."_qs.arg(
                   host, harmless(question.user));
    }
    return {};
}

} // namespace

TerminalQuestions::TerminalQuestions(HostService& hosts)
    : m_hosts(hosts) {
    if (TerminalPrompt::hasPerson()) {
        m_prompt = std::make_unique<TerminalPrompt>();
        connect(m_prompt.get(), &TerminalPrompt::lineTyped, this, &TerminalQuestions::take);
        connect(m_prompt.get(), &TerminalPrompt::ended, this, &TerminalQuestions::decline);
    }
    connect(&hosts, &HostService::questionAsked, this, &TerminalQuestions::enqueue);
    connect(&hosts, &HostService::questionWithdrawn, this, &TerminalQuestions::withdraw);
    connect(&hosts, &HostService::noticed, this,
            [](const QString& message) { printError(harmless(message)); });
}

TerminalQuestions::~TerminalQuestions() = default;

void TerminalQuestions::enqueue(const SshQuestion& question) {
    m_waiting.append(question);
    askNext();
}

void TerminalQuestions::askNext() {
    if (m_question.id == 0 && !m_waiting.isEmpty())
        begin(m_waiting.takeFirst());
}

void TerminalQuestions::begin(const SshQuestion& question) {
    m_question = question;
    if (!m_prompt) {
        printError(insteadOf(question));
        decline();
        return;
    }
    m_prompt->say(introduction(question));
    promptNext();
}

void TerminalQuestions::promptNext() {
    if (m_question.kind == SshQuestion::Kind::UnknownHostKey) {
        m_prompt->ask(u"Trust this key? Type yes or no: "_qs, TerminalPrompt::Echo::Shown);
        return;
    }
    if (m_answer.texts.size() == m_question.prompts.size()) {
        finish(SshAnswer::Decision::Continue);
        return;
    }
    const SshQuestion::Prompt& prompt = m_question.prompts[m_answer.texts.size()];
    const QString text = harmless(prompt.text);
    m_prompt->ask(text.endsWith(u':') ? text + u' ' : text + u": "_qs,
                  prompt.isSecret ? TerminalPrompt::Echo::Hidden : TerminalPrompt::Echo::Shown);
}

void TerminalQuestions::take(const QByteArray& line) {
    if (m_question.kind != SshQuestion::Kind::UnknownHostKey) {
        m_answer.texts.append(line);
        promptNext();
        return;
    }
    const QByteArray word = line.trimmed().toLower();
    if (word == "yes")
        finish(SshAnswer::Decision::Continue);
    else if (word == "no" || word.isEmpty())
        decline();
    else
        promptNext();
}

void TerminalQuestions::withdraw(quint64 question) {
    m_waiting.removeIf([question](const SshQuestion& one) { return one.id == question; });
    if (m_question.id != question)
        return;
    m_question = {};
    m_answer = {};
    if (m_prompt)
        m_prompt->stop();
    askNext();
}

void TerminalQuestions::decline() {
    m_answer.texts.clear();
    finish(SshAnswer::Decision::Decline);
}

void TerminalQuestions::finish(SshAnswer::Decision decision) {
    const quint64 question = std::exchange(m_question, {}).id;
    SshAnswer answer = std::exchange(m_answer, {});
    answer.decision = decision;
    m_hosts.answer(question, answer, HostService::Keep::No);
    QMetaObject::invokeMethod(this, &TerminalQuestions::askNext, Qt::QueuedConnection);
}

} // namespace app
