// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>

#include <initializer_list>

namespace tests {

/// A line of a table of observations. Its columns stand between " | "; the last but one is the
/// verdict that is wanted, the last one a part of the reason.
class ObservationRow {
public:
    ObservationRow() = default;
    explicit ObservationRow(const QString& line);

    [[nodiscard]] QString name() const { return m_columns.value(0); }
    [[nodiscard]] QString text(qsizetype column) const { return m_columns.value(column); }
    /// With \n, \r, \t, \\ and \xHH in it for those bytes; empty for "-".
    [[nodiscard]] QByteArray bytes(qsizetype column) const;
    [[nodiscard]] QString verdict() const { return m_columns.value(m_columns.size() - 2); }
    [[nodiscard]] QString reason() const { return m_columns.value(m_columns.size() - 1); }

private:
    QStringList m_columns;
};

/// Every row of tests/integration/observations/NAME.txt; lines that begin with # are for people.
[[nodiscard]] QList<ObservationRow> observationRows(const char* name);

/// Those of all these tables as rows of the running test, with the column "row".
void addObservations(std::initializer_list<const char*> names);

} // namespace tests

Q_DECLARE_METATYPE(tests::ObservationRow)
