// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QVBoxLayout;

namespace models {
struct Environment;
struct Instant;
} // namespace models

namespace app {
class VersionService;
}

namespace ui {

/// Between the columns of two environments: what of the first one has not come to the second.
class PromotionArrow final : public QWidget {
    Q_OBJECT

public:
    /// versions outlives it. to: is promoted from another one.
    PromotionArrow(const app::VersionService& versions, const models::Environment& to,
                   QWidget* parent = nullptr);

    void settle(models::Instant now);

private:
    [[nodiscard]] QStringList linesOf(models::Instant now) const;

    const app::VersionService& m_versions;
    const QString m_from;
    const QString m_to;
    const QStringList m_services;
    QVBoxLayout* m_column;
    QStringList m_shown;
};

} // namespace ui
