// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logfilter.h"
#include "ui/widgets/searchfield.h"

#include <QStringList>
#include <QWidget>

namespace ui {

class FilterChip;
class FlowLayout;

/// The field of a filter bar: Return makes chips of what is in it, Backspace and Left reach the
/// chip before it when it is empty.
class FilterField final : public SearchField {
    Q_OBJECT

public:
    using SearchField::SearchField;

Q_SIGNALS:
    void committed();
    void lastRemoved();
    void chipsRequested();

protected:
    void keyPressEvent(QKeyEvent* event) override;
};

/// A filter as a row of chips, and a field for more of it. What is typed counts at once; Return
/// makes chips of it.
class FilterBar final : public QWidget {
    Q_OBJECT

public:
    explicit FilterBar(QWidget* parent = nullptr);

    [[nodiscard]] const models::LogFilter& chips() const { return m_chips; }
    void setChips(const models::LogFilter& filter);
    /// The chips and what is typed, or why that cannot be understood.
    [[nodiscard]] models::Result<models::LogFilter> filter() const;
    /// To be written on by hand, as where it cannot be understood.
    void setText(const QString& text);
    /// Makes chips of what is typed, unless it cannot be understood.
    void commit();
    /// Names of all sources, which have the colours of their places in it.
    void setSources(const QStringList& names);
    [[nodiscard]] FilterField& field() { return *m_field; }

Q_SIGNALS:
    /// filter() is another, because of the chips.
    void chipsChanged();
    /// filter() may be another, because of the text.
    void textChanged();
    /// Down in the field: on to the lines.
    void linesRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void showChips();
    void connectChip(FilterChip& chip, int index);
    void focusChip(int index);
    void remove(int index);
    void settleWidths();

    models::LogFilter m_chips;
    QStringList m_sources;
    QList<FilterChip*> m_shown;
    FlowLayout* m_flow;
    FilterField* m_field;
};

} // namespace ui
