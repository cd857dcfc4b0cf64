// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/observationtable.h"

#include "tests/support/temporaryhome.h"

#include <QFile>
#include <QTest>

namespace tests {

ObservationRow::ObservationRow(const QString& line)
    : m_columns(line.split(QStringLiteral(" | "))) {}

QByteArray ObservationRow::bytes(qsizetype column) const {
    const QByteArray written = text(column).toUtf8();
    if (written == "-")
        return {};
    QByteArray bytes;
    for (qsizetype i = 0; i < written.size(); ++i) {
        const char escaped = written[i] == '\\' && i + 1 < written.size() ? written[i + 1] : '\0';
        switch (escaped) {
        case 'n':
            bytes += '\n';
            break;
        case 'r':
            bytes += '\r';
            break;
        case 't':
            bytes += '\t';
            break;
        case '\\':
            bytes += '\\';
            break;
        case 'x':
            bytes += QByteArray::fromHex(written.mid(i + 2, 2));
            i += 2;
            break;
        default:
            bytes += written[i];
            continue;
        }
        ++i;
    }
    return bytes;
}

QList<ObservationRow> observationRows(const char* name) {
    QFile file(
        sourceDir() +
        QStringLiteral("/tests/integration/observations/%1.txt").arg(QString::fromLatin1(name)));
    QList<ObservationRow> rows;
    if (!file.open(QIODevice::ReadOnly))
        return rows;
    for (const QString& line : QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts)) {
        if (!line.startsWith(u'#'))
            rows.append(ObservationRow(line));
    }
    return rows;
}

void addObservations(std::initializer_list<const char*> names) {
    QTest::addColumn<ObservationRow>("row");
    for (const char* const name : names) {
        for (const ObservationRow& row : observationRows(name))
            QTest::newRow(qPrintable(row.name())) << row;
    }
}

} // namespace tests
