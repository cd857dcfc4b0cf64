// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/hostpattern.h"
#include "app/ssh/sshconfig.h"
#include "app/ssh/sshconfigtext.h"

#include <QHash>
#include <QTest>

using namespace app;
using namespace std::chrono_literals;

using Weight = SettingsNote::Weight;

namespace {

const QString home = QStringLiteral("/home/me");

/// A machine with nothing but these files.
SshSurroundings withFiles(const QHash<QString, QByteArray>& files) {
    SshSurroundings given;
    given.home = home;
    given.user = QStringLiteral("me");
    given.localName = QStringLiteral("desk.example.com");
    given.userId = QStringLiteral("1000");
    given.read = [files](const QString& path) -> std::optional<QByteArray> {
        const auto found = files.constFind(path);
        return found == files.cend() ? std::nullopt : std::optional(*found);
    };
    given.glob = [files](const QString& pattern) {
        QStringList found;
        for (auto it = files.cbegin(); it != files.cend(); ++it) {
            if (matchesPattern(pattern.toUtf8(), it.key().toUtf8()))
                found << it.key();
        }
        found.sort();
        return found;
    };
    given.variable = [](const QString& name) -> std::optional<QString> {
        if (name == QLatin1String("SSH_AUTH_SOCK"))
            return QStringLiteral("/run/agent");
        return name == QLatin1String("TEAM") ? std::optional(QStringLiteral("red")) : std::nullopt;
    };
    return given;
}

HostSettings resolved(const QByteArray& config, const QString& destination) {
    return resolveHost(QStringLiteral("web-1"), destination,
                       withFiles({{home + QStringLiteral("/.ssh/config"), config}}))
        .value_or(HostSettings());
}

/// The settings in one line, to compare.
QString shown(const HostSettings& settings) {
    QString text = settings.address();
    if (!settings.hostKeyAlias.isEmpty())
        text += QStringLiteral(" as ") + settings.hostKeyAlias;
    for (const HostSettings& jump : settings.jumps)
        text += QStringLiteral(" via ") + jump.address();
    return text;
}

QStringList keywordsOf(const QList<SettingsNote>& notes, Weight weight) {
    QStringList keywords;
    for (const SettingsNote& note : notes) {
        if (note.weight == weight)
            keywords << QStringLiteral("%1:%2").arg(note.keyword).arg(note.line);
    }
    return keywords;
}

} // namespace

class TestSshConfig : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsLines();
    void readsTimes_data();
    void readsTimes();
    void readsDestinations_data();
    void readsDestinations();
    void matchesPatternsAsSshDoes_data();
    void matchesPatternsAsSshDoes();
    void resolvesAddresses_data();
    void resolvesAddresses();
    void resolvesFiles();
    void resolvesTheRest();
    void includesFiles();
    void saysWhatItDoesNotHonour();
    void blocksWhatWouldGoWrong_data();
    void blocksWhatWouldGoWrong();
    void jumpsInOrder();
    void takesAnyBytes();
};

void TestSshConfig::readsLines() {
    const auto lines = sshConfigLines("# a comment\n\n  Host a \"b c\" # more\r\nPort=22\n"
                                      "User = \"x y\"\nIdentityFile ~/a#b\nHost\n");
    QCOMPARE(lines.size(), 5);
    QCOMPARE(lines[0].number, 3);
    QCOMPARE(lines[0].keyword, QStringLiteral("host"));
    QCOMPARE(lines[0].spelled, QStringLiteral("Host"));
    QCOMPARE(lines[0].arguments, QStringList({QStringLiteral("a"), QStringLiteral("b c")}));
    QCOMPARE(lines[1].arguments, QStringList{QStringLiteral("22")});
    QCOMPARE(lines[2].arguments, QStringList{QStringLiteral("x y")});
    QCOMPARE(lines[3].arguments, QStringList{QStringLiteral("~/a#b")});
    QVERIFY(lines[4].arguments.isEmpty());
}

void TestSshConfig::readsTimes_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("seconds");
    const auto row = [](const char* text, int seconds) {
        QTest::newRow(text) << QString::fromLatin1(text) << seconds;
    };
    row("0", 0);
    row("90", 90);
    row("1m30s", 90);
    row("2H", 7200);
    row("1w", 7 * 24 * 3600);
    row("", -1);
    row("m", -1);
    row("5x", -1);
    row("-1", -1);
    row("99999999999999999999", -1);
}

void TestSshConfig::readsTimes() {
    QFETCH(QString, text);
    QFETCH(int, seconds);
    const auto time = sshConfigTime(text);
    QCOMPARE(time ? int(time->count()) : -1, seconds);
}

void TestSshConfig::readsDestinations_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("understood"); // user|host|port
    const auto row = [](const char* text, const char* understood) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(understood);
    };
    row("web", "|web|0");
    row("me@web", "me|web|0");
    row("me@web:2222", "me|web|2222");
    row("me@corp@web", "me@corp|web|0");
    row("ssh://me@web:2222/", "me|web|2222");
    row("::1", "|::1|0");
    row("[::1]:22", "|::1|22");
    row("me@[::1]", "me|::1|0");
    row("", "");
    row("@web", "");
    row("me@", "");
    row("web:", "");
    row("web:0", "");
    row("web:99999", "");
    row("web:ssh", "");
    row("[::1", "");
    row("[::1]22", "");
    row("-oProxyCommand=x", "");
}

void TestSshConfig::readsDestinations() {
    QFETCH(QString, text);
    QFETCH(QString, understood);
    const auto destination = parseSshDestination(text);
    QCOMPARE(destination ? QStringLiteral("%1|%2|%3")
                               .arg(destination->user, destination->host)
                               .arg(destination->port)
                         : QString(),
             understood);
}

void TestSshConfig::matchesPatternsAsSshDoes_data() {
    QTest::addColumn<QByteArray>("patterns");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("matches");
    const auto row = [](const char* patterns, const char* text, bool matches) {
        QTest::addRow("%s: %s", patterns, text)
            << QByteArray(patterns) << QByteArray(text) << matches;
    };
    row("*", "", true);
    row("", "", true);
    row("", "a", false);
    row("a*c", "abbc", true);
    row("a*c", "abb", false);
    row("*a*b*", "xxaxxbxx", true);
    row("?", "", false);
    row("a?", "ab", true);
    row("!a,*", "a", false);
    row("!a,*", "b", true);
    row("!a", "b", false);
    row("A", "a", true);
    row("*a*a*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false);
}

void TestSshConfig::matchesPatternsAsSshDoes() {
    QFETCH(QByteArray, patterns);
    QFETCH(QByteArray, text);
    QFETCH(bool, matches);
    QCOMPARE(matchesPatterns(patterns.split(','), text), matches);
}

void TestSshConfig::resolvesAddresses_data() {
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QString>("destination");
    QTest::addColumn<QString>("settings");
    const auto row = [](const char* name, const char* config, const char* destination,
                        const char* settings) {
        QTest::newRow(name) << QByteArray(config) << QString::fromLatin1(destination)
                            << QString::fromLatin1(settings);
    };
    row("nothing", "", "web", "me@web");
    row("alias", "Host web\nHostName web.example.com\nUser deploy\nPort 2222\n", "web",
        "deploy@web.example.com:2222");
    row("said beats written", "Host web\nHostName w.example.com\nUser deploy\nPort 2222\n",
        "ops@web:22", "ops@w.example.com");
    row("first counts", "Host web\nUser a\nHost *\nUser b\nPort 24\n", "web", "a@web:24");
    row("before any Host", "User a\nHost web\nUser b\n", "web", "a@web");
    row("negated", "Host * !web\nUser a\n", "web", "me@web");
    row("case", "HOST WEB\nuSeR a\n", "Web", "a@Web");
    row("equals", "Host=web\nUser=a\n", "web", "a@web");
    row("token", "Host web\nHostName %h.example.com\n", "web", "me@web.example.com");
    row("percent", "Host web\nHostName a%%b\n", "web", "me@a%b");
    row("key alias", "Host web\nHostKeyAlias cluster\n", "web", "me@web as cluster");
    row("jump", "Host web\nProxyJump jump\nHost jump\nHostName j.example.com\nUser hop\n", "web",
        "me@web via hop@j.example.com");
    row("two jumps", "Host web\nProxyJump a,ops@b:24\n", "web", "me@web via me@a via ops@b:24");
    row("jump of a jump", "Host web\nProxyJump a\nHost a\nProxyJump b\n", "web",
        "me@web via me@b via me@a");
    row("the second jump is reached from the first",
        "Host web\nProxyJump a,b\nHost b\nProxyJump c\n", "web", "me@web via me@a via me@b");
    row("no jump", "Host web\nProxyJump none\nHost *\nProxyJump a\n", "web", "me@web");
    row("match all", "Match all\nUser a\n", "web", "a@web");
    row("match host", "Host web\nHostName w.example.com\nMatch host *.example.com\nUser a\n", "web",
        "a@w.example.com");
    row("match original host", "Host web\nHostName w.example.com\nMatch originalhost web\nUser a\n",
        "web", "a@w.example.com");
    row("match user", "Match user deploy\nPort 24\n", "deploy@web", "deploy@web:24");
    row("match another user", "Match user deploy\nPort 24\n", "web", "me@web");
    row("match local user", "Match localuser me host web,db\nPort 24\n", "web", "me@web:24");
    row("match not", "Match !host web\nPort 24\n", "web", "me@web");
    row("match exec never runs", "Match exec \"touch /tmp/pwned\"\nPort 24\n", "web", "me@web");
    row("match nothing", "Match\nPort 24\n", "web", "me@web");
}

void TestSshConfig::resolvesAddresses() {
    QFETCH(QByteArray, config);
    QFETCH(QString, destination);
    QFETCH(QString, settings);
    QCOMPARE(shown(resolved(config, destination)), settings);
}

void TestSshConfig::resolvesFiles() {
    const HostSettings usual = resolved({}, QStringLiteral("web"));
    QCOMPARE(usual.identityFiles, QStringList({home + QStringLiteral("/.ssh/id_ed25519"),
                                               home + QStringLiteral("/.ssh/id_ecdsa"),
                                               home + QStringLiteral("/.ssh/id_rsa")}));
    QCOMPARE(usual.knownHostsFiles.first(), home + QStringLiteral("/.ssh/known_hosts"));
    QVERIFY(usual.knownHostsFiles.contains(QStringLiteral("/etc/ssh/ssh_known_hosts")));
    QCOMPARE(usual.agentSocket, QStringLiteral("/run/agent"));
    QVERIFY(!usual.identitiesOnly);

    const HostSettings named = resolved("Host web\nHostName w.example.com\nUser deploy\nPort 24\n"
                                        "IdentityFile %d/keys/%n-%h-%p-%r-%u-%L-%%\n"
                                        "IdentityFile ~/${TEAM}\nIdentityFile key\n"
                                        "IdentityFile %Z\nIdentityFile ~/${TEAM}\n"
                                        "CertificateFile /etc/cert.pub\nIdentitiesOnly yes\n"
                                        "IdentityAgent none\nUserKnownHostsFile /a /b\n"
                                        "GlobalKnownHostsFile none\n",
                                        QStringLiteral("web"));
    QCOMPARE(named.identityFiles,
             QStringList({home + QStringLiteral("/keys/web-w.example.com-24-deploy-me-desk-%"),
                          home + QStringLiteral("/red"), home + QStringLiteral("/.ssh/key")}));
    QCOMPARE(named.certificateFiles, QStringList{QStringLiteral("/etc/cert.pub")});
    QCOMPARE(named.knownHostsFiles, QStringList({QStringLiteral("/a"), QStringLiteral("/b")}));
    QVERIFY(named.identitiesOnly);
    QCOMPARE(named.agentSocket, QString());
    QCOMPARE(keywordsOf(named.notes, Weight::Ignored),
             QStringList{QStringLiteral("IdentityFile:5")});
    QCOMPARE(resolved("IdentityAgent ~/agent", QStringLiteral("web")).agentSocket,
             home + QStringLiteral("/agent"));
    QCOMPARE(resolved("IdentityAgent $TEAM", QStringLiteral("web")).agentSocket,
             QStringLiteral("red"));
    QVERIFY(resolved("IdentityFile none", QStringLiteral("web")).identityFiles.isEmpty());
}

void TestSshConfig::resolvesTheRest() {
    const HostSettings usual = resolved({}, QStringLiteral("web"));
    QCOMPARE(usual.keepAliveInterval, 15'000ms);
    QCOMPARE(usual.keepAliveMisses, 3);
    QVERIFY(usual.notes.isEmpty());
    const HostSettings said = resolved(
        "ServerAliveInterval 5\nServerAliveCountMax 7\nConnectTimeout 1m\n", QStringLiteral("web"));
    QCOMPARE(said.keepAliveInterval, 5'000ms);
    QCOMPARE(said.keepAliveMisses, 7);
    QCOMPARE(said.connectTimeout, 60'000ms);
    QCOMPARE(said.name, QStringLiteral("web-1"));
    // A zero would leave a dead line unnoticed.
    QCOMPARE(resolved("ServerAliveInterval 0\n", QStringLiteral("web")).keepAliveInterval,
             15'000ms);
    QVERIFY(!resolveHost(QStringLiteral("web-1"), QStringLiteral("-oX"), withFiles({})));
}

void TestSshConfig::includesFiles() {
    const QString ssh = home + QStringLiteral("/.ssh/");
    const SshSurroundings given = withFiles({
        {ssh + QStringLiteral("config"), "Host web\nInclude conf.d/*.conf\nInclude ~/more\n"
                                         "Host other\nInclude never\n"},
        {ssh + QStringLiteral("conf.d/10.conf"), "User a\nHost db\nPort 24\n"},
        {ssh + QStringLiteral("conf.d/20.conf"), "User b\nHostName w.example.com\n"},
        {home + QStringLiteral("/more"), "Include ~/more\nPort 26\n"},
        {ssh + QStringLiteral("never"), "Port 28\n"},
        {QStringLiteral("/etc/ssh/ssh_config"), "Include ssh_config.d/*.conf\nUser c\n"},
        {QStringLiteral("/etc/ssh/ssh_config.d/10.conf"), "HostKeyAlias cluster\n"},
    });
    const auto settings = resolveHost(QStringLiteral("w"), QStringLiteral("web"), given);
    QVERIFY(settings);
    QCOMPARE(shown(*settings), QStringLiteral("a@w.example.com:26 as cluster"));
}

void TestSshConfig::saysWhatItDoesNotHonour() {
    const HostSettings settings =
        resolved("Host web\nControlMaster auto\nCiphers aes256-ctr\nHost db\nForwardAgent yes\n"
                 "Host *\nStrictHostKeyChecking no\nFrobnicate 1\nMatch exec \"true\"\nPort 2\n"
                 "Host *\nConnectTimeout soon\n",
                 QStringLiteral("web"));
    QCOMPARE(keywordsOf(settings.notes, Weight::Ignored),
             QStringList({QStringLiteral("ControlMaster:2"), QStringLiteral("Ciphers:3"),
                          QStringLiteral("Frobnicate:8"), QStringLiteral("Match:9"),
                          QStringLiteral("ConnectTimeout:12"),
                          QStringLiteral("StrictHostKeyChecking:7")}));
    QCOMPARE(settings.notes.first().file, home + QStringLiteral("/.ssh/config"));
    QVERIFY(keywordsOf(settings.notes, Weight::Blocks).isEmpty());
    const QByteArray usual = "SendEnv LANG LC_*\nHashKnownHosts yes\nGSSAPIAuthentication yes\n";
    const auto byDebian = resolveHost(
        QStringLiteral("w"), QStringLiteral("web"),
        withFiles({{QStringLiteral("/etc/ssh/ssh_config"), "Host *\n" + usual + "Ciphers x\n"}}));
    QVERIFY(byDebian);
    QCOMPARE(keywordsOf(byDebian->notes, Weight::Ignored),
             QStringList{QStringLiteral("Ciphers:5")});
    const HostSettings chosen = resolved(usual, QStringLiteral("web"));
    QCOMPARE(keywordsOf(chosen.notes, Weight::Ignored).size(), 3);
}

void TestSshConfig::blocksWhatWouldGoWrong_data() {
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QString>("note");
    QTest::newRow("proxy command")
        << QByteArray("ProxyCommand nc %h %p") << QStringLiteral("ProxyCommand:1");
    QTest::newRow("port") << QByteArray("Port many") << QStringLiteral("Port:1");
    QTest::newRow("port 0") << QByteArray("Port 0") << QStringLiteral("Port:1");
    QTest::newRow("name") << QByteArray("HostName %q") << QStringLiteral("HostName:1");
    QTest::newRow("no value") << QByteArray("HostName") << QStringLiteral("HostName:1");
    QTest::newRow("jump") << QByteArray("Host web\nProxyJump a,@") << QStringLiteral("ProxyJump:2");
    QTest::newRow("circle") << QByteArray("ProxyJump a") << QStringLiteral("ProxyJump:1");
    QTest::newRow("of a jump") << QByteArray("Host web\nProxyJump a\nHost a\nPort x")
                               << QStringLiteral("Port:4");
}

void TestSshConfig::blocksWhatWouldGoWrong() {
    QFETCH(QByteArray, config);
    QFETCH(QString, note);
    QCOMPARE(keywordsOf(resolved(config, QStringLiteral("web")).notes, Weight::Blocks),
             QStringList{note});
}

void TestSshConfig::jumpsInOrder() {
    const HostSettings settings =
        resolved("Host web\nProxyJump first,second\nProxyCommand nc\nHost first second\nUser hop\n"
                 "IdentityFile /keys/hop\n",
                 QStringLiteral("web"));
    QCOMPARE(settings.jumps.size(), 2);
    QCOMPARE(settings.jumps.first().name, QStringLiteral("first"));
    QCOMPARE(settings.jumps.first().identityFiles, QStringList{QStringLiteral("/keys/hop")});
    QCOMPARE(settings.jumps.last().user, QStringLiteral("hop"));
    QVERIFY(settings.notes.isEmpty());
}

void TestSshConfig::takesAnyBytes() {
    QByteArray bytes;
    quint32 state = 1;
    const QByteArray words("Host Match Include ProxyJump \"\n\n=%{}$\0 web,*?!# \t\r~/");
    for (int i = 0; i < 20'000; ++i) {
        state = state * 1664525 + 1013904223;
        bytes += (state >> 16) % 3 == 0 ? words.mid(qsizetype((state >> 20) % words.size()), 6)
                                        : QByteArray(1, char(state >> 24));
    }
    const HostSettings settings = resolved(bytes, QStringLiteral("web"));
    QVERIFY(!settings.hostName.isEmpty());
}

QTEST_GUILESS_MAIN(TestSshConfig)
#include "tst_sshconfig.moc"
