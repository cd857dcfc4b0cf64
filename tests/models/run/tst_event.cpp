// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/event.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QTest>

using models::Event;
using models::EventKind;

namespace {

Event sample() {
    Event event;
    event.run = models::RunId(QStringLiteral("01hx0000000000000000000001"));
    event.seq = 3;
    event.at = models::Instant::fromString(u"2026-01-02T03:04:05.000000678Z");
    event.actor = QStringLiteral("lead@desk");
    event.console = QStringLiteral("c1");
    event.kind = EventKind::NoteAdded;
    event.payload = {{QStringLiteral("z"), QStringLiteral("grün 🌱")},
                     {QStringLiteral("a"), QJsonArray{1, qint64(9007199254740993), 0.5, true}}};
    return event;
}

} // namespace

class TestEvent : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesRoundTrip() {
        QSet<QString> names;
        for (int i = 0; i < static_cast<int>(EventKind::Unrecognised); ++i) {
            const QString name = models::eventKindName(static_cast<EventKind>(i));
            QCOMPARE(static_cast<int>(models::eventKindFromName(name)), i);
            names.insert(name);
        }
        QCOMPARE(names.size(), static_cast<int>(EventKind::Unrecognised));
        QCOMPARE(models::eventKindFromName(u"Levitated"), EventKind::Unrecognised);
        QCOMPARE(models::eventKindFromName(u"Unrecognised"), EventKind::Unrecognised);
        QCOMPARE(models::eventKindName(EventKind::RunClosed), QStringLiteral("RunClosed"));
    }

    void bytesAreCanonical() {
        Event event = sample();
        models::sealEvent(event, models::chainOrigin());
        QCOMPARE(event.bytes,
                 QByteArrayLiteral(
                     R"({"actor":"lead@desk","at":"2026-01-02T03:04:05.000000678Z","console":"c1",)"
                     R"("kind":"NoteAdded","payload":{"a":[1,9007199254740993,0.5,true],)"
                     R"("z":"grün 🌱"},"run":"01hx0000000000000000000001","seq":3,"v":1})"));
        QCOMPARE(event.hash, QCryptographicHash::hash(QByteArray(32, '\0') + event.bytes,
                                                      QCryptographicHash::Sha256));
        Event again = sample();
        models::sealEvent(again, event.hash);
        QCOMPARE(again.bytes, event.bytes);
        QVERIFY(again.hash != event.hash);
    }

    void readsWhatItWrote() {
        Event event = sample();
        models::sealEvent(event, models::chainOrigin());
        const auto read = models::eventFromBytes(event.bytes, event.hash);
        QVERIFY(read);
        QCOMPARE(read->run, event.run);
        QCOMPARE(read->seq, event.seq);
        QCOMPARE(read->at, event.at);
        QCOMPARE(read->actor, event.actor);
        QCOMPARE(read->console, event.console);
        QCOMPARE(read->kind, event.kind);
        QCOMPARE(read->kindName, QStringLiteral("NoteAdded"));
        QCOMPARE(read->payload, event.payload);
        QCOMPARE(read->bytes, event.bytes);
        QCOMPARE(read->hash, event.hash);
    }

    void keepsWhatItDoesNotKnow_data() {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<int>("v");
        QTest::newRow("new kind") << QStringLiteral("Levitated") << 1;
        QTest::newRow("new version") << QStringLiteral("NoteAdded") << 2;
    }
    void keepsWhatItDoesNotKnow() {
        QFETCH(QString, kind);
        QFETCH(int, v);
        Event event = sample();
        event.kindName = kind;
        event.v = v;
        models::sealEvent(event, models::chainOrigin());
        const auto read = models::eventFromBytes(event.bytes, event.hash);
        QVERIFY(read);
        QCOMPARE(read->kind, EventKind::Unrecognised);
        QCOMPARE(read->kindName, kind);
        QCOMPARE(read->v, v);
        QCOMPARE(read->payload, event.payload);
        Event again = *read;
        models::sealEvent(again, models::chainOrigin());
        QCOMPARE(again.bytes, event.bytes);
    }

    void refusesWhatIsNoEnvelope_data() {
        QTest::addColumn<QByteArray>("bytes");
        Event event = sample();
        models::sealEvent(event, models::chainOrigin());
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArrayLiteral("hello");
        QTest::newRow("array") << QByteArrayLiteral("[1]");
        QTest::newRow("cut") << event.bytes.chopped(1);
        const QJsonObject whole = QJsonDocument::fromJson(event.bytes).object();
        for (const QString& key : whole.keys()) {
            QJsonObject without = whole;
            without.remove(key);
            QTest::addRow("without %s", qPrintable(key)) << QJsonDocument(without).toJson();
            QJsonObject wrong = whole;
            wrong.insert(key, QJsonValue::Null);
            QTest::addRow("null %s", qPrintable(key)) << QJsonDocument(wrong).toJson();
        }
        for (const double seq : {0.0, -1.0, 1.5, 1e300}) {
            QJsonObject wrong = whole;
            wrong.insert(QStringLiteral("seq"), seq);
            QTest::addRow("seq %g", seq) << QJsonDocument(wrong).toJson();
        }
    }
    void refusesWhatIsNoEnvelope() {
        QFETCH(QByteArray, bytes);
        const auto read = models::eventFromBytes(bytes, {});
        QVERIFY(!read);
        QCOMPARE(read.error().code, models::ErrorCode::Damaged);
    }
};

QTEST_APPLESS_MAIN(TestEvent)
#include "tst_event.moc"
