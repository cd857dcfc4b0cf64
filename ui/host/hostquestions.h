// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/host/hostservice.h"

#include <QObject>
#include <QPointer>

class QWidget;

namespace ui {

class HostQuestionSheet;

/// Puts what hosts ask before the person, one question at a time, over the window.
class HostQuestions final : public QObject {
    Q_OBJECT

public:
    /// hosts and window outlive it.
    HostQuestions(app::HostService& hosts, QWidget& window);

private:
    void take(const app::SshQuestion& question);
    void withdraw(quint64 question);
    void showNext();

    app::HostService& m_hosts;
    QWidget& m_window;
    QList<app::SshQuestion> m_waiting;
    QPointer<HostQuestionSheet> m_shown;
};

} // namespace ui
