// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook/runbook.h"

#include <QListView>

namespace ui {

class SectionListModel;

/// The left column of the run page.
class SectionList final : public QListView {
    Q_OBJECT

public:
    /// model outlives this.
    explicit SectionList(SectionListModel& model, QWidget* parent = nullptr);

    /// Marks the section that the selected step stands in, without telling of it.
    void setCurrentSection(models::Lane lane, int section);

    QSize sizeHint() const override;

Q_SIGNALS:
    void sectionActivated(models::Lane lane, int section);

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    SectionListModel& m_model;
    bool m_isFollowing = false;
};

} // namespace ui
