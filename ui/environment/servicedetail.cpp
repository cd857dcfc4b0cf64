// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/servicedetail.h"

#include "app/contract/contractservice.h"
#include "app/health/healthservice.h"
#include "app/version/versionservice.h"
#include "ui/environment/contractpanel.h"
#include "ui/environment/versionpanel.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/glyphsign.h"
#include "ui/widgets/healthwords.h"
#include "ui/widgets/sheet.h"
#include "ui/widgets/timeformat.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ui {

namespace {

/// Whether the words only join what is listed part by part below them.
bool isSaidBy(const QList<models::LeafReading>& parts, QString words) {
    for (const models::LeafReading& part : parts)
        words.remove(part.words);
    return words.remove(u';').trimmed().isEmpty();
}

} // namespace

ServiceDetail::ServiceDetail(const EnvironmentServices& services, QWidget* parent)
    : QScrollArea(parent)
    , m_health(services.health)
    , m_versions(services.versions)
    , m_contracts(services.contracts)
    , m_title(new TextLabel({}, TextRole::Title))
    , m_sign(new GlyphSign)
    , m_state(new TextLabel)
    , m_probeNow(new ActionButton(tr("Check service now"), ButtonKind::Plain))
    , m_openHealth(new ActionButton(tr("Open health"), ButtonKind::Plain))
    , m_probes(new QVBoxLayout)
    , m_version(new VersionPanel)
    , m_contract(new ContractPanel) {
    setObjectName(QStringLiteral("serviceDetail"));
    setAccessibleName(tr("Probes of the service"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    m_probeNow->setObjectName(QStringLiteral("checkService"));
    m_openHealth->setObjectName(QStringLiteral("openHealth"));
    m_state->setWordWrap(true);
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(space::l, space::m, space::l, space::l);
    column->setSpacing(space::s);
    auto* head = new QHBoxLayout;
    head->setSpacing(space::m);
    head->addWidget(m_title);
    head->addWidget(m_sign);
    head->addWidget(m_state, 1);
    head->addWidget(m_openHealth);
    head->addWidget(m_probeNow);
    column->addLayout(head);
    m_probes->setSpacing(space::xs);
    auto* beside = new QHBoxLayout;
    beside->setSpacing(space::xl);
    auto* looks = new QVBoxLayout;
    looks->addLayout(m_probes);
    looks->addStretch(1); // what is kept beside it is longer often
    beside->addLayout(looks, 1);
    auto* kept = new QVBoxLayout;
    kept->setSpacing(space::m);
    kept->addWidget(m_version);
    kept->addWidget(m_contract);
    kept->addStretch(1);
    beside->addLayout(kept, 1);
    column->addLayout(beside);
    column->addStretch(1);
    setWidget(content);
    connect(m_probeNow, &ActionButton::clicked, this, [this] {
        if (m_service >= m_health.services().size())
            return;
        const app::HealthService::Watched& watched = m_health.services()[m_service];
        m_health.probeNow(watched);
        m_versions.lookNow(watched.environment, watched.service);
    });
    connect(m_openHealth, &ActionButton::clicked, this,
            [this] { Q_EMIT healthRequested(m_service); });
    showNothing();
}

void ServiceDetail::showNothing() {
    m_title->setText({});
    m_state->setText(tr("Choose a service to see what each of its probes found."));
    m_state->setTone(Colour::Quiet);
    m_sign->hide();
    m_probeNow->hide();
    m_openHealth->hide();
    m_version->hide();
    m_contract->hide();
    for (TextLabel* line : std::as_const(m_lines))
        line->hide();
}

void ServiceDetail::addLine(const QString& words, Emphasis emphasis, Colour tone) {
    if (m_used == m_lines.size()) {
        auto* made = selectable({});
        m_lines.append(made);
        m_probes->addWidget(made);
    }
    TextLabel* const line = m_lines[m_used++];
    line->setEmphasis(emphasis);
    line->setTone(tone);
    if (line->text() != words)
        line->setText(words);
    line->show();
}

void ServiceDetail::showService(std::size_t service, models::Instant now) {
    if (service >= m_health.services().size())
        return showNothing();
    m_service = service;
    const app::HealthService::Watched& watched = m_health.services()[service];
    const models::HealthStanding standing = m_health.standing(watched, now);
    m_title->setText(
        tr("%1 in %2 of %3").arg(watched.service, watched.environment, m_health.workspace().name));
    m_state->setText(stateWord(standing.state));
    m_state->setTone(stateTone(standing.state));
    m_sign->setGlyph(stateGlyph(standing.state), stateTone(standing.state));
    m_sign->show();
    const auto version = m_versions.standing(watched.environment, watched.service, now);
    m_version->setVisible(version.has_value());
    if (version)
        m_version->showStanding(*version, now);
    const auto contract = m_contracts.standing(watched.environment, watched.service, now);
    m_contract->setVisible(contract.has_value());
    if (contract)
        m_contract->showStanding(*contract, now);
    m_probeNow->setVisible(!watched.probes.empty() || version);
    m_openHealth->setVisible(!watched.probes.empty());
    m_probeNow->setEnabled(m_health.trust() == app::TrustKeeper::Standing::Trusted);
    m_used = 0;
    if (watched.probes.empty())
        addLine(tr("Nothing says how to look at it. Add a probe under \"health\" in gantry.yaml."),
                Emphasis::Normal, Colour::Quiet);
    for (const std::size_t number : watched.probes)
        showProbe(number, now);
    for (qsizetype i = m_used; i < m_lines.size(); ++i)
        m_lines[i]->hide();
}

void ServiceDetail::showProbe(std::size_t number, models::Instant now) {
    const models::ProbeHealth& probe = m_health.probe(number);
    const models::HealthStanding standing =
        m_health.standing({m_health.services()[m_service].environment, {}, {number}}, now);
    addLine(QStringLiteral("%1 · %2").arg(probeTitle(probe.probe()), stateWord(standing.state)),
            Emphasis::Strong, stateTone(standing.state));
    const std::optional<models::Observation>& last = probe.last();
    const QList<models::LeafReading> parts =
        last && last->leaves.size() > 1 ? last->leaves : QList<models::LeafReading>();
    if (!isSaidBy(parts, standing.words))
        addLine(standing.words, Emphasis::Normal, Colour::Text);
    for (const models::LeafReading& part : parts)
        addLine(part.words, Emphasis::Normal, verdictTone(part.verdict));
    if (!last)
        return;
    QStringList measured{formatAge(last->at, now)};
    if (const QString phases = phaseWords(last->phases); !phases.isEmpty())
        measured.append(phases);
    measured.append(
        tr("begun %1 late").arg(latencyWords(static_cast<double>(last->lateness.count()) / 1e9)));
    const models::HealthSummary hour = probe.series().summary({now.nanoseconds - 3'600'000'000'000},
                                                              {now.nanoseconds + 1'000'000});
    measured.append(tr("last hour: %1 passed, %2 failed, %3 unknown")
                        .arg(hour.passed)
                        .arg(hour.failed)
                        .arg(hour.unknown));
    addLine(measured.join(QStringLiteral(" · ")), Emphasis::Normal, Colour::Quiet);
}

} // namespace ui
