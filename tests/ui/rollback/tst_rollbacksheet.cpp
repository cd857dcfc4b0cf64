// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakejournal.h"
#include "tests/support/fakeplace.h"
#include "tests/support/memorysecretstore.h"
#include "tests/support/releaseplan.h"
#include "ui/rollback/rollbackitemrow.h"
#include "ui/rollback/rollbacksheet.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <optional>

using models::RunId;
using models::StepId;
using ui::RollbackSheet;

namespace {

constexpr int patience = 10'000;

} // namespace

class TestRollbackSheet : public QObject {
    Q_OBJECT

private:
    tests::FakeHost m_host;
    std::optional<tests::FakeJournal> m_journal;
    tests::MemorySecretStore m_secrets;
    std::optional<app::RunService> m_runs;
    std::unique_ptr<QWidget> m_window;
    QPointer<RollbackSheet> m_sheet;
    RunId m_run;

    void open(const models::PlanPointer& plan, const QString& because = {}) {
        const auto started = m_runs->start(plan, {});
        QTRY_VERIFY_WITH_TIMEOUT(started.isFinished(), patience);
        m_run = *started.result();
        QTRY_VERIFY_WITH_TIMEOUT(m_runs->state(m_run) != nullptr, patience);
        m_runs->startStep(m_run, StepId(u"deploy"_qs));
        QTRY_COMPARE_WITH_TIMEOUT(m_runs->state(m_run)->step(StepId(u"deploy"_qs)).status,
                                  models::StepStatus::Passed, patience);
        m_sheet = new RollbackSheet(*m_runs, m_run, because, m_window.get());
        m_sheet->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_sheet));
    }
    [[nodiscard]] QAbstractButton& button(const QString& name = u"rollBackButton"_qs) {
        return *m_sheet->findChild<QAbstractButton*>(name);
    }
    [[nodiscard]] QLineEdit* field(const QString& name) {
        return m_sheet->findChild<QLineEdit*>(name);
    }
    [[nodiscard]] qsizetype rows() { return m_sheet->findChildren<ui::RollbackItemRow*>().size(); }
    [[nodiscard]] bool says(const QString& words) {
        const auto labels = m_sheet->findChildren<QLabel*>();
        return std::any_of(labels.cbegin(), labels.cend(), [&words](const QLabel* label) {
            return label->isVisible() && label->text().contains(words);
        });
    }
    [[nodiscard]] qsizetype rollbacks() {
        qsizetype count = 0;
        const auto runs = m_journal->runs().result();
        for (const app::RunSummary& run : *runs)
            count += run.rollbackOf == m_run ? 1 : 0;
        return count;
    }

private Q_SLOTS:
    void init() {
        m_journal.emplace();
        m_runs.emplace(*m_journal, m_secrets, [this](const auto&, const QString& name) {
            return std::make_unique<tests::FakePlace>(m_host, name);
        });
        m_window = std::make_unique<QWidget>();
        m_window->resize(1024, 640);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }
    void cleanup() {
        m_window.reset();
        m_runs.reset();
        m_journal.reset();
    }

    void aReasonIsAllThatItAsksFor() {
        open(tests::releasePlan());
        QCOMPARE(rows(), 1);
        QVERIFY(says(u"Undoes “deploy”"_qs));
        QVERIFY(says(u"portal goes back to v1."_qs));
        QVERIFY(!field(u"rollbackTyped"_qs));
        QVERIFY(!button().isEnabled());
        QTest::mouseClick(field(u"rollbackReason"_qs), Qt::LeftButton);
        QTest::keyClicks(field(u"rollbackReason"_qs), u"connections fail"_qs);
        QVERIFY(button().isEnabled());
        QTest::mouseClick(&button(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(rollbacks(), 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_runs->state(m_run)->rollback, patience);
        QCOMPARE(m_runs->state(m_run)->rollback->reason, u"connections fail"_qs);
    }

    void whatWasNotSeenIsNotSaid() {
        models::PlanContext context = tests::releaseContext();
        context.previous.clear();
        open(tests::releasePlan(context));
        QVERIFY(says(u"What portal had before was not seen."_qs));
    }

    void returnRollsBackOnceThereIsAReason() {
        open(tests::releasePlan());
        QTest::keyClick(field(u"rollbackReason"_qs), Qt::Key_Return);
        QVERIFY(m_sheet->isVisible());
        QTest::keyClicks(field(u"rollbackReason"_qs), u"connections fail"_qs);
        QTest::keyClick(field(u"rollbackReason"_qs), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(rollbacks(), 1, patience);
    }

    void theReasonOfATriggerStandsThere() {
        open(tests::releasePlan(), u"errors above 10 %"_qs);
        QCOMPARE(field(u"rollbackReason"_qs)->text(), u"errors above 10 %"_qs);
        QVERIFY(button().isEnabled());
    }

    void aProtectedEnvironmentWantsItsName() {
        models::PlanContext context = tests::releaseContext();
        context.isProtected = true;
        open(tests::releasePlan(context), u"errors"_qs);
        QVERIFY(!button().isEnabled());
        QTest::keyClicks(field(u"rollbackTyped"_qs), u"pro"_qs);
        QVERIFY(!button().isEnabled());
        QTest::keyClicks(field(u"rollbackTyped"_qs), u"d"_qs);
        QVERIFY(button().isEnabled());
    }

    void oneStepLeavesNoEmptyRoom() {
        open(tests::releasePlan(), u"errors"_qs);
        const auto* items = m_sheet->findChild<QAbstractScrollArea*>(u"rollbackItems"_qs);
        QCOMPARE(items->verticalScrollBar()->maximum(), 0);
        const int under = items->mapTo(m_sheet, QPoint(0, items->height())).y();
        const QLineEdit* reason = field(u"rollbackReason"_qs);
        // Between them are the words of the field.
        QVERIFY2(reason->mapTo(m_sheet, QPoint(0, 0)).y() - under < 2 * reason->height(),
                 qPrintable(QString::number(m_sheet->height())));
    }

    void manyStepsScroll() {
        QList<models::Step> many;
        for (int i = 0; i < 40; ++i)
            many.append(
                tests::releaseStep(u"more-%1"_qs.arg(i), u"true"_qs, models::Lane::Rollback));
        open(tests::releasePlan(tests::releaseContext(), many), u"errors"_qs);
        QVERIFY(m_sheet->height() <= m_window->height());
        const auto* items = m_sheet->findChild<QAbstractScrollArea*>(u"rollbackItems"_qs);
        QVERIFY(items->verticalScrollBar()->maximum() > 0);
        QVERIFY(items->height() > m_sheet->height() / 3);
    }

    void aConditionIsAskedFirst() {
        models::Step step = tests::releaseStep(u"tell"_qs, u"tell"_qs, models::Lane::Rollback);
        step.title = u"If users complain: tell them"_qs;
        open(tests::releasePlan(tests::releaseContext(), {step}), u"errors"_qs);
        QCOMPARE(rows(), 2);
        QVERIFY(!button().isEnabled());
        QTest::mouseClick(&button(u"notNeeded:tell"_qs), Qt::LeftButton, {}, QPoint(8, 8));
        QTRY_VERIFY_WITH_TIMEOUT(button().isEnabled(), patience);
        QTest::mouseClick(&button(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(rollbacks(), 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_runs->state(m_run)->rollback, patience);
        QCOMPARE(m_runs->state(m_run)->rollback->decisions,
                 models::RollbackDecisions({{StepId(u"tell"_qs), false}}));
    }

    void isFreshWhileTheRunGoesOn() {
        const models::Step more = [] {
            models::Step step = tests::releaseStep(u"more"_qs, u"more"_qs, models::Lane::Main,
                                                   {{u"irreversible"_qs, u"true"_qs}});
            step.title = u"Drop the old table"_qs;
            return step;
        }();
        open(tests::releasePlan(tests::releaseContext(), {more}), u"errors"_qs);
        QVERIFY(!says(u"Drop the old table"_qs));
        m_runs->startStep(m_run, StepId(u"more"_qs));
        QTRY_VERIFY_WITH_TIMEOUT(says(u"Drop the old table"_qs), patience);
        QVERIFY(says(u"Cannot be undone"_qs));
    }
};

QTEST_MAIN(TestRollbackSheet)
#include "tst_rollbacksheet.moc"
