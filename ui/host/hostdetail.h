// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/host/hostlistmodel.h"

#include <QScrollArea>

class QHBoxLayout;
class QVBoxLayout;

namespace ui {

class ActionButton;
class ElidedLabel;
class TextLabel;

/// One host: how its connection stands and what can be done about it, what the last look at it
/// found, its key, the keys that were offered to it, and what happened meanwhile.
class HostDetail final : public QScrollArea {
    Q_OBJECT

public:
    explicit HostDetail(QWidget* parent = nullptr);

    void showHost(const HostRow& row);
    void showNothing();

Q_SIGNALS:
    void connectRequested(const models::Host& host);
    void giveUpRequested(const QString& ssh);
    void hangUpRequested(const QString& ssh);
    void checkRequested(const models::Host& host);

private:
    void build();
    void keepFocus(const QString& name);
    void settleAge();
    void addLink(QVBoxLayout& column);
    void addLinkButtons(QHBoxLayout& line);
    void addError(QVBoxLayout& column);
    void addChecks(QVBoxLayout& column);
    void addCheck(QVBoxLayout& column, const app::HostCheck& check);
    void addKeys(QVBoxLayout& column);
    void addLog(QVBoxLayout& column);

    HostRow m_row;
    TextLabel* m_state = nullptr; ///< counts down
    TextLabel* m_age = nullptr;
    bool m_showsLog = false;
};

} // namespace ui
