// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/log/logfieldmodel.h"
#include "ui/log/loglines.h"

#include <QWidget>

class QPlainTextEdit;
class QTreeView;

namespace ui {

class ActionButton;
class ElidedLabel;
class TextLabel;

/// One line in full: its time, source and level, the whole of its text in as many rows as that
/// takes, and its fields. Everything in it is data and shown as it is.
class LogInspector final : public QWidget {
    Q_OBJECT

public:
    explicit LogInspector(QWidget* parent = nullptr);

    /// Keeps nothing of the row but copies.
    void showRow(const LogRow& row, const QString& source);
    void showNothing();

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeHead();
    QWidget* makeBody();
    void copyValue() const;
    void settle();

    QByteArray m_text; ///< of the line
    LogFieldModel m_model;
    ElidedLabel* m_place;
    TextLabel* m_remark; ///< how much of the text is shown
    ActionButton* m_copyLine;
    ActionButton* m_copyJson;
    ActionButton* m_copyValue;
    QTreeView* m_fields;
    QPlainTextEdit* m_words;
};

} // namespace ui
