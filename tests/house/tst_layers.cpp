// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/house/layers.h"
#include "tests/support/temporaryhome.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTest>

using tests::crossing;
using tests::Include;
using tests::includesOf;

class TestLayers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsACrossing_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("include");
        QTest::addColumn<bool>("allowed");
        const auto row = [](const char* file, const char* include, bool allowed) {
            QTest::addRow("%s <- %s", file, include)
                << QString::fromUtf8(file) << QString::fromUtf8(include) << allowed;
        };
        row("models/run/plan.h", "\"models/runbook/runbook.h\"", true);
        row("models/run/plan.h", "\"app/run/place.h\"", false);
        row("models/run/plan.h", "\"ui/theme/theme.h\"", false);
        row("models/run/plan.h", "<QString>", true);
        row("models/run/plan.h", "<QtCore/QString>", true);
        row("models/run/plan.h", "<QColor>", false);
        row("models/run/plan.h", "<QtGui/QColor>", false);
        row("models/run/plan.h", "<QTcpSocket>", false);
        row("models/run/plan.h", "<QSqlDatabase>", false);
        row("models/run/plan.h", "<QFile>", false);
        row("models/run/plan.h", "<thread>", false);
        row("models/run/plan.h", "<chrono>", true);
        row("models/environment/yaml.cpp", "<yaml-cpp/parser.h>", true);
        row("models/run/plan.h", "\"plan.h\"", false);
        row("app/run/runservice.cpp", "\"models/run/plan.h\"", true);
        row("app/run/runservice.cpp", "\"app/run/place.h\"", true);
        row("app/run/runservice.cpp", "\"app/diagnostics/logging.h\"", true);
        row("app/environment/workspacefile.cpp", "\"app/runbook/runbookservice.h\"", true);
        row("app/run/runservice.cpp", "\"app/process/localplace.h\"", false);
        row("app/run/runservice.cpp", "\"app/journal/sqlitejournal.h\"", false);
        row("app/run/runservice.cpp", "\"ui/theme/theme.h\"", false);
        row("app/run/runservice.cpp", "\"app/commandline.h\"", false);
        row("app/run/runservice.cpp", "<QWidget>", false);
        row("app/run/runservice.cpp", "<QtWidgets>", false);
        row("app/run/runservice.cpp", "<QTimer>", true);
        row("app/process/localplace.h", "\"app/run/place.h\"", true);
        row("app/process/localplace.h", "\"app/run/runservice.h\"", false);
        row("app/process/localplace.h", "\"app/journal/sqlitejournal.h\"", false);
        row("app/ssh/hostplace.h", "\"app/process/supervisedplace.h\"", true);
        row("app/ssh/hostplace.h", "\"app/process/localplace.h\"", false);
        row("app/secret/keychainstore.h", "\"app/process/channel.h\"", false);
        row("app/process/localplace.h", "\"app/ssh/hostplace.h\"", false);
        row("app/container/socketfeed.h", "\"app/process/channel.h\"", true);
        row("app/container/socketfeed.h", "\"app/log/logorigin.h\"", true);
        row("app/container/socketfeed.h", "\"app/log/logstream.h\"", false);
        row("app/container/socketfeed.h", "\"app/ssh/hostreach.h\"", false);
        row("app/log/logengine.h", "\"app/container/placeorigins.h\"", false);
        row("app/journal/sqlitejournal.h", "\"app/run/journalstore.h\"", true);
        row("app/journal/sqlitejournal.h", "\"app/runbook/runbookservice.h\"", false);
        row("app/diagnostics/logging.cpp", "\"models/core/result.h\"", true);
        row("app/diagnostics/logging.cpp", "\"app/run/place.h\"", false);
        row("app/commandline.cpp", "\"app/process/localplace.h\"", true);
        row("app/commandline.cpp", "\"ui/shell/mainwindow.h\"", true);
        row("app/main.cpp", "<QApplication>", true);
        row("ui/run/runpage.cpp", "\"models/run/plan.h\"", true);
        row("ui/run/runpage.cpp", "\"app/run/runservice.h\"", true);
        row("ui/run/runpage.cpp", "\"ui/widgets/button.h\"", true);
        row("ui/run/runpage.cpp", "\"ui/theme/theme.h\"", true);
        row("ui/run/runpage.cpp", "<QWidget>", true);
        row("ui/run/runpage.cpp", "\"app/process/localplace.h\"", false);
        row("ui/run/runpage.cpp", "\"app/secret/keychainstore.h\"", false);
        row("ui/run/runpage.cpp", "\"app/main.h\"", false);
        row("ui/run/runpage.cpp", "\"ui/shell/mainwindow.h\"", false);
        row("ui/run/runpage.cpp", "\"ui/environment/page.h\"", false);
        row("ui/shell/mainwindow.cpp", "\"ui/run/runpage.h\"", true);
        row("ui/shell/mainwindow.cpp", "\"app/journal/sqlitejournal.h\"", false);
        row("ui/widgets/button.cpp", "\"ui/theme/theme.h\"", true);
        row("ui/widgets/button.cpp", "\"ui/run/runpage.h\"", false);
        row("ui/widgets/button.cpp", "\"app/run/runservice.h\"", false);
        row("ui/theme/theme.cpp", "\"ui/widgets/button.h\"", false);
        row("ui/run/runpage.cpp", "\"tests/support/temporaryhome.h\"", false);
    }

    void knowsACrossing() {
        QFETCH(QString, file);
        QFETCH(QString, include);
        QFETCH(bool, allowed);
        const QList<Include> includes = includesOf(QStringLiteral("#include ") + include);
        QCOMPARE(includes.size(), 1);
        const QString why = crossing(file, includes[0]);
        QVERIFY2(why.isEmpty() == allowed, qPrintable(why));
    }

    void readsIncludes() {
        const QList<Include> includes = includesOf(
            QStringLiteral("// #include \"a.h\"\n  #  include <b>\n/*\n#include \"c.h\"\n*/\n"
                           "#include \"d/e.h\" // why\nint include;\n"));
        QCOMPARE(includes.size(), 2);
        QCOMPARE(includes[0].path, QStringLiteral("b"));
        QVERIFY(includes[0].isSystem);
        QCOMPARE(includes[1].path, QStringLiteral("d/e.h"));
    }

    void nothingCrosses() {
        QStringList crossings;
        int files = 0;
        const QDir root(tests::sourceDir());
        for (const QString& layer :
             {QStringLiteral("models"), QStringLiteral("app"), QStringLiteral("ui")}) {
            QDirIterator sources(root.filePath(layer),
                                 {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
                                 QDirIterator::Subdirectories);
            while (sources.hasNext()) {
                QFile file(sources.next());
                QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
                ++files;
                const QString name = root.relativeFilePath(file.fileName());
                for (const Include& include : includesOf(QString::fromUtf8(file.readAll()))) {
                    const QString why = crossing(name, include);
                    if (!why.isEmpty())
                        crossings.append(QStringLiteral("%1:%2 includes %3: %4")
                                             .arg(name)
                                             .arg(include.line)
                                             .arg(include.path, why));
                }
            }
        }
        QVERIFY2(files > 50, "the sources were not found: set GANTRY_SOURCE_DIR");
        QVERIFY2(crossings.isEmpty(), qPrintable(crossings.join(QLatin1Char('\n'))));
    }
};

QTEST_GUILESS_MAIN(TestLayers)
#include "tst_layers.moc"
