// SPDX-License-Identifier: GPL-3.0-or-later
// Public runbooks as evidence: what a GitHub-flavoured parser counts in each, and what a person
// said about every line of twelve of them.
#include "linelabels.h"
#include "models/runbook/runbookparser.h"
#include "tests/support/temporaryhome.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTest>

namespace tests {

namespace {

/// Of a hundred labelled lines, how many the parser must see as a person does. Only ever raised.
constexpr double requiredAgreement = 95;

/// Documents whose counts differ on purpose, with the reason. At most four.
const QMap<QString, QString>& countExceptions() {
    static const QMap<QString, QString> exceptions;
    return exceptions;
}

QByteArray contents(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString corpusDir() {
    return sharedDir().isEmpty() ? QString() : sharedDir() + QStringLiteral("/corpus/");
}

QString labelsDir() {
    return sourceDir() + QStringLiteral("/tests/models/runbook/labels/");
}

QStringList labelFiles() {
    return QDir(labelsDir()).entryList({QStringLiteral("*.tsv")}, QDir::Files, QDir::Name);
}

struct Agreement {
    int agreed = 0;
    int labelled = 0;

    [[nodiscard]] double percent() const { return labelled == 0 ? 0 : 100.0 * agreed / labelled; }
};

/// Compares line by line, and names each line that differs.
Agreement compare(const LabelledDocument& document, const models::Runbook& runbook) {
    Agreement agreement;
    const LineLabels parsed(runbook);
    for (auto it = document.labels.cbegin(); it != document.labels.cend(); ++it) {
        ++agreement.labelled;
        if (parsed.at(it.key()) == it.value()) {
            ++agreement.agreed;
        } else {
            qInfo("%s:%d: %s, parsed as %s", qPrintable(document.file), it.key(),
                  qPrintable(labelName(it.value())), qPrintable(labelName(parsed.at(it.key()))));
        }
    }
    qInfo("%s: %d of %d lines agree (%.1f %%)", qPrintable(document.file), agreement.agreed,
          agreement.labelled, agreement.percent());
    return agreement;
}

} // namespace

class CorpusTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void countsEqualGitHub_data();
    void countsEqualGitHub();
    void exceptionsAreFewAndReal();
    void referenceAndHistoryNeverRun_data();
    void referenceAndHistoryNeverRun();
    void labelsAreWhole();
    void linesAgreeWithLabels();
    void referenceLinesAreNoCommands();

private:
    void addCorpusRows();
};

void CorpusTest::initTestCase() {
    if (corpusDir().isEmpty() || !QFile::exists(corpusDir() + QStringLiteral("EXPECTED.tsv"))) {
        QSKIP("tst_corpus: the folder of public runbooks is absent");
    }
}

void CorpusTest::addCorpusRows() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QMap<QString, int>>("expected");
    const QList<QByteArray> rows =
        contents(corpusDir() + QStringLiteral("EXPECTED.tsv")).trimmed().split('\n');
    const QList<QByteArray> head = rows.value(0).split('\t');
    for (const QByteArray& row : rows.mid(1)) {
        const QList<QByteArray> cells = row.split('\t');
        QMap<QString, int> expected;
        for (qsizetype column = 1; column < cells.size(); ++column) {
            expected.insert(QString::fromLatin1(head.value(column)), cells[column].toInt());
        }
        QTest::newRow(cells[0].constData()) << QString::fromUtf8(cells[0]) << expected;
    }
}

void CorpusTest::countsEqualGitHub_data() {
    addCorpusRows();
}

void CorpusTest::countsEqualGitHub() {
    QFETCH(const QString, file);
    using Expected = QMap<QString, int>;
    QFETCH(const Expected, expected);
    if (countExceptions().contains(file)) {
        QSKIP(qPrintable(QStringLiteral("%1: %2").arg(file, countExceptions().value(file))));
    }
    const QByteArray bytes = contents(corpusDir() + file);
    QVERIFY(!bytes.isEmpty());
    const models::Counts counts = models::parseRunbook(bytes).counts;
    QCOMPARE(counts.sections, expected.value(QStringLiteral("headings")));
    QCOMPARE(counts.taskItems, expected.value(QStringLiteral("task_items")));
    QCOMPARE(counts.taskItemsNested, expected.value(QStringLiteral("task_items_nested")));
    QCOMPARE(counts.taskItemsChecked, expected.value(QStringLiteral("task_items_checked")));
    QCOMPARE(counts.shellBlocks, expected.value(QStringLiteral("shell_blocks")));
}

void CorpusTest::exceptionsAreFewAndReal() {
    QVERIFY(countExceptions().size() <= 4);
    for (auto it = countExceptions().cbegin(); it != countExceptions().cend(); ++it) {
        QVERIFY2(QFile::exists(corpusDir() + it.key()), qPrintable(it.key()));
        QVERIFY2(!it.value().isEmpty(), qPrintable(it.key()));
    }
}

void CorpusTest::referenceAndHistoryNeverRun_data() {
    addCorpusRows();
}

void CorpusTest::referenceAndHistoryNeverRun() {
    QFETCH(const QString, file);
    const models::Runbook runbook = models::parseRunbook(contents(corpusDir() + file));
    const bool never = runbook.kind == models::DocumentKind::History ||
                       runbook.kind == models::DocumentKind::Reference;
    for (const models::Step& step : runbook.steps) {
        const bool quiet = never || (step.section >= 0 && runbook.sections.at(step.section).lane ==
                                                              models::Lane::Reference);
        QVERIFY2(!quiet || step.lane == models::Lane::Reference || step.commands.isEmpty(),
                 qPrintable(QStringLiteral("line %1: %2").arg(step.range.first).arg(step.title)));
    }
}

void CorpusTest::labelsAreWhole() {
    QCOMPARE(labelFiles().size(), 12);
    for (const QString& name : labelFiles()) {
        const LabelledDocument document = readLabels(labelsDir() + name);
        QVERIFY2(!document.labels.isEmpty(), qPrintable(name));
        const QByteArray bytes = contents(corpusDir() + document.file);
        QCOMPARE(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex(),
                 document.sha256);
        QVERIFY2(document.labels.firstKey() > 0, qPrintable(name));
        QVERIFY2(document.labels.lastKey() <= bytes.count('\n') + 1, qPrintable(name));
    }
}

void CorpusTest::linesAgreeWithLabels() {
    Agreement whole;
    for (const QString& name : labelFiles()) {
        const LabelledDocument document = readLabels(labelsDir() + name);
        const Agreement one =
            compare(document, models::parseRunbook(contents(corpusDir() + document.file)));
        whole.agreed += one.agreed;
        whole.labelled += one.labelled;
    }
    qInfo("%d of %d lines agree (%.1f %%)", whole.agreed, whole.labelled, whole.percent());
    QVERIFY(whole.labelled > 0);
    QVERIFY2(whole.percent() >= requiredAgreement, qPrintable(QString::number(whole.percent())));
}

void CorpusTest::referenceLinesAreNoCommands() {
    QStringList runnable;
    for (const QString& name : labelFiles()) {
        const LabelledDocument document = readLabels(labelsDir() + name);
        const models::Runbook runbook = models::parseRunbook(contents(corpusDir() + document.file));
        const LineLabels parsed(runbook);
        for (auto it = document.labels.cbegin(); it != document.labels.cend(); ++it) {
            if (it.value() == LineLabel::Reference && parsed.at(it.key()) == LineLabel::Command) {
                runnable.append(QStringLiteral("%1:%2").arg(document.file).arg(it.key()));
            }
        }
    }
    QVERIFY2(runnable.isEmpty(), qPrintable(runnable.join(QLatin1Char(' '))));
}

} // namespace tests

QTEST_GUILESS_MAIN(tests::CorpusTest)
#include "tst_corpus.moc"
