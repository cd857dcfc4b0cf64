// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/preflight/preflightservice.h"
#include "models/environment/release.h"

#include <QWidget>

class QLineEdit;
class QVBoxLayout;

namespace ui {

class ActionButton;
class Card;
class TextLabel;

/// What a run goes to: a field for the version of each release, beneath it what is there now and
/// how long ago that was seen, and, of a version that is blocked there, since when, by whom and
/// why.
class TargetForm final : public QWidget {
    Q_OBJECT

public:
    explicit TargetForm(QWidget* parent = nullptr);

    /// Asks for the releases of this environment; what was filled in for a service stays.
    void showReleases(const QString& environment, const QList<models::Release>& releases,
                      const models::Target& initial);
    /// Says what is known of them. The form keeps no hold of it.
    void settle(const app::PreflightService& preflight);
    /// The block of this run could not be lifted.
    void showRefusal(const models::RunId& run, const models::Error& error);
    [[nodiscard]] models::Target target() const;
    /// Whether a version that was filled in must not go there, as far as that is known.
    [[nodiscard]] bool isBlocked() const;
    void focusFirst();

Q_SIGNALS:
    void changed();
    /// What this run was about shall be free to go there again.
    void liftRequested(const app::RunSummary& blocked);

private:
    struct Row {
        models::Release release;
        QLineEdit* edit;
        TextLabel* present; ///< what is there now
        Card* block;
        TextLabel* reason;
        TextLabel* refusal;
        std::optional<app::RunSummary> blockedBy;
    };

    void build(const QList<models::Release>& releases, const models::Target& initial);
    void addRow(const models::Release& release, const models::Target& initial);
    void addBlock(Row& row);
    /// A field for each service instead of one for those that go together.
    void separate();
    void settleBlock(Row& row, const app::PreflightService& preflight);

    QString m_environment;
    QList<models::Release> m_releases; ///< as they were given
    QVBoxLayout* m_column;
    QWidget* m_fields = nullptr;
    ActionButton* m_separate;
    std::vector<Row> m_rows;
};

} // namespace ui
