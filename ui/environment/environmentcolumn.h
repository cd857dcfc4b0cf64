// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/environment/conditionlistmodel.h"
#include "ui/environment/releaselistmodel.h"
#include "ui/environment/servicefilter.h"
#include "ui/environment/servicelistmodel.h"

#include <QWidget>

class QListView;

namespace models {
struct Environment;
}

namespace ui {

class ElidedLabel;
class GlyphSign;
class RowList;
class TextLabel;

/// One environment: its name, how it stands as a whole, its runs, certificates and risks, and its
/// services, the worst first.
class EnvironmentColumn final : public QWidget {
    Q_OBJECT

public:
    EnvironmentColumn(const EnvironmentServices& services, const models::Environment& environment,
                      QWidget* parent = nullptr);

    [[nodiscard]] ServiceListModel& model() { return m_model; }
    /// Which of them are listed, and in which order.
    [[nodiscard]] ServiceFilter& filter() { return m_filter; }
    void showGroups(ServiceFilter::Groups groups);
    [[nodiscard]] QListView& list() { return *m_list; }
    /// Makes its row the current one; it is of this environment.
    void chooseService(std::size_t service);
    /// What its head says, from its rows.
    void settleHead(models::Instant now);
    /// How triggers and metrics stand.
    void settleConditions(models::Instant now);
    /// Runs and risks were read.
    void takeRuns(models::Instant now);
    /// What the time changes of certificates.
    void settleReleases(models::Instant now);

Q_SIGNALS:
    /// One of HealthService::services() is the current one.
    void serviceChosen(std::size_t service);
    /// It is to be shown over time.
    void healthRequested(std::size_t service);
    /// A person wants to see what this condition comes to; empty: one that they write.
    void tryAsked(const QString& environment, const QString& condition);
    void runRequested(const models::RunId& run);
    /// All of them are to be listed.
    void runsRequested();
    /// What stands for and against a run going on, its risks among that.
    void boardRequested(const models::RunId& run);
    /// What is known beforehand.
    void risksRequested(const QString& environment);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void makeReleases();
    void openRelease(const ReleaseRow& row);
    QWidget* makeConditions(const QString& environment);
    void settleRoom();
    void chooseCurrent();
    void takeFocus(Qt::FocusReason reason);
    void leaveFocus(Qt::FocusReason reason);

    ServiceListModel m_model;
    ServiceFilter m_filter;
    ConditionListModel m_conditions;
    ReleaseListModel m_releases;
    QColor m_line; ///< of a protected environment
    GlyphSign* m_sign;
    TextLabel* m_word;
    ElidedLabel* m_counts;
    QListView* m_list;
    RowList* m_releasesList;
    RowList* m_conditionsList;
    QWidget* m_conditionsPane;
    bool m_isMarking = false;
    bool m_isMarked = false; ///< the current row shows where the focus is, and nobody chose it
};

} // namespace ui
