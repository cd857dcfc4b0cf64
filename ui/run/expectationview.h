// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/runstate.h"

#include <QWidget>

#include <optional>

class QVBoxLayout;

namespace ui {

class Chip;

/// What a step is expected to show beside what an attempt showed, with the verdict on each and the
/// difference marked.
class ExpectationView final : public QWidget {
    Q_OBJECT

public:
    explicit ExpectationView(QWidget* parent = nullptr);

    /// attempt: nullptr while there is none; what is expected then.
    void showStep(const models::Step& step, const models::Attempt* attempt);

private:
    QVBoxLayout* addRow(const QString& head, Chip* verdict);
    void addExpected(const QString& head, const QString& expected);
    void addComparison(const QString& head, const QString& expected,
                       const models::Finding& finding);

    QVBoxLayout* m_column;
    QList<models::ExpectationResult> m_shown;
    bool m_wasChecked = false;
    std::optional<std::pair<int, int>> m_exit; ///< expected and observed, where they differ
};

/// The part of each text that the other does not share: behind the common start, before the common
/// end. Positions are in UTF-16 units.
struct Difference {
    int start = 0;
    int firstEnd = 0;
    int secondEnd = 0;

    bool operator==(const Difference&) const = default;
};
[[nodiscard]] Difference differenceOf(const QString& first, const QString& second);

} // namespace ui
