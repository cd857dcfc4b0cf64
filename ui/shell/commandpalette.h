// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/paletteentry.h"

#include <QFrame>
#include <QPointer>

class QListView;

namespace ui {

class PaletteModel;
class SearchField;
class TextLabel;

/// Everything by name: floats over the window, filters while one types, runs what Return is pressed
/// on. It is a child of the window it serves and gives the focus back when it closes.
class CommandPalette : public QFrame {
    Q_OBJECT

public:
    explicit CommandPalette(QWidget* window);

    void openWith(const PaletteEntries& entries);
    void dismiss();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void place();
    void showFound();
    void moveBy(int rows);
    void runCurrent();

    PaletteModel* m_model;
    SearchField* m_field;
    QListView* m_list;
    TextLabel* m_nothing;
    QPointer<QWidget> m_before;
    bool m_runsWhenFound = false; ///< Return was pressed before the search was done
};

} // namespace ui
