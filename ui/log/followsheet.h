// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/log/logsource.h"
#include "ui/widgets/sheet.h"

#include <QList>

class QComboBox;
class QLineEdit;

namespace ui {

class ActionButton;

/// Asks for a command whose lines are to be followed, and where.
class FollowSheet final : public Sheet {
    Q_OBJECT

public:
    /// places: at least one; current: the name of the one that is likely meant.
    FollowSheet(const QList<models::Host>& places, const QString& current, QWidget* parent);

Q_SIGNALS:
    void followRequested(const app::LogSource& source);

private:
    [[nodiscard]] app::LogSource source() const;

    QList<models::Host> m_places;
    QLineEdit* m_command;
    QComboBox* m_place;
    ActionButton* m_follow;
};

} // namespace ui
