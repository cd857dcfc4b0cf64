// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/process/localplace.h"

#include "tests/app/process/placerecorder.h"
#include "tests/support/filecontent.h"
#include "tests/support/temporaryhome.h"

#include <QDir>
#include <QTest>

#include <csignal>
#include <optional>

using namespace app;
using namespace tests;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 60'000;
/// For shells of which none will answer.
constexpr std::chrono::milliseconds hasty = 500ms;
/// For shells that begin to answer, and then fall silent.
constexpr std::chrono::milliseconds brief = 5s;

} // namespace

/// What a place says when shells fall silent and folders vanish: never that a command did not
/// begin where that is not proven.
class TestLocalPlaceLoss : public QObject {
    Q_OBJECT

private:
    TemporaryHome m_home;
    std::unique_ptr<LocalPlace> m_place;
    std::unique_ptr<PlaceRecorder> m_recorder;
    int m_step = 0;

    [[nodiscard]] QString path(const QString& name) const {
        return m_home.path() + QLatin1Char('/') + name;
    }
    void write(const QString& name, const QByteArray& text) const { writeFile(path(name), text); }
    [[nodiscard]] QByteArray content(const QString& name) const { return contentOf(path(name)); }
    [[nodiscard]] QString runFolder() const {
        return path(QStringLiteral("state/gantry/r-") + keyOf({}).run.text());
    }

    enum class Silence {
        AtOnce,
        BehindReady, ///< takes an order, and does nothing with it
    };
    /// Shells that run this script do not answer while its condition holds.
    void openConsole(const QByteArray& silentWhile = "false",
                     Silence silence = Silence::BehindReady) {
        const QByteArray ready =
            silence == Silence::AtOnce
                ? QByteArray()
                : QByteArray("while IFS= read -r line; do\n"
                             "  case $line in\n"
                             "  gt_token=*) eval \"$line\" ;;\n"
                             "  'gt_keep '*) echo \"$gt_token ready\"; break ;;\n"
                             "  esac\n"
                             "done\n");
        write(QStringLiteral("shell"), "if " + silentWhile + "; then\n" + ready +
                                           "exec cat >/dev/null\nfi\nexec sh -s gantry\n");
        m_recorder.reset();
        m_place = std::make_unique<LocalPlace>(
            QStringList{QStringLiteral("sh"), path(QStringLiteral("shell"))});
        m_recorder = std::make_unique<PlaceRecorder>(*m_place);
    }
    /// The mark of the run's folder.
    [[nodiscard]] QString openRun() {
        std::optional<models::Result<QString>> folder;
        m_place->openRun(keyOf({}).run,
                         [&folder](const models::Result<QString>& mark) { folder = mark; });
        [&] { QTRY_VERIFY_WITH_TIMEOUT(folder, patience); }();
        return folder && *folder ? **folder : QString();
    }
    /// Until it is gone: a supervisor that makes ready for what may come next still writes its
    /// pipes there, also after its console went. Nothing but opening a run makes the folder anew.
    static void wipe(const QString& folder) {
        QTRY_VERIFY_WITH_TIMEOUT(QDir(folder).removeRecursively(), patience);
        QVERIFY(!QDir(folder).exists());
    }
    [[nodiscard]] AttemptRequest request() {
        return requestOf(QStringLiteral("step-%1").arg(++m_step), "echo >>\"$HOME/ran\"");
    }
    /// By a shell that takes the order and falls silent; the next ones are waited for so long.
    void begin(const AttemptRequest& request, std::chrono::milliseconds next) {
        m_place->setPatience(brief);
        m_place->run(request);
        m_place->setPatience(next);
    }
    Seen& runToEnd(const AttemptRequest& request) {
        m_place->run(request);
        return endOf(request);
    }
    Seen& endOf(const AttemptRequest& request) {
        [&] { QTRY_VERIFY_WITH_TIMEOUT(m_recorder->ended(request.attempt), patience); }();
        return m_recorder->of(request.attempt);
    }

private Q_SLOTS:
    void init() {
        m_recorder.reset();
        m_place.reset();
        wipe(path(QStringLiteral("state")));
        QFile::remove(path(QStringLiteral("ran")));
        QDir().rmdir(path(QStringLiteral("once")));
        QFile::remove(path(QStringLiteral("silent")));
    }

    void shellThatNeverAnswersHasBegunNothing() {
        openConsole("true");
        m_place->setPatience(hasty);
        QCOMPARE(openRun(), QString());
        const Seen& seen = runToEnd(request());
        QVERIFY(seen.refused); // nothing was handed over to it
        QVERIFY(seen.refused->message.contains(QStringLiteral("did not answer")));
    }

    void whatAnEarlierConsoleBeganIsUnknownWhereNobodyAnswers() {
        openConsole("true");
        m_place->setPatience(hasty);
        AttemptRequest found = request();
        found.origin = AttemptOrigin::FoundUnderWay;
        const Seen& seen = runToEnd(found);
        QVERIFY(!seen.refused);
        QVERIFY(!seen.unknownReason.isEmpty());
        QVERIFY2(seen.evidence.contains(QStringLiteral("did not answer")),
                 qPrintable(seen.evidence));
    }

    /// The folder is there, and the shell that should supervise never says that it is ready.
    void shellThatIsNeverReadyHasBegunNothing() {
        openConsole("[ -e \"$HOME/silent\" ]", Silence::AtOnce);
        AttemptRequest one = request();
        one.folder = openRun();
        QVERIFY(!one.folder.isEmpty());
        write(QStringLiteral("silent"), {});
        m_place->setPatience(hasty);
        const Seen& seen = runToEnd(one);
        QVERIFY2(seen.refused, qPrintable(seen.unknownReason));
        QVERIFY(seen.refused->message.contains(QStringLiteral("did not answer")));
        QCOMPARE(seen.ends, 1);
    }

    /// The shell took the command and fell silent, and no other one answers: it may run later.
    void silenceAfterTheCommandWasHandedOverIsUnknown() {
        openConsole("[ -e \"$HOME/silent\" ]");
        AttemptRequest one = request();
        one.folder = openRun();
        QVERIFY(!one.folder.isEmpty());
        write(QStringLiteral("silent"), {});
        begin(one, hasty);
        const Seen& seen = endOf(one);
        QVERIFY(!seen.refused);
        QVERIFY(!seen.unknownReason.isEmpty());
        QVERIFY2(seen.evidence.contains(runFolder()), qPrintable(seen.evidence));
        QCOMPARE(seen.ends, 1);
    }

    /// Another shell answers, and makes sure that the command never begins: that is proof.
    void silentShellIsProvenNotToHaveBegun() {
        openConsole("[ -e \"$HOME/silent\" ] && mkdir \"$HOME/once\" 2>/dev/null");
        AttemptRequest one = request();
        one.folder = openRun();
        QVERIFY(!one.folder.isEmpty());
        write(QStringLiteral("silent"), {});
        begin(one, std::chrono::milliseconds(patience));
        const Seen& seen = endOf(one);
        QVERIFY2(seen.refused, qPrintable(seen.unknownReason));
        QVERIFY(seen.refused->message.contains(QStringLiteral("did not answer")));
        QVERIFY(content(QStringLiteral("ran")).isEmpty());
        // Nobody can begin it any more.
        openConsole();
        QVERIFY(runToEnd(one).refused);
        QVERIFY(content(QStringLiteral("ran")).isEmpty());
    }

    void folderThatWasWipedBetweenTwoConsolesMakesItUnknown_data() {
        QTest::addColumn<bool>("isReplaced");
        QTest::newRow("wiped") << false;
        QTest::newRow("wiped, and made anew") << true;
    }
    void folderThatWasWipedBetweenTwoConsolesMakesItUnknown() {
        QFETCH(bool, isReplaced);
        openConsole();
        AttemptRequest one = request();
        one.folder = openRun();
        QVERIFY(runToEnd(one).record);
        QCOMPARE(content(QStringLiteral("ran")), QByteArray("\n"));
        openConsole();
        wipe(runFolder());
        if (isReplaced)
            QVERIFY(openRun() != one.folder);
        one.origin = AttemptOrigin::FoundUnderWay;
        const Seen& seen = runToEnd(one);
        QVERIFY(!seen.record && !seen.refused);
        QVERIFY2(seen.unknownReason.contains(QStringLiteral("gone or was replaced")),
                 qPrintable(seen.unknownReason));
        QVERIFY2(seen.evidence.contains(runFolder()), qPrintable(seen.evidence));
        QCOMPARE(content(QStringLiteral("ran")), QByteArray("\n")); // it did not run twice
    }

    /// Under a console that lives: what is begun after it did not begin, and can be begun again.
    void folderThatVanishesIsMadeAnewForWhatComesNext() {
        openConsole();
        AttemptRequest one = request();
        one.folder = openRun();
        wipe(runFolder());
        const Seen& seen = runToEnd(one);
        QVERIFY2(seen.refused, qPrintable(seen.unknownReason));
        QVERIFY(seen.refused->message.contains(QStringLiteral("was removed")));
        AttemptRequest again = request();
        again.folder = openRun();
        QVERIFY(again.folder != one.folder);
        QVERIFY(runToEnd(again).record);
        QCOMPARE(content(QStringLiteral("ran")), QByteArray("\n"));
    }

    /// Whoever follows is cut off again and again while the place answers: an answer that fails
    /// once is not the tenth of a row.
    void manyCutFollowersAreNoLoss() {
        write(QStringLiteral("shell"),
              "if [ -e \"$HOME/cut\" ]; then\n"
              "  read -r n <\"$HOME/cut\"; echo $((n + 1)) >\"$HOME/cut\"\n"
              "  [ $n -le 26 ] && [ $((n % 2)) = 0 ] && exit 0\n" // each follower
              "  [ $n = 27 ] && exit 0\n"                         // and one question
              "fi\necho $$ >>\"$HOME/shells\"\nexec sh -s gantry\n");
        m_place = std::make_unique<LocalPlace>(
            QStringList{QStringLiteral("sh"), path(QStringLiteral("shell"))});
        m_recorder = std::make_unique<PlaceRecorder>(*m_place);
        AttemptRequest one = requestOf(QStringLiteral("followed"),
                                       "until read -r n <\"$HOME/cut\" && [ \"$n\" -gt 29 ]; do "
                                       "sleep 0.05; done 2>/dev/null\necho end");
        m_place->run(one);
        // One opened the run, one supervises; one is ready for the next attempt and one follows,
        // whichever comes first. From there on a follower and a question take turns.
        const auto shells = [this] { return content(QStringLiteral("shells")).split('\n'); };
        QTRY_COMPARE_WITH_TIMEOUT(shells().size(), 4 + 1, patience);
        write(QStringLiteral("cut"), "1\n");
        for (const QByteArray& shell : shells().mid(2, 2)) {
            QVERIFY(shell.toInt() > 1);
            kill(shell.toInt(), SIGKILL);
        }
        QTRY_VERIFY_WITH_TIMEOUT(m_recorder->ended(one.attempt), patience);
        const Seen& seen = m_recorder->of(one.attempt);
        QVERIFY2(seen.record, qPrintable(seen.unknownReason));
        QCOMPARE(seen.out(), QByteArray("end\n"));
        QFile::remove(path(QStringLiteral("cut")));
    }

    /// A person asks what became of what was lost from sight: that is no way to begin it.
    void askingFindsWhatIsRecorded() {
        openConsole();
        AttemptRequest one = request();
        one.folder = openRun();
        QVERIFY(runToEnd(one).record);
        openConsole();
        one.origin = AttemptOrigin::AskedAbout;
        const Seen& seen = runToEnd(one);
        QVERIFY2(seen.record, qPrintable(seen.unknownReason));
        QCOMPARE(seen.started, 1);
        QCOMPARE(content(QStringLiteral("ran")), QByteArray("\n"));
    }

    void askingBeginsNothing() {
        openConsole();
        AttemptRequest one = request();
        one.folder = openRun();
        one.origin = AttemptOrigin::AskedAbout;
        const Seen& seen = runToEnd(one);
        QVERIFY2(seen.refused, qPrintable(seen.unknownReason));
        QVERIFY2(seen.refused->message.contains(QStringLiteral("never began")),
                 qPrintable(seen.refused->message));
        QCOMPARE(seen.started, 0);
        // A shell that was handed the command long ago does not come to it any more.
        openConsole();
        one.origin = AttemptOrigin::BegunHere;
        QVERIFY(runToEnd(one).refused);
        QVERIFY(content(QStringLiteral("ran")).isEmpty());
    }

    void askingSaysThatNothingIsLeft_data() {
        QTest::addColumn<bool>("isReplaced");
        QTest::addColumn<qint64>("seen");
        QTest::newRow("its folder is another") << true << qint64(0);
        QTest::newRow("its record is gone") << false << qint64(1);
    }
    void askingSaysThatNothingIsLeft() {
        QFETCH(bool, isReplaced);
        QFETCH(qint64, seen);
        openConsole();
        AttemptRequest one = request();
        one.folder = isReplaced ? QStringLiteral("another") : openRun();
        one.origin = AttemptOrigin::AskedAbout;
        one.from.out = seen;
        const Seen& told = runToEnd(one);
        QVERIFY(!told.refused && !told.record);
        QVERIFY2(told.unknownReason.contains(QStringLiteral("gone or was replaced")),
                 qPrintable(told.unknownReason));
        QCOMPARE(told.loss, models::Loss::ForGood);
        QVERIFY(content(QStringLiteral("ran")).isEmpty());
    }

    void askingInVainLeavesItOpen() {
        openConsole("[ -e \"$HOME/silent\" ]");
        AttemptRequest one = request();
        one.folder = openRun();
        write(QStringLiteral("silent"), {});
        m_place->setPatience(hasty);
        one.origin = AttemptOrigin::AskedAbout;
        const Seen& seen = runToEnd(one);
        QVERIFY(!seen.refused);
        QCOMPARE(seen.loss, models::Loss::Unanswered);
        QFile::remove(path(QStringLiteral("silent")));
    }

    void folderThatStaysIsTakenUp() {
        openConsole();
        AttemptRequest one = request();
        one.folder = openRun();
        QVERIFY(runToEnd(one).record);
        openConsole();
        one.origin = AttemptOrigin::FoundUnderWay;
        QVERIFY(runToEnd(one).record);
        QCOMPARE(openRun(), one.folder);
        QCOMPARE(content(QStringLiteral("ran")), QByteArray("\n"));
    }
};

QTEST_GUILESS_MAIN(TestLocalPlaceLoss)
#include "tst_localplaceloss.moc"
