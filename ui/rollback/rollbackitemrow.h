// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/rollbackplan.h"

#include <QWidget>

class QVBoxLayout;

namespace ui {

/// One step of the way back: what it is, what it undoes, what would run, what is missing, and where
/// it hangs on something, the question whether it is needed.
class RollbackItemRow final : public QWidget {
    Q_OBJECT

public:
    /// number: its place among what is done; 0 for what is not needed.
    RollbackItemRow(const models::RollbackItem& item, int number, QWidget* parent = nullptr);

Q_SIGNALS:
    void decided(const models::StepId& source, bool isNeeded);

private:
    void addQuestion(const models::RollbackItem& item, QVBoxLayout& column);
};

} // namespace ui
