// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logboard.h"
#include "ui/log/logevidence.h"
#include "ui/log/logview.h"

#include <QSignalSpy>
#include <QTest>

using models::Instant;
using models::LogChannel;
using models::LogPrefix;
using models::PinnedLine;
using ui::LogBoard;
using ui::LogEvidence;
using ui::LogView;

namespace {

Instant second(int number) {
    return Instant::fromString(
        QStringLiteral("2026-11-21T14:00:%1.000000000Z").arg(number, 2, 10, QLatin1Char('0')));
}

QByteArray stamped(int number, const QByteArray& text) {
    return second(number).toString().toUtf8() + ' ' + text + '\n';
}

} // namespace

class TestLogEvidence : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<app::LogKeeper> m_keeper;
    std::unique_ptr<LogBoard> m_board;
    std::unique_ptr<LogView> m_view;
    std::unique_ptr<LogEvidence> m_evidence;
    quint64 m_portal = 0;

    [[nodiscard]] QStringList chosen() const {
        QStringList lines;
        for (const PinnedLine& line : m_evidence->chosenLines())
            lines.append(line.source + QLatin1Char(' ') + line.text);
        return lines;
    }

private Q_SLOTS:
    void init() {
        m_keeper = std::make_unique<app::LogKeeper>();
        m_board = std::make_unique<LogBoard>(*m_keeper);
        m_view = std::make_unique<LogView>();
        m_view->setLines(m_board.get());
        m_view->resize(640, 400);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
        m_evidence = std::make_unique<LogEvidence>(*m_board, *m_view, nullptr);
        m_portal = m_keeper->open(LogPrefix::DockerTimestamp);
        const quint64 worker = m_keeper->open(LogPrefix::DockerTimestamp);
        m_keeper->append(m_portal, LogChannel::Stdout, stamped(10, "a") + stamped(30, "c\xff"));
        m_keeper->append(worker, LogChannel::Stdout, stamped(20, "b") + stamped(40, "d"));
        m_board->setSources({{m_portal, u"portal"_qs}, {worker, u"worker"_qs}});
        QTRY_COMPARE(m_board->endRow(), 4);
    }
    void cleanup() {
        m_evidence.reset();
        m_view.reset();
        m_board.reset();
        m_keeper.reset();
    }

    void selectsTheLinesOfATime_data() {
        QTest::addColumn<Instant>("from");
        QTest::addColumn<Instant>("to");
        QTest::addColumn<LogEvidence::Shown>("shown");
        QTest::addColumn<QStringList>("lines");
        const QStringList all{u"portal a"_qs, u"worker b"_qs, u"portal c\ufffd"_qs, u"worker d"_qs};
        using Shown = LogEvidence::Shown;
        QTest::newRow("in the middle") << second(20) << second(30) << Shown::Lines << all.mid(1, 2);
        QTest::newRow("between") << second(15) << second(35) << Shown::Lines << all.mid(1, 2);
        QTest::newRow("to the last") << second(25) << second(59) << Shown::Lines << all.mid(2, 2);
        QTest::newRow("exactly the last") << second(40) << second(40) << Shown::Lines << all.mid(3);
        QTest::newRow("still going on") << second(30) << Instant() << Shown::Lines << all.mid(2, 2);
        QTest::newRow("begins later") << second(5) << second(10) << Shown::Earlier << all.mid(0, 1);
        QTest::newRow("none, before") << second(1) << second(2) << Shown::Earlier << all.mid(0, 1);
        QTest::newRow("none, between")
            << second(21) << second(22) << Shown::Later << all.mid(2, 1);
        QTest::newRow("none, behind") << second(50) << second(55) << Shown::Nothing << all.mid(3);
    }
    void selectsTheLinesOfATime() {
        QFETCH(const Instant, from);
        QFETCH(const Instant, to);
        QTEST(m_evidence->showTime(from, to), "shown");
        QTEST(chosen(), "lines");
    }

    void saysThatThereIsNothing() {
        m_board->setSources({});
        QTRY_COMPARE(m_board->endRow(), m_board->firstRow());
        QCOMPARE(m_evidence->showTime(second(10), second(20)), LogEvidence::Shown::Nothing);
        QVERIFY(m_evidence->chosenLines().isEmpty());
    }

    void pinsWhatIsSelectedByKey() {
        m_view->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
        m_view->setFocus();
        QSignalSpy pins(m_evidence.get(), &LogEvidence::pinRequested);
        QSignalSpy steps(m_evidence.get(), &LogEvidence::stepRequested);
        m_evidence->showTime(second(20), second(30));
        QTest::keyClick(m_view.get(), Qt::Key_E, Qt::ControlModifier);
        QTest::keyClick(m_view.get(), Qt::Key_T, Qt::ControlModifier);
        QCOMPARE(pins.size(), 1);
        const auto lines = pins.first().first().value<QList<PinnedLine>>();
        QCOMPARE(lines, (QList<PinnedLine>{{second(20), u"worker"_qs, u"b"_qs},
                                           {second(30), u"portal"_qs, u"c\ufffd"_qs}}));
        QCOMPARE(steps.size(), 1);
        QCOMPARE(steps.first().first().value<Instant>(), second(30));
    }

    void markersAreEvidenceToo() {
        models::LogMarker marker;
        marker.kind = models::LogMarker::Kind::Gap;
        marker.from = second(41);
        marker.to = second(45);
        m_keeper->mark(m_portal, marker);
        QTRY_COMPARE(m_board->endRow(), 5);
        m_view->selectRows(4, 4);
        QCOMPARE(m_evidence->chosenLines().size(), 1);
        QVERIFY(!m_evidence->chosenLines().first().text.isEmpty());
        QVERIFY(!m_evidence->chosenLines().first().at.isNull());
    }

    void takesOneMoreThanAPinHolds() {
        QByteArray many;
        for (int line = 0; line < 2 * models::Pin::mostLines; ++line)
            many += stamped(50, "x");
        m_keeper->append(m_portal, LogChannel::Stdout, many);
        QTRY_COMPARE(m_board->endRow(), 4 + 2 * models::Pin::mostLines);
        m_view->selectAll();
        QCOMPARE(m_evidence->chosenLines().size(), models::Pin::mostLines + 1);
        QVERIFY(!models::pinRefusal(m_evidence->chosenLines()).isEmpty());
    }
};

QTEST_MAIN(TestLogEvidence)
#include "tst_logevidence.moc"
