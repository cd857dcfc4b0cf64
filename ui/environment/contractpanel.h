// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/contract/contractreading.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QVBoxLayout;

namespace ui {

class Chip;
class TextLabel;

/// The contract of one service: a chip for the whole, and each variable with why it does not pass.
/// Values are not known to it.
class ContractPanel final : public QWidget {
    Q_OBJECT

public:
    explicit ContractPanel(QWidget* parent = nullptr);

    void showStanding(const models::ContractStanding& standing, models::Instant now);

private:
    void addLine(const QString& words, Colour tone);

    Chip* m_chip;
    TextLabel* m_summary;
    QVBoxLayout* m_column;
    QList<TextLabel*> m_lines; ///< used again for what is shown next
    qsizetype m_used = 0;
};

} // namespace ui
