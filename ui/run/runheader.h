// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/runfiltermodel.h"
#include "ui/run/nextaction.h"

#include <QWidget>

class QComboBox;
class QHBoxLayout;
class QToolButton;

namespace ui {

class ActionButton;
class Chip;
class ElidedLabel;
class SearchField;

/// The line above the steps: which document in which environment, from which version to which, how
/// the run stands, what the parser remarked, and the filter.
class RunHeader final : public QWidget {
    Q_OBJECT

public:
    explicit RunHeader(QWidget* parent = nullptr);

    void showRun(const models::RunState& state, RunAccess access);
    void setDetailsButtonVisible(bool visible);
    void focusFilter();
    void clearFilter();
    /// The run's timeline stands in place of its steps.
    void setTimelineShown(bool shown);

Q_SIGNALS:
    void textChanged(const QString& text);
    void filterChanged(models::RunFilter filter);
    void listRequested();
    void remarksRequested();
    void detailsRequested();
    void timelineToggled(bool shown);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void showRemarks(const models::Diagnostics& diagnostics);

    ElidedLabel* m_title;
    Chip* m_environment;
    Chip* m_target;
    Chip* m_standing;
    ActionButton* m_remarks;
    ActionButton* m_timeline;
    QComboBox* m_filter;
    SearchField* m_search;
    QToolButton* m_details;
};

} // namespace ui
