// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/container/commandorigin.h"

#include "app/log/logstream.h"
#include "app/process/localreach.h"
#include "tests/app/log/recordingsink.h"

#include <QTest>

using app::CommandOrigin;
using app::LogSource;

namespace {

constexpr int patienceMs = 20'000;

LogSource source(LogSource::Kind kind, const QString& what) {
    LogSource made;
    made.kind = kind;
    made.command = made.path = made.unit = what;
    return made;
}

} // namespace

class TestCommandOrigin : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsWhatToRun_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("what");
        QTest::addColumn<int>("tail");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* name, LogSource::Kind kind, const char* what, int tail,
                            const char* words) {
            QTest::newRow(name) << int(kind) << QString::fromLatin1(what) << tail
                                << QString::fromLatin1(words);
        };
        using Kind = LogSource::Kind;
        row("command", Kind::Command, "fly logs -a x", 10, "sh|-c|fly logs -a x");
        row("unit, all", Kind::Journal, "portal", -1,
            "journalctl|--no-pager|-f|-n|all|-o|short-iso-precise|-u|portal");
        row("unit", Kind::Journal, "portal", 7,
            "journalctl|--no-pager|-f|-n|7|-o|short-iso-precise|-u|portal");
    }

    void knowsWhatToRun() {
        QFETCH(int, kind);
        QFETCH(QString, what);
        QFETCH(int, tail);
        QFETCH(QString, words);
        app::LogOpening opening;
        opening.tail = tail;
        const QStringList argv =
            CommandOrigin::commandFor(source(LogSource::Kind(kind), what), opening);
        QCOMPARE(argv.join(u'|'), words);
    }

    void asksAgainFromAMomentOn() {
        app::LogOpening opening;
        opening.since = models::Instant{1'795'285'160LL * 1'000'000'000};
        const LogSource unit = source(LogSource::Kind::Journal, u"portal"_qs);
        QVERIFY(CommandOrigin::commandFor(unit, opening).contains(u"--since=@1795285160"_qs));
        QVERIFY(CommandOrigin::commandFor(unit, opening).contains(u"--no-tail"_qs));
        const auto resuming = [](const LogSource& of) {
            return CommandOrigin(std::make_unique<app::LocalReach>(), of).resuming();
        };
        using Resuming = app::LogOrigin::Resuming;
        QCOMPARE(resuming(unit), Resuming::ByLineTimes);
        QCOMPARE(resuming(source(LogSource::Kind::Command, u"fly logs"_qs)), Resuming::Not);
        const LogSource asked = source(LogSource::Kind::Command, u"x --since $GANTRY_SINCE"_qs);
        QCOMPARE(resuming(asked), Resuming::ByLineTimes);
        QCOMPARE(CommandOrigin::commandFor(asked, opening).last(),
                 u"export GANTRY_SINCE='2026-11-21T18:19:20Z'\nx --since $GANTRY_SINCE"_qs);
    }

    void asksForASpan() {
        app::LogOpening opening;
        opening.extent = app::LogOpening::Extent::UntilNow;
        opening.since = models::Instant{1'795'285'160LL * 1'000'000'000};
        opening.until = models::Instant{1'795'285'170LL * 1'000'000'000 + 70'123'456};
        const LogSource unit = source(LogSource::Kind::Journal, u"portal"_qs);
        QVERIFY(unit.canGiveSpan());
        QCOMPARE(CommandOrigin::commandFor(unit, opening).join(u'|'),
                 u"journalctl|--no-pager|--no-tail|--since=@1795285160|--until=@1795285170.070123|"
                 "-o|short-iso-precise|-u|portal"_qs);
        QVERIFY(!source(LogSource::Kind::Command, u"x $GANTRY_SINCE"_qs).canGiveSpan());
        QVERIFY(!source(LogSource::Kind::File, u"/var/log/x"_qs).canGiveSpan());
        const LogSource asked =
            source(LogSource::Kind::Command, u"x $GANTRY_SINCE $GANTRY_UNTIL"_qs);
        QVERIFY(asked.canGiveSpan());
        QCOMPARE(CommandOrigin::commandFor(asked, opening).last(),
                 u"export GANTRY_SINCE='2026-11-21T18:19:20Z'\n"
                 "export GANTRY_UNTIL='2026-11-21T18:19:30Z'\nx $GANTRY_SINCE $GANTRY_UNTIL"_qs);
    }

    void handsVariablesOver() {
        LogSource filled = source(LogSource::Kind::Command, u"printf '%s|' \"$APP\" \"$A\""_qs);
        filled.variables = {{u"APP"_qs, u"it's $(id) \"x\""_qs}, {u"A"_qs, u"line\nline"_qs}};
        tests::RecordingSink sink;
        app::LogStream stream(
            std::make_unique<CommandOrigin>(std::make_unique<app::LocalReach>(), filled), sink);
        stream.start();
        QTRY_COMPARE_WITH_TIMEOUT(stream.state().state, app::LogStreamState::State::Ended,
                                  patienceMs);
        QCOMPARE(sink.out, QByteArray("it's $(id) \"x\"|line\nline|"));
    }

    void saysWhatCannotBeRead() {
        LogSource wrong = source(LogSource::Kind::Command, u"fly logs -a <app>"_qs);
        wrong.problem = u"It needs a value for app."_qs;
        tests::RecordingSink sink;
        app::LogStream stream(
            std::make_unique<CommandOrigin>(std::make_unique<app::LocalReach>(), wrong), sink);
        stream.start();
        QCOMPARE(stream.state().state, app::LogStreamState::State::Failed);
        QVERIFY2(sink.said().contains("needs a value for app"), sink.said().constData());
    }
};

QTEST_GUILESS_MAIN(TestCommandOrigin)
#include "tst_commandorigin.moc"
