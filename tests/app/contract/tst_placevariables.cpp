// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/contract/placevariables.h"
#include "app/process/localplace.h"
#include "app/run/enginethread.h"
#include "models/contract/isolation.h"
#include "tests/support/temporaryhome.h"

#include <QFile>
#include <QMessageAuthenticationCode>
#include <QTemporaryDir>
#include <QTest>

using app::PlaceVariables;
using models::ContractRule;
using models::VariableSource;
using models::Verdict;
using Kind = models::VariableSource::Kind;

namespace {

constexpr int patience = 60'000;
const QByteArray value = "s3cret value of the portal";

} // namespace

class TestPlaceVariables : public QObject {
    Q_OBJECT

    QByteArray ask(const QStringList& arguments, const QByteArray& input = {},
                   const models::Host& host = {}) {
        std::optional<QByteArray> answer;
        m_checker->check(host, models::AskedBy::Person, arguments, input,
                         [&answer](const models::Result<QByteArray>& out) {
                             answer = out ? *out : "failed: " + out.error().message.toUtf8();
                         });
        [&] { QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), patience); }();
        return answer.value_or(QByteArray());
    }
    QString write(const char* name, const QByteArray& text) {
        QFile file(m_folder.filePath(QLatin1String(name)));
        [&] { QVERIFY(file.open(QFile::WriteOnly)); }();
        file.write(text);
        file.close();
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return file.fileName();
    }
    VariableSource file(const QByteArray& text) {
        return {Kind::File, write(".env", text), {}, {}};
    }

private Q_SLOTS:
    void init() {
        m_checker = std::make_unique<PlaceVariables>(
            m_engine, [](const models::Host& host, models::AskedBy) -> std::unique_ptr<app::Place> {
                return host.ssh.isEmpty() ? std::make_unique<app::LocalPlace>() : nullptr;
            });
    }
    void cleanup() { m_checker.reset(); }

    void rulesAreDecidedAtThePlace_data() {
        QTest::addColumn<ContractRule>("rule");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<Verdict>("verdict");
        const auto row = [](const char* name, const ContractRule& rule, const char* text,
                            Verdict verdict) {
            QTest::newRow(name) << rule << QByteArray(text) << verdict;
        };
        const QString key = QStringLiteral("KEY");
        const ContractRule required{key, true};
        row("set", required, "KEY=x\n", Verdict::Pass);
        row("the last counts", required, "KEY=x\nKEY=\n", Verdict::Fail);
        row("another one", required, "MY_KEY=x\nKEYS=x\n#KEY=x\n", Verdict::Fail);
        row("exported and quoted", {key, true, 4}, "export KEY=\"1234\"\r\n", Verdict::Pass);
        row("quotes are no letters", {key, true, 5}, "KEY='1234'\n", Verdict::Fail);
        const ContractRule fresh{key, true, 0, {QStringLiteral("change-me"), QStringLiteral("(")}};
        row("a default", fresh, "KEY=change-me\n", Verdict::Fail);
        row("another default", fresh, "KEY=(\n", Verdict::Fail);
        row("no default", fresh, "KEY=changed\n", Verdict::Pass);
        const ContractRule url{key, true, 0, {}, QStringLiteral("postgresql\\+asyncpg://.+")};
        row("a pattern", url, "KEY=postgresql+asyncpg://db.example.com/x\n", Verdict::Pass);
        row("of the whole", url, "KEY=xpostgresql+asyncpg://db.example.com/x\n", Verdict::Fail);
        const ContractRule level{key, true, 0,
                                 {},  {},   {QStringLiteral("info"), QStringLiteral("warn")}};
        row("one of", level, "KEY=warn\n", Verdict::Pass);
        row("a part of one", level, "KEY=war\n", Verdict::Fail);
        ContractRule https{key, true};
        https.isHttps = true;
        row("https", https, "KEY=https://portal.example.com\n", Verdict::Pass);
        row("http", https, "KEY=http://portal.example.com\n", Verdict::Fail);
        ContractRule same{key, true};
        same.sameAs = QStringLiteral("OTHER");
        row("the same", same, "KEY=a=b\nOTHER=a=b\n", Verdict::Pass);
        row("not the same", same, "KEY=a\nOTHER=b\n", Verdict::Fail);
        row("no other", same, "KEY=a\n", Verdict::Fail);
        // What looks like a command is a value.
        row("a command", {key, true, 9}, "KEY=$(exit 9)`\n", Verdict::Pass);
    }

    void rulesAreDecidedAtThePlace() {
        QFETCH(ContractRule, rule);
        QFETCH(QByteArray, text);
        const QByteArray answer = ask(models::checkArguments(file(text), {}, {rule}));
        const auto reading = models::readCheck({}, {rule}, answer, {1});
        QVERIFY2(!reading.variables.isEmpty(), answer.constData());
        QTEST(reading.variables[0].verdict, "verdict");
    }

    void valuesStayThere() {
        const ContractRule rule{
            QStringLiteral("KEY"), true, 100, {QStringLiteral("x")}, QStringLiteral("[0-9]+"),
            {QStringLiteral("y")}};
        const VariableSource source = file("KEY=" + value + "\n");
        const QByteArray checked = ask(models::checkArguments(source, {}, {rule}));
        const QByteArray compared =
            ask(models::compareArguments(source, {}, {QStringLiteral("KEY")}), QByteArray(64, '7'));
        for (const QByteArray& part : value.split(' '))
            QVERIFY(part.size() < 3 || !(checked + compared).contains(part));
    }

    void comparesByHmac() {
        const QByteArray salt = QByteArray(32, '\x5a').toHex();
        const QByteArray answer =
            ask(models::compareArguments(
                    file("KEY=" + value + "\nEMPTY=\n"), {},
                    {QStringLiteral("KEY"), QStringLiteral("EMPTY"), QStringLiteral("GONE")}),
                salt);
        const QByteArray wanted = QMessageAuthenticationCode::hash(value, QByteArray::fromHex(salt),
                                                                   QCryptographicHash::Sha256)
                                      .toHex();
        QCOMPARE(answer, "1 " + wanted + "\n2 absent\n3 absent\nend\n");
        const QByteArray unsalted =
            ask(models::compareArguments(file("KEY=" + value + '\n'), {}, {QStringLiteral("KEY")}));
        QCOMPARE(unsalted, "problem The salt of the comparison did not come.\nend\n");
    }

    void aContainerIsAsked() {
        models::Host host;
        host.cli = write("runtime",
                         "#!/bin/sh\ncase \"$*\" in\n*gone*) echo 'No such container: gone' >&2; "
                         "exit 1 ;;\n*Config.Env*) printf 'A=1\\nB=2\\000KEY=x\\000' ;;\n"
                         "*) echo id ;;\nesac\n");
        VariableSource source;
        source.container.name = QStringLiteral("portal");
        const QList<ContractRule> rules{{QStringLiteral("KEY"), true}, {QStringLiteral("B"), true}};
        // A line within a value is no variable.
        auto reading =
            models::readCheck({}, rules, ask(models::checkArguments(source, host, rules)), {1});
        QCOMPARE(reading.variables[0].verdict, Verdict::Pass);
        QCOMPARE(reading.variables[1].verdict, Verdict::Fail);
        source.container.name = QStringLiteral("gone");
        reading =
            models::readCheck({}, rules, ask(models::checkArguments(source, host, rules)), {1});
        QCOMPARE(reading.variables[0].verdict, Verdict::Unknown);
        QVERIFY2(reading.problem.contains(QStringLiteral("No such container")),
                 qPrintable(reading.problem));
        host.cli = QStringLiteral("no-such-runtime");
        reading =
            models::readCheck({}, rules, ask(models::checkArguments(source, host, rules)), {1});
        QVERIFY2(reading.problem.contains(QStringLiteral("not installed")),
                 qPrintable(reading.problem));
    }

    void aProcessIsLookedAt() {
        const VariableSource source{
            Kind::PidFile,
            write("pid", QByteArray::number(QCoreApplication::applicationPid()) + "\n"),
            {},
            {}};
        const QList<ContractRule> rules{{QStringLiteral("PATH"), true}};
        const auto reading =
            models::readCheck({}, rules, ask(models::checkArguments(source, {}, rules)), {1});
        QVERIFY2(reading.problem.isEmpty(), qPrintable(reading.problem));
        QCOMPARE(reading.variables[0].verdict, Verdict::Pass);
    }

    void whatCannotBeReadIsUnknown_data() {
        QTest::addColumn<VariableSource>("source");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, Kind kind, const char* target, const char* says) {
            QTest::newRow(name) << VariableSource{kind, QString::fromUtf8(target), {}, {}}
                                << QString::fromUtf8(says);
        };
        row("no file", Kind::File, "/nowhere/.env", "no file");
        row("no process", Kind::Process, "no-such-process", "no process");
        row("no process id", Kind::PidFile, "/nowhere/pid", "no process");
        row("a command that fails", Kind::Command, "echo KEY=x; exit 4", "status 4");
    }

    void whatCannotBeReadIsUnknown() {
        QFETCH(VariableSource, source);
        QFETCH(QString, says);
        const QList<ContractRule> rules{{QStringLiteral("KEY"), true}};
        const auto reading =
            models::readCheck({}, rules, ask(models::checkArguments(source, {}, rules)), {1});
        QCOMPARE(reading.variables[0].verdict, Verdict::Unknown);
        QVERIFY2(reading.problem.contains(says), qPrintable(reading.problem));
    }

    void aCommandPrintsThem() {
        const VariableSource source{
            Kind::Command, QStringLiteral("echo KEY=x; echo out >&2"), {}, {}};
        const QList<ContractRule> rules{{QStringLiteral("KEY"), true}};
        QCOMPARE(models::readCheck({}, rules, ask(models::checkArguments(source, {}, rules)), {1})
                     .variables[0]
                     .verdict,
                 Verdict::Pass);
    }

    void aPlaceThatIsNotThereIsTold() {
        models::Host host;
        host.name = QStringLiteral("web-1");
        host.ssh = QStringLiteral("deploy@web-1.example.com");
        QVERIFY(ask({QStringLiteral("check")}, {}, host).contains("web-1"));
    }

private:
    const tests::TemporaryHome m_home;
    QTemporaryDir m_folder;
    std::shared_ptr<app::EngineThread> m_engine = std::make_shared<app::EngineThread>();
    std::unique_ptr<PlaceVariables> m_checker;
};

QTEST_GUILESS_MAIN(TestPlaceVariables)
#include "tst_placevariables.moc"
