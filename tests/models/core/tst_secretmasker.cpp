// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/secretmasker.h"

#include <QRandomGenerator>
#include <QTest>

using models::MaskingStream;
using models::SecretMasker;

namespace {

const QString token = QStringLiteral("s3cr3t/T0ken+w1th ünicode");

QByteArray masked(const QString& secret, const QByteArray& bytes) {
    SecretMasker masker;
    if (!masker.add(secret))
        return QByteArrayLiteral("refused");
    return masker.masked(bytes);
}

/// The stream in random pieces, with the count of raw bytes checked after each.
QByteArray maskedInPieces(const SecretMasker& masker, const QByteArray& bytes, quint32 seed,
                          int longestPiece) {
    QRandomGenerator random(seed);
    MaskingStream stream(masker);
    QByteArray result;
    qint64 raw = 0;
    for (qsizetype at = 0; at < bytes.size();) {
        const QByteArray piece = bytes.mid(at, random.bounded(1, longestPiece + 1));
        const MaskingStream::Released released = stream.push(piece);
        at += piece.size();
        result += released.bytes;
        raw += released.raw;
        if (raw + stream.heldBack() != at)
            return QByteArrayLiteral("lost count");
    }
    const MaskingStream::Released released = stream.flush();
    return raw + released.raw == bytes.size() ? result + released.bytes
                                              : QByteArrayLiteral("lost count");
}

} // namespace

class TestSecretMasker : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refuses_data() {
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("reason");
        QTest::newRow("empty") << QString() << QStringLiteral("shorter than 6");
        QTest::newRow("five") << QStringLiteral("ab1c2") << QStringLiteral("shorter than 6");
        QTest::newRow("padded") << QStringLiteral("  ab1c2 \n") << QStringLiteral("shorter than 6");
        QTest::newRow("five beyond the BMP")
            << QStringLiteral("🔑🔑🔒🔑🔒") << QStringLiteral("shorter than 6");
        QTest::newRow("word") << QStringLiteral("Password") << QStringLiteral("ordinary word");
        QTest::newRow("environment")
            << QStringLiteral("production") << QStringLiteral("ordinary word");
        QTest::newRow("repeated") << QStringLiteral("zzzzzzzzzz") << QStringLiteral("repeated");
    }
    void refuses() {
        QFETCH(QString, value);
        QFETCH(QString, reason);
        SecretMasker masker;
        const auto added = masker.add(value);
        QVERIFY(!added);
        QCOMPARE(added.error().code, models::ErrorCode::Refused);
        QVERIFY2(added.error().message.contains(reason), qPrintable(added.error().message));
        QVERIFY(masker.isEmpty());
        QCOMPARE(masker.masked(value.toUtf8()), value.toUtf8());
    }

    void masksForms_data() {
        QTest::addColumn<QByteArray>("shown");
        const QByteArray value = token.toUtf8();
        QTest::newRow("plain") << value;
        QTest::newRow("base64") << value.toBase64(QByteArray::OmitTrailingEquals);
        QTest::newRow("base64url")
            << value.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
        QTest::newRow("percent") << value.toPercentEncoding();
        QTest::newRow("lower percent") << value.toPercentEncoding()
                                              .replace("%2F", "%2f")
                                              .replace("%2B", "%2b")
                                              .replace("%C3%BC", "%c3%bc");
        QTest::newRow("form") << value.toPercentEncoding().replace("%20", "+");
    }
    void masksForms() {
        QFETCH(QByteArray, shown);
        const QByteArray result = masked(token, "before=" + shown + "&after");
        QCOMPARE(result, "before=" + SecretMasker::mask() + "&after");
    }

    void masksBase64AtEveryAlignment_data() {
        QTest::addColumn<int>("lead");
        QTest::addColumn<int>("tail");
        for (int lead = 0; lead < 4; ++lead) {
            for (int tail = 0; tail < 4; ++tail)
                QTest::addRow("%d before, %d behind", lead, tail) << lead << tail;
        }
    }
    void masksBase64AtEveryAlignment() {
        QFETCH(int, lead);
        QFETCH(int, tail);
        const QByteArray value = QByteArrayLiteral("hunter2-9f8e7d");
        const QByteArray whole = QByteArray(lead, 'u') + value + QByteArray(tail, ':');
        const QByteArray encoded = whole.toBase64();
        const QByteArray result = masked(QString::fromUtf8(value), encoded);
        QVERIFY(result.contains(SecretMasker::mask()));
        // What is left on both sides is less than a group of four holds.
        const QByteArray left = QByteArray(result).replace(SecretMasker::mask(), QByteArray());
        QVERIFY2(left.size() <= 4 + lead / 3 * 4 + (tail + 2) / 3 * 4 + 2, left.constData());
        for (qsizetype at = 0; at + 4 <= value.size(); ++at)
            QVERIFY(!QByteArray::fromBase64(left).contains(value.mid(at, 4)));
    }

    void masksQuotedForms() {
        const QString value = QStringLiteral("it's \"so\" secret\\");
        QCOMPARE(masked(value, "{\"k\":\"it's \\\"so\\\" secret\\\\\"}"),
                 "{\"k\":\"" + SecretMasker::mask() + "\"}");
        QCOMPARE(masked(value, "+ echo 'it'\\''s \"so\" secret\\'"),
                 "+ echo '" + SecretMasker::mask() + "'");
    }

    void masksLinesOfALongValue() {
        const QString key = QStringLiteral("-----BEGIN KEY-----\nMIIEvQIBADANBg\nab\nkqhkiG9w0B==\n"
                                           "-----END KEY-----\n");
        const QByteArray result = masked(key, "x MIIEvQIBADANBg y\r\nkqhkiG9w0B==\r\nab\r\n");
        QCOMPARE(result,
                 "x " + SecretMasker::mask() + " y\r\n" + SecretMasker::mask() + "\r\nab\r\n");
        QCOMPARE(masked(key, "[" + key.trimmed().toUtf8() + "]"), "[" + SecretMasker::mask() + "]");
    }

    void masksWrappedBase64() {
        QString value;
        for (int i = 0; i < 20; ++i)
            value += QStringLiteral("part%1-").arg(i * 7919);
        const QByteArray encoded = value.toUtf8().toBase64();
        QByteArray wrapped;
        for (qsizetype at = 0; at < encoded.size(); at += 76)
            wrapped += encoded.mid(at, 76) + '\n';
        const QByteArray result = masked(value, wrapped);
        for (const QByteArray& line : result.split('\n'))
            QVERIFY2(line.size() < 16 || line.startsWith(SecretMasker::mask()), line.constData());
    }

    void joinsOverlaps() {
        SecretMasker masker;
        QVERIFY(masker.add(QStringLiteral("abcdefgh1")));
        QVERIFY(masker.add(QStringLiteral("gh1jklmno")));
        QCOMPARE(masker.masked(QByteArrayLiteral("<abcdefgh1jklmno>")),
                 "<" + SecretMasker::mask() + ">");
    }

    void prefersTheLonger() {
        SecretMasker masker;
        QVERIFY(masker.add(QStringLiteral("abcdef1")));
        QVERIFY(masker.add(QStringLiteral("abcdef1-and-more")));
        QCOMPARE(masker.masked(QByteArrayLiteral("abcdef1-and-more abcdef1-and")),
                 SecretMasker::mask() + " " + SecretMasker::mask() + "-and");
    }

    void masksText() {
        SecretMasker masker;
        QVERIFY(masker.add(token));
        QCOMPARE(masker.masked(QStringLiteral("ä%1ß").arg(token)), QStringLiteral("ä••••••ß"));
    }

    void holdsBackOnlyWhatMayBeASecret() {
        SecretMasker masker;
        QVERIFY(masker.add(QStringLiteral("tok3n-value")));
        MaskingStream stream(masker);
        QCOMPARE(stream.push("Go on? ").bytes, QByteArrayLiteral("Go on? "));
        QCOMPARE(stream.push("the tok3n-").bytes, QByteArrayLiteral("the "));
        QCOMPARE(stream.heldBack(), qint64(6));
        const auto other = stream.push("ring\n");
        QCOMPARE(other.bytes, QByteArrayLiteral("tok3n-ring\n"));
        QCOMPARE(other.raw, qint64(11));
        QCOMPARE(stream.push("tok3n-val").raw, qint64(0));
        const auto hidden = stream.push("ue!");
        QCOMPARE(hidden.bytes, SecretMasker::mask() + "!");
        QCOMPARE(hidden.raw, qint64(12));
    }

    void learnsDuringAStream() {
        SecretMasker masker;
        MaskingStream stream(masker);
        QCOMPARE(stream.push("first-secret ").bytes, QByteArrayLiteral("first-secret "));
        QVERIFY(masker.add(QStringLiteral("first-secret")));
        QCOMPARE(stream.push("first-secret ").bytes, SecretMasker::mask() + " ");
    }

    void piecesGiveTheSameAsTheWhole_data() {
        QTest::addColumn<int>("longestPiece");
        QTest::newRow("bytes") << 1;
        QTest::newRow("few") << 4;
        QTest::newRow("lines") << 90;
        QTest::newRow("blocks") << 4000;
    }
    void piecesGiveTheSameAsTheWhole() {
        QFETCH(int, longestPiece);
        SecretMasker masker;
        const QStringList secrets{QStringLiteral("ababababab1"), QStringLiteral("ab1ab1x"),
                                  QStringLiteral("b1ab1xab"), token};
        for (const QString& secret : secrets)
            QVERIFY(masker.add(secret));
        QRandomGenerator random(7);
        for (quint32 round = 0; round < 40; ++round) {
            QByteArray text;
            while (text.size() < 3000) {
                const QByteArray secret = secrets[random.bounded(4)].toUtf8();
                switch (random.bounded(4)) {
                case 0:
                    text += secret.left(random.bounded(int(secret.size())));
                    break;
                case 1:
                    text += secret;
                    break;
                case 2:
                    text += secret.toBase64();
                    break;
                case 3:
                    text += "ab1";
                    break;
                }
            }
            QCOMPARE(maskedInPieces(masker, text, round, longestPiece), masker.masked(text));
            for (const QString& secret : secrets)
                QVERIFY(!masker.masked(text).contains(secret.toUtf8()));
        }
    }

    void manySecretsAndAnyBytes() {
        SecretMasker masker;
        QByteArray text;
        for (int i = 0; i < 500; ++i) {
            const QString secret = QStringLiteral("%1-key-%2").arg(i * 104729).arg(i);
            QVERIFY(masker.add(secret));
            text += secret.toUtf8() + '\0' + '\xff';
        }
        QByteArray expected;
        for (int i = 0; i < 500; ++i)
            expected += SecretMasker::mask() + '\0' + '\xff';
        QCOMPARE(masker.masked(text), expected);
    }

    void speed() {
        SecretMasker masker;
        for (int i = 0; i < 4; ++i)
            QVERIFY(masker.add(QStringLiteral("S3cret-Value-%1-abc").arg(i * 7919)));
        QByteArray text;
        while (text.size() < 1 << 20)
            text += "2026-01-02T03:04:05Z INFO GET /api/v1/items?id=42 200 12ms user=someone\n";
        QBENCHMARK {
            QCOMPARE(masker.masked(text).size(), text.size());
        }
    }
};

QTEST_APPLESS_MAIN(TestSecretMasker)
#include "tst_secretmasker.moc"
