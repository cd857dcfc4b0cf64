// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/survivingcommand.h"
#include "tests/support/filecontent.h"

#include <QFile>
#include <QRandomGenerator>
#include <QTest>

#include <utility>

namespace tests {

SurvivingCommand::SurvivingCommand(QString files, const Ways& ways)
    : m_files(std::move(files))
    , m_status(ways.status) {
    const QByteArray log = '\'' + path(QStringLiteral("log")).toUtf8() + '\'';
    const QByteArray go = '\'' + path(QStringLiteral("go")).toUtf8() + '\'';
    QFile script(path(QStringLiteral("script")));
    if (script.open(QIODevice::WriteOnly))
        script.write("echo ran >>" + log +
                     "\nprintf '\\000\\377\\001bin\\n'\ni=0\nwhile [ $i -lt " +
                     QByteArray::number(lines) +
                     " ]; do\n  i=$((i+1))\n  echo \"out $i abcdefghijklmnopqrstuvwxyz\"\n"
                     "  echo \"err $i 0123456789\" >&2\n  [ $((i % 50)) != 0 ] || sleep " +
                     ways.pause + "\n  [ $i != " + QByteArray::number(ways.heldAt) +
                     // With its test gone, it goes too.
                     " ] || while [ ! -e " + go + " ] && [ -e " + log +
                     " ]; do sleep 0.02; done\ndone\nprintf 'tail without newline'\nexit " +
                     QByteArray::number(m_status));
}

void SurvivingCommand::release() const {
    QFile go(path(QStringLiteral("go")));
    (void)go.open(QIODevice::WriteOnly);
}

QString SurvivingCommand::path(const QString& name) const {
    return m_files + QLatin1Char('.') + name;
}

QByteArray SurvivingCommand::content(const QString& name) const {
    return contentOf(path(name));
}

void SurvivingCommand::verify() const {
    QCOMPARE(timesRun(), 1);
    QCOMPARE(result(), "exit " + QByteArray::number(m_status));
    QByteArray out("\0\xff\1bin\n", 7);
    QByteArray err;
    for (int i = 1; i <= lines; ++i) {
        out += "out " + QByteArray::number(i) + " abcdefghijklmnopqrstuvwxyz\n";
        err += "err " + QByteArray::number(i) + " 0123456789\n";
    }
    out += "tail without newline";
    QVERIFY(content(QStringLiteral("out")) == out);
    QVERIFY(content(QStringLiteral("err")) == err);
}

QList<quint32> seedsOf(int trials) {
    if (const QByteArray only = qgetenv("GANTRY_SEED"); !only.isEmpty())
        return {only.toUInt()};
    QList<quint32> seeds;
    for (int i = 0; i < trials; ++i)
        seeds << QRandomGenerator::global()->bounded(1u, 1'000'000'000u);
    return seeds;
}

int takeTrials(QStringList& arguments, int usual) {
    const qsizetype option = arguments.indexOf(QStringLiteral("--trials"));
    if (option < 0)
        return usual;
    const int trials = arguments.value(option + 1).toInt();
    arguments.remove(option, 2);
    return trials;
}

} // namespace tests
