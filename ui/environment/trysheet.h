// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/health/condition.h"
#include "ui/widgets/sheet.h"

#include <chrono>
#include <optional>

class QComboBox;
class QLineEdit;

namespace app {
class EnvironmentWatch;
}

namespace ui {

class ReplayStrip;

/// Tries a condition before anybody relies on it: what each part of it comes to now, and where it
/// would have held over what was recorded.
class TrySheet final : public Sheet {
    Q_OBJECT

public:
    /// watch outlives it. condition: what it begins with.
    TrySheet(const app::EnvironmentWatch& watch, const QString& workspace, QString environment,
             const QString& condition, QWidget* parent = nullptr);

private:
    void settle();
    void showNow(const models::Condition& condition);
    void showPast(const models::Condition& condition);

    const app::EnvironmentWatch& m_watch;
    QString m_environment;
    QLineEdit* m_field;
    TextLabel* m_verdict;
    TextLabel* m_leaves;
    QComboBox* m_past;
    ReplayStrip* m_strip;
    TextLabel* m_words;
};

} // namespace ui
