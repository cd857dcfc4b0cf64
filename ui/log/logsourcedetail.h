// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/log/logsourcerow.h"
#include "ui/log/logsourcewords.h"

#include <QFrame>

class QFormLayout;
class QVBoxLayout;

namespace ui {

class ElidedLabel;

/// What is known of the source that is chosen, below the tree.
class LogSourceDetail final : public QFrame {
    Q_OBJECT

public:
    explicit LogSourceDetail(QWidget* parent = nullptr);

    void showRow(const LogSourceRow& row);
    /// For what belongs to the source: buttons, hints.
    [[nodiscard]] QVBoxLayout& column() { return *m_column; }

private:
    void settle();
    void fill(const QList<SourceFact>& facts);

    LogSourceRow m_row;
    QList<SourceFact> m_facts;
    ElidedLabel* m_title;
    QFormLayout* m_form;
    QVBoxLayout* m_column;
};

} // namespace ui
