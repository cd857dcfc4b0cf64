// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/version/versionstanding.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QGridLayout;

namespace ui {

class TextLabel;

/// The versions of one service beside one another: what was observed at each place, what the last
/// run recorded, what is expected and what the environment before has; how old each of that is, and
/// which commits lie between.
class VersionPanel final : public QWidget {
    Q_OBJECT

public:
    explicit VersionPanel(QWidget* parent = nullptr);

    void showStanding(const models::VersionStanding& standing, models::Instant now);

private:
    void showReading(const models::VersionReading& reading, models::Instant now);
    void showComparison(const QString& what, const models::VersionComparison& comparison,
                        models::Instant now);
    void showLines(const QString& title, const QList<models::CommitLine>& lines, int count);
    /// what, which version, how old, and what that comes to.
    void addRow(const QString& what, const QString& version, const QString& age,
                const QString& words, Colour tone);
    TextLabel* label(int row, int column, int span = 1);

    QGridLayout* m_grid;
    QList<TextLabel*> m_labels; ///< used again for what is shown next
    qsizetype m_used = 0;
    int m_row = 0;
};

} // namespace ui
