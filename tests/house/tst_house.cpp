// SPDX-License-Identifier: GPL-3.0-or-later
// What holds for every file of the project, whatever it does.
#include "tests/support/temporaryhome.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

namespace {

constexpr int maximumLines = 600;

QString textOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// A colour said in numbers or by Qt's names, instead of by its role in the theme.
bool namesAColour(const QString& source) {
    static const QRegularExpression colour(QStringLiteral(
        "\"#[0-9A-Fa-f]{3,8}\"|QColor\\s*[({]\\s*[0-9\"]|QColorConstants|\\bqRgba?\\(|"
        "Qt::(?:dark|light)?(?:[Rr]ed|[Gg]reen|[Bb]lue|[Yy]ellow|[Cc]yan|[Mm]agenta|"
        "[Gg]ray|black|white)\\b"));
    return colour.match(source).hasMatch();
}

/// What is not to stay in the code.
bool holdsDebris(const QString& source) {
    static const QRegularExpression debris(
        QStringLiteral(
            "\\b(?:TODO|FIXME|HACK)\\b(?![.\\w])|\\bqDebug\\s*\\(|^(?:<<<<<<<|>>>>>>>) "),
        QRegularExpression::MultilineOption);
    return debris.match(source).hasMatch();
}

bool hasLicence(const QString& source) {
    const QString head = source.section(QLatin1Char('\n'), 0, 1);
    return head.contains(QStringLiteral("SPDX-License-Identifier: GPL-3.0-or-later"));
}

} // namespace

class TestHouse : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsAColour_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<bool>("isColour");
        const auto row = [](const char* source, bool isColour) {
            QTest::newRow(source) << QString::fromUtf8(source) << isColour;
        };
        row("QStringLiteral(\"#ff8800\")", true);
        row("QColor(255, 0, 0)", true);
        row("QColor{\"red\"}", true);
        row("Qt::red", true);
        row("Qt::darkGreen", true);
        row("qRgb(1, 2, 3)", true);
        row("theme.colour(Role::Danger)", false);
        row("QColor blend(QColor from)", false);
        row("\"# Heading\"", false);
        row("Qt::transparent", false);
    }

    void knowsAColour() {
        QFETCH(QString, source);
        QFETCH(bool, isColour);
        QCOMPARE(namesAColour(source), isColour);
    }

    void knowsDebris() {
        QVERIFY(holdsDebris(QStringLiteral("// TODO: later")));
        QVERIFY(holdsDebris(QStringLiteral("qDebug() << x;")));
        QVERIFY(holdsDebris(QStringLiteral("a\n<<<<<<< ours\n")));
        QVERIFY(!holdsDebris(QStringLiteral("QStringLiteral(\"TODO.md\")")));
        QVERIFY(!hasLicence(QStringLiteral("#pragma once\n")));
    }

    void everySourceNamesItsLicence() {
        const QStringList sources =
            files({"app", "models", "ui", "tests", "packaging", "resources"},
                  {"*.h", "*.cpp", "CMakeLists.txt", "*.cmake", "*.sh"}) +
            QStringList{at("CMakeLists.txt"), at("packaging/bootstrap"), at(".ci/run")};
        QVERIFY(sources.size() > 100);
        expectNone(sources, [](const QString& source) { return !hasLicence(source); });
    }

    void coloursAreTheThemes() {
        QStringList sources = files({"app", "models", "ui"}, {"*.h", "*.cpp"});
        const QString theme = at("ui/theme/");
        sources.removeIf([&theme](const QString& file) { return file.startsWith(theme); });
        expectNone(sources, &namesAColour);
    }

    void filesStayShort() {
        expectNone(files({"app", "models", "ui"}, {"*.h", "*.cpp"}), [](const QString& source) {
            return source.count(QLatin1Char('\n')) > maximumLines;
        });
    }

    void headersAreIncludedOnce() {
        expectNone(files({"app", "models", "ui", "tests"}, {"*.h"}), [](const QString& source) {
            return !source.contains(QStringLiteral("\n#pragma once\n"));
        });
    }

    void nothingIsLeftLying() {
        QStringList sources = files({"app", "models", "ui"}, {"*.h", "*.cpp"});
        expectNone(sources, &holdsDebris);
    }

    void documentsNameWhatIsThere_data() {
        QTest::addColumn<QString>("document");
        QTest::newRow("README") << at("README.md");
        QTest::newRow("CONTRIBUTING") << at("CONTRIBUTING.md");
    }

    void documentsNameWhatIsThere() {
        QFETCH(QString, document);
        const QString text = textOf(document);
        QVERIFY(!text.isEmpty());
        static const QRegularExpression link(QStringLiteral("\\]\\(([^)#:]+)\\)"));
        static const QRegularExpression bootstrap(QStringLiteral("packaging/bootstrap (\\w+)"));
        const QString usage = textOf(at("packaging/bootstrap"));
        QStringList missing;
        for (auto match = link.globalMatch(text); match.hasNext();) {
            const QString target = match.next().captured(1);
            if (!QFileInfo::exists(m_root.filePath(target)))
                missing.append(target);
        }
        int commands = 0;
        for (auto match = bootstrap.globalMatch(text); match.hasNext(); ++commands) {
            const QString command = match.next().captured(1);
            if (!usage.contains(QStringLiteral("\n%1) ").arg(command)))
                missing.append(QStringLiteral("bootstrap ") + command);
        }
        QVERIFY(commands > 0);
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QStringLiteral(", "))));
    }

    void theReadmeAndTheManualNameTheSameCommands() {
        static const QRegularExpression command(QStringLiteral("^gantry ([a-z][a-z-]*)"),
                                                QRegularExpression::MultilineOption);
        const QString manual = textOf(at("packaging/gantry.1"));
        QVERIFY(!manual.isEmpty());
        int commands = 0;
        for (auto match = command.globalMatch(textOf(at("README.md"))); match.hasNext();) {
            // A dash of a command is one to troff, too.
            const QString name = match.next().captured(1).replace(u'-', QStringLiteral("\\-"));
            ++commands;
            QVERIFY2(manual.contains(QStringLiteral(".B gantry %1\n").arg(name)) ||
                         manual.contains(QStringLiteral(".B gantry %1 ").arg(name)),
                     qPrintable(name));
        }
        QVERIFY(commands >= 5);
    }

    void scriptsCanBeStarted() {
        for (const char* script : {"packaging/bootstrap", ".ci/run"})
            QVERIFY2(QFileInfo(at(script)).isExecutable(), script);
    }

private:
    [[nodiscard]] QString at(const char* path) const {
        return m_root.filePath(QString::fromUtf8(path));
    }

    [[nodiscard]] QStringList files(const QList<const char*>& folders,
                                    const QList<const char*>& names) const {
        QStringList patterns;
        for (const char* name : names)
            patterns.append(QString::fromUtf8(name));
        QStringList found;
        for (const char* folder : folders) {
            QDirIterator all(at(folder), patterns, QDir::Files, QDirIterator::Subdirectories);
            while (all.hasNext())
                found.append(all.next());
        }
        return found;
    }

    template <class Predicate>
    void expectNone(const QStringList& paths, Predicate isBad) {
        QVERIFY2(!paths.isEmpty(), "the sources were not found: set GANTRY_SOURCE_DIR");
        QStringList bad;
        for (const QString& path : paths) {
            if (isBad(textOf(path)))
                bad.append(m_root.relativeFilePath(path));
        }
        QVERIFY2(bad.isEmpty(), qPrintable(bad.join(QStringLiteral(", "))));
    }

    const QDir m_root{tests::sourceDir()};
};

QTEST_GUILESS_MAIN(TestHouse)
#include "tst_house.moc"
