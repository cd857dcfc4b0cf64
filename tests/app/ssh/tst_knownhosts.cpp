// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/knownhosts.h"
#include "app/ssh/knownhostsfile.h"
#include "tests/support/filecontent.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace app;
using tests::contentOf;
using Verdict = KnownHosts::Verdict;

Q_DECLARE_METATYPE(Verdict)

namespace {

const QByteArray right("the right key");
const QByteArray other("another key");

/// One line of a file; "KEY" and "OTHER" stand for the keys.
QByteArray line(QByteArray text) {
    text.replace("KEY", right.toBase64());
    text.replace("OTHER", other.toBase64());
    return text + '\n';
}

} // namespace

class TestKnownHosts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void judges_data();
    void judges();
    void namesWhatDecided();
    void prefersTypesOnRecord();
    void readsOnlyWhatCanBeRead();
    void appendsOneWholeLine();
};

void TestKnownHosts::judges_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("host");
    QTest::addColumn<Verdict>("verdict");
    const auto row = [](const char* name, const QByteArray& content, const char* host,
                        Verdict verdict) {
        QTest::newRow(name) << content << QString::fromUtf8(host) << verdict;
    };
    row("nothing on record", {}, "web.example.com", Verdict::Unknown);
    row("known", line("web.example.com ssh-ed25519 KEY a comment"), "web.example.com",
        Verdict::Known);
    row("case of the file does not count", line("WEB.example.com ssh-ed25519 KEY"),
        "web.example.com", Verdict::Known);
    row("tabs", line("web.example.com\tssh-ed25519\tKEY"), "web.example.com", Verdict::Known);
    row("no end of line", line("web.example.com ssh-ed25519 KEY").trimmed(), "web.example.com",
        Verdict::Known);
    row("carriage returns", line("web.example.com ssh-ed25519 KEY\r"), "web.example.com",
        Verdict::Known);
    row("another host", line("db.example.com ssh-ed25519 OTHER"), "web.example.com",
        Verdict::Unknown);
    row("changed", line("web.example.com ssh-ed25519 OTHER"), "web.example.com", Verdict::Changed);
    row("another type is a change", line("web.example.com ssh-rsa OTHER"), "web.example.com",
        Verdict::Changed);
    row("several keys, one of them right",
        line("web.example.com ssh-rsa OTHER") + line("web.example.com ssh-ed25519 KEY"),
        "web.example.com", Verdict::Known);
    row("a line of the future is not in the way",
        line("web.example.com ssh-quantum@example.com AAAA") +
            line("web.example.com ssh-ed25519 OTHER"),
        "web.example.com", Verdict::Changed);
    row("a damaged line is not in the way",
        line("web.example.com ssh-ed25519") + line("web.example.com ssh-ed25519 OTHER"),
        "web.example.com", Verdict::Changed);
    row("list", line("a.example.com,web.example.com,10.0.0.7 ssh-ed25519 KEY"), "10.0.0.7",
        Verdict::Known);
    row("pattern", line("*.example.com ssh-ed25519 KEY"), "web.example.com", Verdict::Known);
    row("one character", line("web-?.example.com ssh-ed25519 KEY"), "web-1.example.com",
        Verdict::Known);
    row("negated", line("*.example.com,!web.example.com ssh-ed25519 OTHER"), "web.example.com",
        Verdict::Unknown);
    row("negated, others", line("*.example.com,!web.example.com ssh-ed25519 OTHER"),
        "db.example.com", Verdict::Changed);
    row("port", line("[web.example.com]:2222 ssh-ed25519 KEY"), "[web.example.com]:2222",
        Verdict::Known);
    row("another port is another host", line("web.example.com ssh-ed25519 KEY"),
        "[web.example.com]:2222", Verdict::Unknown);
    row("hashed", line("|1|J2SJxW4yY0qO0f0tABUDvR1eWXg=|0xGzo71cfTaot+XJwVNg5eNSQyQ= ssh-rsa KEY"),
        "192.168.1.61", Verdict::Known);
    row("hashed, another",
        line("|1|J2SJxW4yY0qO0f0tABUDvR1eWXg=|0xGzo71cfTaot+XJwVNg5eNSQyQ= "
             "ssh-rsa OTHER"),
        "192.168.1.62", Verdict::Unknown);
    row("empty hash", line("|1|| ssh-rsa KEY"), "web.example.com", Verdict::Unknown);
    row("revoked", line("@revoked web.example.com ssh-ed25519 KEY"), "web.example.com",
        Verdict::Revoked);
    row("revoked everywhere, and known",
        line("web.example.com ssh-ed25519 KEY") + line("@revoked * ssh-ed25519 KEY"),
        "web.example.com", Verdict::Revoked);
    row("revoked another key",
        line("web.example.com ssh-ed25519 KEY") + line("@revoked * ssh-ed25519 OTHER"),
        "web.example.com", Verdict::Known);
    row("revoked elsewhere", line("@revoked db.example.com ssh-ed25519 KEY"), "web.example.com",
        Verdict::Unknown);
    row("an authority is no key", line("@cert-authority *.example.com ssh-ed25519 KEY"),
        "web.example.com", Verdict::Unknown);
    row("unknown marker", line("@else web.example.com ssh-ed25519 KEY"), "web.example.com",
        Verdict::Unknown);
    row("comment", line("# web.example.com ssh-ed25519 KEY"), "web.example.com", Verdict::Unknown);
}

void TestKnownHosts::judges() {
    QFETCH(QByteArray, content);
    QFETCH(QString, host);
    QFETCH(Verdict, verdict);
    KnownHosts known;
    known.add(QStringLiteral("known_hosts"), content);
    QCOMPARE(known.judge(host, right).verdict, verdict);
}

void TestKnownHosts::namesWhatDecided() {
    KnownHosts known;
    known.add(QStringLiteral("first"), "\n# a comment\n" + line("web ssh-ed25519 OTHER"));
    known.add(QStringLiteral("second"), line("web ssh-rsa OTHER"));
    QCOMPARE(known.judge(QStringLiteral("web"), right).places,
             QStringList({QStringLiteral("first:3"), QStringLiteral("second:1")}));
    known.add(QStringLiteral("third"), line("web ssh-ed25519 KEY"));
    QCOMPARE(known.judge(QStringLiteral("web"), right).places,
             QStringList{QStringLiteral("third:1")});
}

void TestKnownHosts::prefersTypesOnRecord() {
    KnownHosts known;
    known.add(QStringLiteral("known_hosts"), line("web ssh-rsa KEY") + line("db ssh-ed25519 KEY") +
                                                 line("@revoked web ssh-dss OTHER") +
                                                 line("web ecdsa-sha2-nistp256 OTHER") +
                                                 line("web ssh-rsa OTHER"));
    QCOMPARE(known.typesOf(QStringLiteral("web")),
             QList<QByteArray>({"ssh-rsa", "ecdsa-sha2-nistp256"}));
}

void TestKnownHosts::readsOnlyWhatCanBeRead() {
    const QTemporaryDir folder;
    const QString missing = folder.filePath(QStringLiteral("missing"));
    QVERIFY(readKnownHosts({missing, missing}));
    // A folder is there, and is no record of keys.
    QVERIFY(!readKnownHosts({missing, folder.path()}));
}

void TestKnownHosts::appendsOneWholeLine() {
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("ssh/known_hosts"));
    const QByteArray first = KnownHosts::lineFor(QStringLiteral("web"), "ssh-ed25519", right);
    QVERIFY(appendKnownHost(file, first));
    QCOMPARE(contentOf(file), first);
    QCOMPARE(QFile::permissions(file) & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
    {
        QFile open(file);
        QVERIFY(open.open(QIODevice::Append));
        open.write("# somebody's line without an end");
    }
    const QByteArray second = KnownHosts::lineFor(QStringLiteral("db"), "ssh-ed25519", other);
    QVERIFY(appendKnownHost(file, second));
    QCOMPARE(contentOf(file), first + "# somebody's line without an end\n" + second);
    QVERIFY(!appendKnownHost(folder.filePath(QStringLiteral("ssh/known_hosts/below")), first));
}

QTEST_GUILESS_MAIN(TestKnownHosts)
#include "tst_knownhosts.moc"
