// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/stampedline.h"
#include "ui/log/logcolumns.h"
#include "ui/log/logevidence.h"
#include "ui/log/logstage.h"

#include <QSignalSpy>
#include <QTest>

using models::Instant;
using models::LogChannel;
using models::LogPrefix;
using models::PinnedLine;
using tests::stamped;
using ui::LogEvidence;
using ui::LogStage;

namespace {

Instant second(int number) {
    return Instant::fromString(
        QStringLiteral("2026-11-21T14:00:%1.000000000Z").arg(number, 2, 10, QLatin1Char('0')));
}

} // namespace

class TestLogEvidence : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<app::LogKeeper> m_keeper;
    std::unique_ptr<LogStage> m_stage;
    std::unique_ptr<LogEvidence> m_evidence;
    quint64 m_portal = 0;

    [[nodiscard]] ui::LogBoard& board() { return m_stage->board(); }
    [[nodiscard]] ui::LogView& view() { return m_stage->view(); }
    /// How the lines of this time were shown.
    [[nodiscard]] LogEvidence::Shown show(Instant from, Instant to) {
        QSignalSpy shown(m_evidence.get(), &LogEvidence::shown);
        m_evidence->showTime(from, to);
        [&shown] { QTRY_COMPARE(shown.size(), 1); }();
        return shown.isEmpty() ? LogEvidence::Shown::Nothing
                               : shown.first().first().value<LogEvidence::Shown>();
    }

    [[nodiscard]] QStringList chosen() const {
        QStringList lines;
        for (const PinnedLine& line : m_evidence->chosenLines())
            lines.append(line.source + QLatin1Char(' ') + line.text);
        return lines;
    }

private Q_SLOTS:
    void init() {
        m_keeper = std::make_unique<app::LogKeeper>();
        m_stage = std::make_unique<LogStage>(*m_keeper);
        m_stage->resize(640, 400);
        m_stage->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_stage.get()));
        m_evidence = std::make_unique<LogEvidence>(*m_stage, nullptr);
        m_portal = m_keeper->open(LogPrefix::DockerTimestamp);
        const quint64 worker = m_keeper->open(LogPrefix::DockerTimestamp);
        m_keeper->append(m_portal, LogChannel::Stdout, stamped(10, "a") + stamped(30, "c\xff"));
        m_keeper->append(worker, LogChannel::Stdout, stamped(20, "b") + stamped(40, "d"));
        m_stage->setSources({{m_portal, u"portal"_qs}, {worker, u"worker"_qs}});
        QTRY_COMPARE(board().endRow(), 4);
    }
    void cleanup() {
        m_evidence.reset();
        m_stage.reset();
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
        QTest::newRow("none, between") << second(21) << second(22) << Shown::Later << all.mid(2, 1);
        QTest::newRow("none, behind") << second(50) << second(55) << Shown::Nothing << all.mid(3);
    }
    void selectsTheLinesOfATime() {
        QFETCH(const Instant, from);
        QFETCH(const Instant, to);
        QTEST(show(from, to), "shown");
        QTEST(chosen(), "lines");
    }

    void theLaterOfTwoTimesCounts() {
        QSignalSpy shown(m_evidence.get(), &LogEvidence::shown);
        m_evidence->showTime(second(10), second(10));
        m_evidence->showTime(second(30), second(40));
        QTRY_VERIFY(!shown.isEmpty());
        QTRY_COMPARE(chosen(), (QStringList{u"portal c\ufffd"_qs, u"worker d"_qs}));
        QCOMPARE(shown.size(), 1);
    }

    void showsTimesMergedAndPinsWhatIsBesideOthers() {
        m_stage->setArrangement(LogStage::Arrangement::SideBySide);
        auto* columns = m_stage->findChild<ui::LogColumns*>();
        QTRY_COMPARE(columns->board(1).endRow(), 2);
        ui::LogView* worker = &columns->view(1);
        worker->setFocus();
        QTest::keyClick(worker, Qt::Key_End);
        QTRY_COMPARE(worker->currentRow(), 1);
        QCOMPARE(chosen(), QStringList{u"worker d"_qs});
        QSignalSpy pins(m_evidence.get(), &LogEvidence::pinRequested);
        QTRY_VERIFY(worker->hasFocus());
        QTest::keyClick(worker, Qt::Key_E, Qt::ControlModifier);
        QCOMPARE(pins.size(), 1);
        QCOMPARE(show(second(15), second(35)), LogEvidence::Shown::Lines);
        QCOMPARE(m_stage->arrangement(), LogStage::Arrangement::Merged);
        QCOMPARE(chosen(), (QStringList{u"worker b"_qs, u"portal c\ufffd"_qs}));
    }

    void saysThatThereIsNothing() {
        m_stage->setSources({});
        QTRY_COMPARE(board().endRow(), board().firstRow());
        QCOMPARE(show(second(10), second(20)), LogEvidence::Shown::Nothing);
        QVERIFY(m_evidence->chosenLines().isEmpty());
    }

    void pinsWhatIsSelectedByKey() {
        m_stage->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_stage.get()));
        view().setFocus();
        QSignalSpy pins(m_evidence.get(), &LogEvidence::pinRequested);
        QSignalSpy steps(m_evidence.get(), &LogEvidence::stepRequested);
        QCOMPARE(show(second(20), second(30)), LogEvidence::Shown::Lines);
        QTest::keyClick(&view(), Qt::Key_E, Qt::ControlModifier);
        QTest::keyClick(&view(), Qt::Key_T, Qt::ControlModifier);
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
        QTRY_COMPARE(board().endRow(), 5);
        view().selectRows(4, 4);
        QCOMPARE(m_evidence->chosenLines().size(), 1);
        QVERIFY(!m_evidence->chosenLines().first().text.isEmpty());
        QVERIFY(!m_evidence->chosenLines().first().at.isNull());
    }

    void takesOneMoreThanAPinHolds() {
        QByteArray many;
        for (int line = 0; line < 2 * models::Pin::mostLines; ++line)
            many += stamped(50, "x");
        m_keeper->append(m_portal, LogChannel::Stdout, many);
        QTRY_COMPARE(board().endRow(), 4 + 2 * models::Pin::mostLines);
        view().selectAll();
        QCOMPARE(m_evidence->chosenLines().size(), models::Pin::mostLines + 1);
        QVERIFY(!models::pinRefusal(m_evidence->chosenLines()).isEmpty());
    }
};

QTEST_MAIN(TestLogEvidence)
#include "tst_logevidence.moc"
