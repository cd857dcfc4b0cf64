// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log/servicelogs.h"

#include <QTest>

using app::LogSource;
using models::ServiceLog;

namespace {

models::Environment prod() {
    models::Environment environment;
    environment.name = u"prod"_qs;
    environment.hosts = {{u"web-1"_qs, u"deploy@web-1.example.com"_qs}, {u"web-2"_qs, u"web-2"_qs}};
    return environment;
}

} // namespace

class TestServiceLogs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void becomesASource_data() {
        QTest::addColumn<ServiceLog>("log");
        QTest::addColumn<LogSource>("source");
        QTest::addColumn<QString>("title");
        const auto row = [](const char* name, ServiceLog log, LogSource source,
                            const QString& title) {
            log.places = {u"web-2"_qs};
            source.host = prod().hosts[1];
            QTest::newRow(name) << log << source << title;
        };
        ServiceLog log;
        LogSource source;
        log.container = source.container = u"portal"_qs;
        row("container", log, source, u"portal"_qs);
        log.name = source.name = u"Front"_qs;
        row("by its name", log, source, u"Front"_qs);
        log = {};
        source = {};
        log.kind = ServiceLog::Kind::Compose;
        source.kind = LogSource::Kind::Compose;
        log.project = source.project = u"shop"_qs;
        log.service = source.service = u"web"_qs;
        row("compose", log, source, u"shop/web"_qs);
        log = {};
        source = {};
        log.kind = ServiceLog::Kind::Command;
        source.kind = LogSource::Kind::Command;
        log.command = source.command = u"fly logs -a proxy"_qs;
        row("command", log, source, u"fly logs -a proxy"_qs);
        log = {};
        source = {};
        log.kind = ServiceLog::Kind::File;
        source.kind = LogSource::Kind::File;
        log.path = source.path = u"/var/log/portal.log"_qs;
        row("file", log, source, u"/var/log/portal.log"_qs);
        log = {};
        source = {};
        log.kind = ServiceLog::Kind::Journal;
        source.kind = LogSource::Kind::Journal;
        log.unit = source.unit = u"portal.service"_qs;
        row("journal", log, source, u"portal.service"_qs);
    }

    void becomesASource() {
        QFETCH(ServiceLog, log);
        QFETCH(LogSource, source);
        QFETCH(QString, title);
        const QList<LogSource> sources = app::logSources(prod(), log);
        QCOMPARE(sources.size(), 1);
        QVERIFY(sources[0] == source);
        QCOMPARE(sources[0].title(), title);
    }

    void aCommandIsFilledIn() {
        models::Environment environment = prod();
        environment.variables = {{u"app"_qs, u"my proxy"_qs}, {u"REGION"_qs, u"fra"_qs}};
        ServiceLog log;
        log.kind = ServiceLog::Kind::Command;
        log.places = {u"local"_qs};
        log.command = u"fly logs -a <app> -r $REGION"_qs;
        LogSource source = app::logSources(environment, log).first();
        QCOMPARE(source.command, u"fly logs -a 'my proxy' -r $REGION"_qs);
        QCOMPARE(source.variables, environment.variables);
        QVERIFY(source.problem.isEmpty());
        log.command = u"fly logs -a <other>"_qs;
        source = app::logSources(environment, log).first();
        QVERIFY2(source.problem.contains(u"other"), qPrintable(source.problem));
    }

    void isThereOnceAtEachPlace() {
        ServiceLog log;
        log.container = u"portal"_qs;
        log.places = {u"web-1"_qs, u"web-3"_qs, u"local"_qs};
        const QList<LogSource> sources = app::logSources(prod(), log);
        QCOMPARE(sources.size(), 2); // there is no web-3
        QCOMPARE(sources[0].host.name, u"web-1"_qs);
        QCOMPARE(sources[1].host, app::thisMachine());
        QVERIFY(sources[1].host.ssh.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestServiceLogs)
#include "tst_servicelogs.moc"
