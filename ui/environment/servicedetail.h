// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "ui/environment/environmentservices.h"
#include "ui/theme/theme.h"

#include <QScrollArea>

class QVBoxLayout;

namespace ui {

class ActionButton;
class ContractPanel;
class GlyphSign;
class TextLabel;
class VersionPanel;

/// One service: what each of its probes asks, what it found last, and from what numbers.
class ServiceDetail final : public QScrollArea {
    Q_OBJECT

public:
    explicit ServiceDetail(const EnvironmentServices& services, QWidget* parent = nullptr);

    void showService(std::size_t service, models::Instant now);
    void showNothing();

Q_SIGNALS:
    /// The service is to be shown over time.
    void healthRequested(std::size_t service);

private:
    void showProbe(std::size_t number, models::Instant now);
    void addLine(const QString& words, Emphasis emphasis, Colour tone);

    app::HealthService& m_health;
    app::VersionService& m_versions;
    app::ContractService& m_contracts;
    TextLabel* m_title;
    GlyphSign* m_sign;
    TextLabel* m_state;
    ActionButton* m_probeNow;
    ActionButton* m_openHealth;
    QVBoxLayout* m_probes;
    VersionPanel* m_version;
    ContractPanel* m_contract;
    QList<TextLabel*> m_lines; ///< used again for what is shown next
    qsizetype m_used = 0;
    std::size_t m_service = 0;
};

} // namespace ui
