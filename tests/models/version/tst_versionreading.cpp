// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/probereading.h"
#include "models/version/versionreading.h"

#include <QTest>

using models::Container;
using models::Instant;
using models::ProbeReply;
using models::VersionMatch;
using models::VersionProbe;
using models::VersionReading;

namespace {

using namespace std::chrono_literals;

const QString commit = QStringLiteral("3f2a9c1d5e6b7a8091a2b3c4d5e6f708192a3b4c");

VersionProbe http(const QString& field = QStringLiteral("commit")) {
    VersionProbe probe;
    probe.target = QStringLiteral("https://portal.example.com/version");
    probe.field = field;
    return probe;
}

ProbeReply answered(const QByteArray& body, int status = 200) {
    ProbeReply reply;
    reply.outcome = ProbeReply::Outcome::Answered;
    reply.at = {1'000'000'000};
    reply.status = status;
    models::readBody(body, models::BodyEnd::Whole, reply);
    return reply;
}

} // namespace

Q_DECLARE_METATYPE(models::VersionMatch)

class TestVersionReading : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aUrlIsRead_data() {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("version");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char* name, const char* body, int status, const char* field,
                            const char* version, const char* problem) {
            QTest::newRow(name) << QByteArray(body) << status << QString::fromUtf8(field)
                                << QString::fromUtf8(version) << QString::fromUtf8(problem);
        };
        row("a field", R"({"commit": "3f2a9c1"})", 200, "commit", "3f2a9c1", "");
        row("a path", R"({"build": {"sha": "3f2a9c1"}})", 200, "build.sha", "3f2a9c1", "");
        row("a number", R"({"build": 417})", 200, "build", "417", "");
        row("no such field", R"({"release": "1"})", 200, "commit", "", "no field \"commit\"");
        row("null", R"({"commit": null})", 200, "commit", "", "is no text");
        row("empty", R"({"commit": ""})", 200, "commit", "", "is empty");
        row("words", R"({"commit": "not built yet"})", 200, "commit", "", "more than one word");
        row("a page", "<!doctype html><title>Sign in</title>", 200, "commit", "", "HTML");
        row("nothing", "", 200, "commit", "", "empty");
        row("a list", "[1]", 200, "commit", "", "no field");
        row("away", R"({"commit": "3f2a9c1"})", 503, "commit", "", "status 503");
    }

    void aUrlIsRead() {
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        QFETCH(QString, field);
        QFETCH(QString, problem);
        const VersionReading reading = models::readVersion(http(field), {}, answered(body, status));
        QTEST(reading.version, "version");
        QVERIFY2(reading.problem.contains(problem), qPrintable(reading.problem));
        QCOMPARE(reading.problem.isEmpty(), reading.isKnown());
        QCOMPARE(reading.at.nanoseconds, 1'000'000'000);
    }

    void whatDidNotAnswerIsNotKnown() {
        ProbeReply reply;
        reply.outcome = ProbeReply::Outcome::Failed;
        reply.reason = QStringLiteral("It refused the connection.");
        QCOMPARE(models::readVersion(http(), {}, reply).problem, reply.reason);
    }

    void aCommandIsRead() {
        VersionProbe probe;
        probe.kind = VersionProbe::Kind::Command;
        ProbeReply reply = answered({});
        reply.exitCode = 0;
        reply.output = QStringLiteral("v1.4.0");
        QCOMPARE(models::readVersion(probe, QStringLiteral("web-1"), reply).version,
                 QStringLiteral("v1.4.0"));
        reply.exitCode = 3;
        QVERIFY(models::readVersion(probe, {}, reply).problem.contains(QStringLiteral("status 3")));
        reply = answered(R"({"release": "1.4"})");
        reply.exitCode = 0;
        probe.field = QStringLiteral("release");
        QCOMPARE(models::readVersion(probe, {}, reply).version, QStringLiteral("1.4"));
    }

    void aContainerIsRead() {
        Container container;
        container.name = QStringLiteral("portal");
        container.state = models::ContainerState::Running;
        const auto read = [&container] {
            return models::readVersion(QStringLiteral("web-1"), container, {1});
        };
        QVERIFY(read().problem.contains(QStringLiteral("neither the label")));
        container.imageDigest = QStringLiteral("sha256:") + QString(64, u'a');
        QCOMPARE(read().version, container.imageDigest);
        container.revision = commit;
        QCOMPARE(read().version, commit);
        container.state = models::ContainerState::Exited;
        QVERIFY2(read().problem.contains(QStringLiteral("exited")), qPrintable(read().problem));
        const VersionReading away = models::readVersion(
            QStringLiteral("web-1"),
            models::failure(models::ErrorCode::NotFound, QStringLiteral("Gone.")), {1});
        QCOMPARE(away.problem, QStringLiteral("Gone."));
    }

    void whatIsOldIsNotKnown() {
        const VersionProbe probe = http();
        const VersionReading fresh =
            models::readVersion(probe, {}, answered(R"({"commit": "3f2a9c1"})"));
        constexpr std::int64_t second = 1'000'000'000;
        QCOMPARE(models::agedReading(fresh, probe, {1 * second + 190 * second}), fresh);
        const VersionReading old =
            models::agedReading(fresh, probe, {1 * second + 190 * second + 1});
        QVERIFY(!old.isKnown());
        QVERIFY2(old.problem.contains(QStringLiteral("3f2a9c1")), qPrintable(old.problem));
    }

    void versionsAreCompared_data() {
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("other");
        QTest::addColumn<VersionMatch>("match");
        const auto row = [](const char* name, const QString& one, const QString& other,
                            VersionMatch match) { QTest::newRow(name) << one << other << match; };
        const auto text = [](const char* words) { return QString::fromUtf8(words); };
        row("a beginning", commit, text("3f2a9c1"), VersionMatch::Same);
        row("capitals", commit, text("3F2A9C1"), VersionMatch::Same);
        row("another commit", commit, text("3f2a9c2"), VersionMatch::Different);
        row("too short for a commit", commit, text("3f2a9c"), VersionMatch::Incomparable);
        row("digits of a commit", text("1234567a"), text("1234567"), VersionMatch::Same);
        row("dates", text("2026112"), text("20261122"), VersionMatch::Different);
        row("releases", text("v1.4.0"), text("1.4.0"), VersionMatch::Same);
        row("other releases", text("v1.4.0"), text("v1.4.1"), VersionMatch::Different);
        row("a beginning of a release", text("1.4"), text("1.4.0"), VersionMatch::Different);
        row("a release and a commit", text("v1.4.0"), commit, VersionMatch::Incomparable);
        row("digests", text("sha256:aa"), text("sha256:ab"), VersionMatch::Different);
        row("a digest and a commit", text("sha256:3f2a9c1"), commit, VersionMatch::Incomparable);
    }

    void versionsAreCompared() {
        QFETCH(QString, one);
        QFETCH(QString, other);
        QTEST(models::compareVersions(one, other), "match");
        QTEST(models::compareVersions(other, one), "match");
    }

    void onlyNamesAreRevisions_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isName");
        const auto row = [](const char* words, bool isName) {
            QTest::newRow(words) << QString::fromUtf8(words) << isName;
        };
        row("main", true);
        row("release/1.4", true);
        row("v1.4.0-rc.1+3", true);
        row("3f2a9c1", true);
        row("--upload-pack=x", false);
        row("-h", false);
        row("main..dev", false);
        row("main@{1}", false);
        row("HEAD^", false);
        row(":/words", false);
        row("a b", false);
        row("main\n", false);
        row("", false);
        row("main.lock", false);
    }

    void onlyNamesAreRevisions() {
        QFETCH(QString, text);
        QTEST(models::isRevisionName(text), "isName");
    }

    void isShownShort() {
        QCOMPARE(models::shortVersion(commit), QStringLiteral("3f2a9c1d5e"));
        QCOMPARE(models::shortVersion(QStringLiteral("sha256:") + QString(64, u'a')),
                 QStringLiteral("sha256:aaaaaaaaaaaa"));
        QCOMPARE(models::shortVersion(QStringLiteral("2026.11.2")), QStringLiteral("2026.11.2"));
    }
};

QTEST_APPLESS_MAIN(TestVersionReading)
#include "tst_versionreading.moc"
