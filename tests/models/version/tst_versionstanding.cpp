// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/version/versionstanding.h"

#include <QTest>

using models::CommitRelation;
using models::Result;
using models::Verdict;
using models::VersionComparison;
using models::VersionReading;
using models::VersionReference;
using models::VersionStanding;
using models::VersionState;

namespace {

const QString one = QStringLiteral("1111111a");
const QString other = QStringLiteral("2222222b");

VersionReading at(const char* place, const QString& version, std::int64_t when = 5) {
    return {QString::fromUtf8(place),
            version,
            version.isEmpty() ? QStringLiteral("It is away.") : QString(),
            {when}};
}

VersionReference named(const char* name, const QString& version) {
    return {QString::fromUtf8(name),
            version,
            version.isEmpty() ? QStringLiteral("Nobody knows.") : QString(),
            {}};
}

CommitRelation apart(int ahead, int behind) {
    CommitRelation relation;
    relation.from = one;
    relation.to = ahead + behind == 0 ? one : other;
    relation.ahead = ahead;
    relation.behind = behind;
    return relation;
}

} // namespace

Q_DECLARE_METATYPE(models::VersionState)

class TestVersionStanding : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void placesAreTakenTogether_data() {
        QTest::addColumn<QList<VersionReading>>("observed");
        QTest::addColumn<VersionState>("state");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* name, const QList<VersionReading>& observed,
                            VersionState state, const char* words) {
            QTest::newRow(name) << observed << state << QString::fromUtf8(words);
        };
        row("one", {at("", one)}, VersionState::Settled, "");
        row("alike", {at("web-1", one), at("web-2", one)}, VersionState::Settled, "");
        row("different", {at("web-1", one), at("web-2", other)}, VersionState::HostsDiffer,
            "web-1 has 1111111a, web-2 has 2222222b.");
        row("different, and one away", {at("web-1", one), at("web-2", {}), at("web-3", other)},
            VersionState::HostsDiffer, "web-2 has an unknown one");
        row("one away", {at("web-1", one), at("web-2", {})}, VersionState::Unknown,
            "web-2: It is away.");
        row("never looked at", {at("", {}, 0)}, VersionState::Unchecked, "Nobody looked");
        row("one never looked at", {at("web-1", one), at("web-2", {}, 0)}, VersionState::Unchecked,
            "");
        row("a release and a commit", {at("web-1", one), at("web-2", QStringLiteral("v1"))},
            VersionState::Unknown, "cannot be compared");
        row("none", {}, VersionState::Unchecked, "");
    }

    void placesAreTakenTogether() {
        QFETCH(QList<VersionReading>, observed);
        QFETCH(QString, words);
        const VersionStanding standing = models::standingOf(observed);
        QTEST(standing.state, "state");
        QVERIFY2(standing.words.contains(words), qPrintable(standing.words));
    }

    void theOldestLookCounts() {
        QCOMPARE(models::standingOf({at("a", one, 9), at("b", one, 3)}).at.nanoseconds, 3);
    }

    void isCompared() {
        const auto compared = [](const VersionReference& reference, const QString& observed,
                                 const std::optional<Result<CommitRelation>>& relation = {}) {
            return models::compareWith(reference, observed, relation);
        };
        QCOMPARE(compared(named("main", one), one).verdict, Verdict::Pass);
        QCOMPARE(compared(named("main", one), other).verdict, Verdict::Fail);
        QCOMPARE(compared(named("main", {}), one).verdict, Verdict::Unknown);
        QCOMPARE(compared(named("main", {}), one).words, QStringLiteral("Nobody knows."));
        QCOMPARE(compared(named("main", one), {}).verdict, Verdict::Unknown);
        QCOMPARE(compared(named("main", QStringLiteral("main")), one).verdict, Verdict::Unknown);
        QCOMPARE(compared(named("main", QStringLiteral("main")), one, apart(0, 0)).verdict,
                 Verdict::Pass);
        QCOMPARE(compared(named("main", QStringLiteral("main")), other, apart(0, 3)).words,
                 QStringLiteral("3 behind main"));
        QCOMPARE(compared(named("main", one), other, apart(2, 0)).words,
                 QStringLiteral("2 ahead of main"));
        QCOMPARE(compared(named("main", one), other, apart(2, 3)).words,
                 QStringLiteral("2 ahead of main, 3 behind"));
        const Result<CommitRelation> away =
            models::failure(models::ErrorCode::NotFound, QStringLiteral("No repository."));
        const VersionComparison unresolved =
            compared(named("main", QStringLiteral("main")), one, away);
        QCOMPARE(unresolved.verdict, Verdict::Unknown);
        QCOMPARE(unresolved.words, QStringLiteral("No repository."));
        QCOMPARE(compared(named("main", one), other, away).verdict, Verdict::Fail);
    }

    void theWorstIsTold() {
        const auto state = [](std::optional<VersionComparison> expected,
                              std::optional<VersionComparison> recorded,
                              std::optional<VersionComparison> promoted) {
            VersionStanding standing = models::standingOf({at("", one)});
            standing.expected = std::move(expected);
            standing.recorded = std::move(recorded);
            standing.promoted = std::move(promoted);
            models::settleStanding(standing);
            return standing.state;
        };
        const VersionComparison same{named("x", one), Verdict::Pass, {}, {}};
        const VersionComparison differs{named("x", other), Verdict::Fail, {}, {}};
        const VersionComparison open{named("x", {}), Verdict::Unknown, {}, {}};
        QCOMPARE(state({}, {}, {}), VersionState::Settled);
        QCOMPARE(state(same, same, same), VersionState::Settled);
        QCOMPARE(state(differs, differs, differs), VersionState::Unexpected);
        QCOMPARE(state(same, differs, differs), VersionState::Unrecorded);
        QCOMPARE(state(open, same, differs), VersionState::Undecided);
        QCOMPARE(state(same, open, differs), VersionState::EnvironmentDiffers);
        // What cannot be told of the expectation is never "no drift".
        QCOMPARE(state(open, same, same), VersionState::Undecided);
        // Nothing that was compared hides that the hosts differ.
        VersionStanding hosts = models::standingOf({at("a", one), at("b", other)});
        hosts.expected = same;
        models::settleStanding(hosts);
        QCOMPARE(hosts.state, VersionState::HostsDiffer);
    }
};

QTEST_APPLESS_MAIN(TestVersionStanding)
#include "tst_versionstanding.moc"
