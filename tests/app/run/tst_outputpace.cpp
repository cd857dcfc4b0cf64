// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/outputpace.h"

#include "app/run/journalwriter.h"

#include <QTest>

using app::JournalWriter;
using app::OutputPace;
using Flow = app::Place::OutputFlow;

class TestOutputPace : public QObject {
    Q_OBJECT

private:
    QList<Flow> m_told;
    OutputPace m_pace{[this](Flow flow) { m_told.append(flow); }};

private Q_SLOTS:
    void init() {
        m_told.clear();
        m_pace = OutputPace([this](Flow flow) { m_told.append(flow); });
    }

    void whoShowsItIsWaitedFor() {
        m_pace.noteSent(JournalWriter::muchOutput);
        QVERIFY(m_told.isEmpty());
        m_pace.noteSent(1);
        QCOMPARE(m_told, QList<Flow>{Flow::Held});
        // Until little is left, not at the first byte.
        m_pace.noteShown(JournalWriter::muchOutput - JournalWriter::littleOutput);
        QCOMPARE(m_told.size(), 1);
        m_pace.noteShown(2);
        QCOMPARE(m_told, (QList<Flow>{Flow::Held, Flow::Flowing}));
    }

    void bothAreWaitedFor() {
        m_pace.setJournalBehind(true);
        m_pace.noteSent(JournalWriter::muchOutput + 1);
        m_pace.setJournalBehind(false);
        QCOMPARE(m_told, QList<Flow>{Flow::Held});
        m_pace.noteShown(JournalWriter::muchOutput + 1);
        QCOMPARE(m_told, (QList<Flow>{Flow::Held, Flow::Flowing}));
        m_pace.setJournalBehind(false);
        QCOMPARE(m_told.size(), 2);
    }
};

QTEST_GUILESS_MAIN(TestOutputPace)
#include "tst_outputpace.moc"
