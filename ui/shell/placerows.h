// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/environment/firstfile.h"

#include <QWidget>

class QCheckBox;
class QGridLayout;
class QLineEdit;

namespace ui {

/// The environments of a new workspace, a row each: its name, its hosts, and whether it is
/// protected. An empty row counts for nothing.
class PlaceRows final : public QWidget {
    Q_OBJECT

public:
    explicit PlaceRows(QWidget* parent = nullptr);

    void setPlaces(const QList<models::FirstFile::Place>& places);
    [[nodiscard]] QList<models::FirstFile::Place> places() const;
    /// Whether a person wrote into it: then it is not to be filled.
    [[nodiscard]] bool isTouched() const { return m_isTouched; }

Q_SIGNALS:
    void changed();

private:
    struct Row {
        QLineEdit* name;
        QLineEdit* hosts;
        QCheckBox* isProtected;
    };

    void addRow(const models::FirstFile::Place& place);

    QGridLayout* m_grid;
    QList<Row> m_rows;
    bool m_isTouched = false;
};

} // namespace ui
