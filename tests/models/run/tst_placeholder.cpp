// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/placeholder.h"

#include <QTest>

using namespace models;

class TestPlaceholder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fill_data() {
        QTest::addColumn<QString>("script");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("expected"); ///< null: refused
        const QString evil = u"a'; rm -rf \"$HOME\" `id`"_qs;
        QTest::newRow("bare, harmless") << u"ping <host>"_qs << u"web-1"_qs << u"ping web-1"_qs;
        QTest::newRow("bare, quoted") << u"ping <host>"_qs << u"a b; id"_qs << u"ping 'a b; id'"_qs;
        QTest::newRow("bare, evil")
            << u"ping <host>"_qs << evil << u"ping 'a'\\''; rm -rf \"$HOME\" `id`'"_qs;
        QTest::newRow("within a word")
            << u"curl https://{{ host }}/x"_qs << u"a&b"_qs << u"curl https://'a&b'/x"_qs;
        QTest::newRow("double quotes") << u"echo \"<host>\""_qs << u"a\"$(id)`x`\\"_qs
                                       << u"echo \"a\\\"\\$(id)\\`x\\`\\\\\""_qs;
        QTest::newRow("substitution in double quotes")
            << u"echo \"$(ping <host>)\""_qs << u"a b"_qs << u"echo \"$(ping 'a b')\""_qs;
        QTest::newRow("single quotes") << u"echo '<host>'"_qs << u"web"_qs << QString();
        QTest::newRow("backquotes, harmless")
            << u"echo `ping <host>`"_qs << u"web"_qs << u"echo `ping web`"_qs;
        QTest::newRow("backquotes, evil") << u"echo `ping <host>`"_qs << evil << QString();
        QTest::newRow("here-document, evil")
            << u"cat <<EOF\n<host>\nEOF\n"_qs << u"$(id)"_qs << QString();
        QTest::newRow("after a here-document") << u"cat <<EOF\n$x\nEOF\nping <host>"_qs << u"a b"_qs
                                               << u"cat <<EOF\n$x\nEOF\nping 'a b'"_qs;
        QTest::newRow("comment") << u"# ask <host>\nping <host>"_qs << u"a b"_qs
                                 << u"# ask <host>\nping 'a b'"_qs;
        QTest::newRow("variable stays")
            << u"ping $host <other"_qs << u"web"_qs << u"ping $host <other"_qs;
        QTest::newRow("other spelling") << u"ping <Host>"_qs << u"web"_qs << u"ping web"_qs;
    }
    void fill() {
        QFETCH(QString, script);
        QFETCH(QString, value);
        QFETCH(QString, expected);
        const Result<QString> filled =
            fillPlaceholders(script, {u"host"_qs}, {{u"host"_qs, value}});
        QCOMPARE(filled.has_value(), !expected.isNull());
        if (filled)
            QCOMPARE(*filled, expected);
    }

    void bareNames_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("your-") << u"your-app"_qs;
        QTest::newRow("YOUR_") << u"YOUR_APP"_qs;
        QTest::newRow("X.Y.Z") << u"X.Y.Z"_qs;
    }
    void bareNames() {
        QFETCH(QString, name);
        const Result<QString> filled =
            fillPlaceholders(u"deploy %1 --to %1x $%1"_qs.arg(name), {name}, {{name, u"v 1"_qs}});
        QVERIFY(filled);
        QCOMPARE(*filled, u"deploy 'v 1' --to %1x $%1"_qs.arg(name));
    }

    void missingValueIsRefused() { QVERIFY(!fillPlaceholders(u"ping <x>"_qs, {u"x"_qs}, {})); }

    void urlIsQuoted() {
        QCOMPARE(quotedUrl(u"${API}/healthz?a=1&b='x'"_qs, {}, {}),
                 u"\"${API}\"'/healthz?a=1&b='\\''x'\\'''"_qs);
        QCOMPARE(quotedUrl(u"https://<host>/$(id)"_qs, {u"host"_qs}, {{u"host"_qs, u"a b"_qs}}),
                 u"'https://a b/$(id)'"_qs);
    }
};

QTEST_GUILESS_MAIN(TestPlaceholder)
#include "tst_placeholder.moc"
