// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/host/hostquestions.h"

#include "ui/host/hostquestionsheet.h"

namespace ui {

HostQuestions::HostQuestions(app::HostService& hosts, QWidget& window)
    : QObject(&window)
    , m_hosts(hosts)
    , m_window(window) {
    connect(&hosts, &app::HostService::questionAsked, this, &HostQuestions::take);
    connect(&hosts, &app::HostService::questionWithdrawn, this, &HostQuestions::withdraw);
}

void HostQuestions::take(const app::SshQuestion& question) {
    m_waiting.append(question);
    showNext();
}

void HostQuestions::withdraw(quint64 question) {
    m_waiting.removeIf([question](const app::SshQuestion& one) { return one.id == question; });
    if (m_shown && m_shown->question() == question)
        m_shown->withdraw();
}

void HostQuestions::showNext() {
    if (m_shown || m_waiting.isEmpty())
        return;
    const app::SshQuestion question = m_waiting.takeFirst();
    m_shown = new HostQuestionSheet(
        question,
        [this, id = question.id](const app::SshAnswer& answer, app::HostService::Keep keep) {
            m_hosts.answer(id, answer, keep);
        },
        &m_window);
    connect(m_shown, &QObject::destroyed, this, &HostQuestions::showNext, Qt::QueuedConnection);
    m_shown->open();
}

} // namespace ui
