// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QStringList>
#include <QWidget>

class QGridLayout;

namespace ui {

class TextLabel;

/// The values that go with a command, one a line: those that it names, and how many others there
/// are. Secrets stand by their name alone, and so does what only has the name of one.
class ValueTable final : public QWidget {
    Q_OBJECT

public:
    explicit ValueTable(QWidget* parent = nullptr);

    /// values: handed over with it. before: handed over to the step that it carries on from, so
    /// that a step since may have changed them. Hides itself where there is nothing to show.
    void showValues(const QMap<QString, QString>& values, const QMap<QString, QString>& before,
                    const QStringList& secrets, const QString& script);

    /// What stands in the place of a value that is not shown.
    [[nodiscard]] static QString hiddenWord();

private:
    void addRow(int row, const QString& name, const QString& value);

    QGridLayout* m_grid;
    TextLabel* m_rest;
    QList<std::pair<QString, QString>> m_shown;
};

} // namespace ui
