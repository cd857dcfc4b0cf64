// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/environment/runbookfinder.h"
#include "tests/support/filecontent.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using app::FinderLimits;
using app::findRunbooks;
using app::FoundRunbooks;
using tests::writeFile;

namespace {

QStringList words(const char* text) {
    return QString::fromUtf8(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

} // namespace

class TestRunbookFinder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        for (const QString& file : words("README.md notes.txt runbooks/b.md runbooks/a.MD "
                                         "runbooks/deep/c.md runbooks/deep/deeper/d.md "
                                         "runbooks/.hidden.md .git/e.md other/b.md"))
            writeFile(at(file), "# A document\n");
        writeFile(m_outside.filePath(QStringLiteral("secret.md")), "# A document\n");
        QVERIFY(QFile::link(m_outside.filePath(QStringLiteral("secret.md")),
                            at(QStringLiteral("links/file.md"))) == false); // no folder yet
        QVERIFY(QDir(m_root.path()).mkpath(QStringLiteral("links")));
        QVERIFY(QFile::link(m_outside.filePath(QStringLiteral("secret.md")),
                            at(QStringLiteral("links/file.md"))));
        QVERIFY(QFile::link(at(QStringLiteral("README.md")), at(QStringLiteral("links/in.md"))));
        QVERIFY(QFile::link(at(QStringLiteral("gone.md")), at(QStringLiteral("links/gone.md"))));
        QVERIFY(QFile::link(m_outside.path(), at(QStringLiteral("away"))));
        QVERIFY(QFile::link(m_root.path(), at(QStringLiteral("circle"))));
    }

    void finds_data() {
        QTest::addColumn<QString>("patterns");
        QTest::addColumn<QString>("files");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const char* patterns, const char* files,
                            const char* says = "") {
            QTest::newRow(name) << QString::fromUtf8(patterns) << QString::fromUtf8(files)
                                << QString::fromUtf8(says);
        };
        row("one folder", "runbooks/*.md", "runbooks/b.md");
        row("any case", "runbooks/*", "runbooks/a.MD runbooks/b.md");
        row("below a folder", "runbooks/**/*.md",
            "runbooks/b.md runbooks/deep/c.md runbooks/deep/deeper/d.md");
        row("folders by pattern", "*/b.md", "other/b.md runbooks/b.md", "leads out");
        row("one letter", "runbooks/?.md", "runbooks/b.md");
        row("one of some letters", "runbooks/[a-b].*", "runbooks/a.MD runbooks/b.md");
        row("by name", "README.md", "README.md");
        row("twice the same", "README.md *.md", "README.md");
        row("nothing", "nowhere/*.md", "", "No Markdown file matches");
        row("no Markdown", "notes.txt", "", "No Markdown file matches");
        row("hidden where named", ".git/*.md", ".git/e.md");
        row("above", "../*.md", "", "stays inside");
        row("above, half-way", "runbooks/../../*.md", "", "stays inside");
        row("absolute", "/etc/*.md", "", "stays inside");
        row("a file that leads out", "links/f*.md", "", "leads out");
        row("a file that leads in", "links/in.md", "links/in.md");
        row("a link to nothing", "links/gone.md", "", "not there");
        row("a folder that leads out", "away/*.md", "", "leads out");
    }

    void finds() {
        QFETCH(QString, patterns);
        QFETCH(QString, files);
        QFETCH(QString, says);
        const QStringList list = patterns.split(QLatin1Char(' '));
        const FoundRunbooks found = findRunbooks(m_root.path(), list, QList<int>(list.size(), 7));
        QCOMPARE(found.files, files.split(QLatin1Char(' '), Qt::SkipEmptyParts));
        QCOMPARE(found.diagnostics.isEmpty(), says.isEmpty());
        if (!says.isEmpty()) {
            QVERIFY2(found.diagnostics[0].message.contains(says),
                     qPrintable(found.diagnostics[0].message));
            QCOMPARE(found.diagnostics[0].line, 7);
        }
    }

    void endsInACircle() {
        const FoundRunbooks found = findRunbooks(m_root.path(), {QStringLiteral("**/*.md")}, {1});
        QVERIFY(found.files.contains(QStringLiteral("runbooks/deep/deeper/d.md")));
        for (const QString& file : found.files)
            QVERIFY2(!file.startsWith(QStringLiteral("circle/")), qPrintable(file));
    }

    void staysBelowItsBounds_data() {
        QTest::addColumn<int>("files");
        QTest::addColumn<int>("entries");
        QTest::newRow("files") << 2 << 1000;
        QTest::newRow("entries") << 1000 << 5;
    }

    void staysBelowItsBounds() {
        QFETCH(int, files);
        QFETCH(int, entries);
        const FoundRunbooks found = findRunbooks(m_root.path(), {QStringLiteral("**/*.md")}, {1},
                                                 FinderLimits{files, entries, 12});
        QVERIFY(found.files.size() <= qMin(files, entries));
        bool said = false;
        for (const models::Diagnostic& diagnostic : found.diagnostics)
            said = said || diagnostic.message.contains(QStringLiteral("too many files"));
        QVERIFY(said);
    }

    void saysNothingOfPatternsThatNobodyWrote() {
        QVERIFY(
            findRunbooks(m_root.path(), {QStringLiteral("none/*.md")}, {}).diagnostics.isEmpty());
    }

private:
    [[nodiscard]] QString at(const QString& relative) const { return m_root.filePath(relative); }

    QTemporaryDir m_root;
    QTemporaryDir m_outside;
};

QTEST_GUILESS_MAIN(TestRunbookFinder)
#include "tst_runbookfinder.moc"
