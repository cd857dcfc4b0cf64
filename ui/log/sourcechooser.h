// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QToolButton>

namespace ui {

class StickyMenu;

/// A button with the sources to choose from: those ticked are shown, and all where none is.
class SourceChooser final : public QToolButton {
    Q_OBJECT

public:
    explicit SourceChooser(QWidget* parent = nullptr);

    /// Names of all sources, which have the colours of their places in it.
    void setSources(const QStringList& names);
    void setChosen(const QStringList& names);

Q_SIGNALS:
    void chosen(const QStringList& names);

private:
    void fill();
    void toggle(const QString& name);

    StickyMenu* m_menu;
    QStringList m_names;
    QStringList m_chosen;
};

} // namespace ui
