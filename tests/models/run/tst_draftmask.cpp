// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/draftmask.h"

#include "models/run/draft.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace models;

namespace {

const QString secret = u"hunter2-token"_qs;

SecretMasker masker() {
    SecretMasker masker;
    const auto added = masker.add(secret);
    Q_ASSERT(added);
    return masker;
}

EventDraft startOf(const QString& script, const QString& value) {
    return {EventKind::StepStarted,
            {{u"script"_qs, script}, {u"variables"_qs, QJsonObject{{u"HOST"_qs, value}}}}};
}

} // namespace

class TestDraftMask : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWouldRunHoldsASecretOrNot_data() {
        QTest::addColumn<QString>("script");
        QTest::addColumn<QString>("value");
        QTest::addColumn<bool>("holds");
        QTest::newRow("neither") << u"deploy $API_TOKEN"_qs << u"web-1"_qs << false;
        QTest::newRow("the script") << u"deploy "_qs + secret << u"web-1"_qs << true;
        QTest::newRow("a variable") << u"deploy $HOST"_qs << secret << true;
    }
    void whatWouldRunHoldsASecretOrNot() {
        QFETCH(const QString, script);
        QFETCH(const QString, value);
        const QList<EventDraft> drafts{draft::stepReopened(StepId(u"a"_qs)),
                                       startOf(script, value)};
        QTEST(holdsSecret(masker(), drafts), "holds");
        QVERIFY(!holdsSecret({}, drafts));
    }

    void everyTextIsMasked() {
        const EventDraft draft{EventKind::NoteAdded,
                               {{u"text"_qs, u"it was "_qs + secret},
                                {u"count"_qs, 3},
                                {u"lines"_qs, QJsonArray{QJsonObject{{u"text"_qs, secret}}}}}};
        const QJsonObject payload = masked(masker(), {draft}).first().payload;
        QVERIFY(!QString::fromUtf8(QJsonDocument(payload).toJson()).contains(secret));
        QVERIFY(payload.value(u"text").toString().startsWith(u"it was "_qs));
        QCOMPARE(payload.value(u"count").toInt(), 3);
        QCOMPARE(masked({}, {draft}).first().payload, draft.payload);
    }
};

QTEST_GUILESS_MAIN(TestDraftMask)
#include "tst_draftmask.moc"
