// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/stephostsview.h"

#include "models/run/hosts.h"
#include "ui/run/evidence.h"
#include "ui/run/stepaction.h"
#include "ui/run/stephostdelegate.h"
#include "ui/run/stephostmodel.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/monoblock.h"
#include "ui/widgets/rowlist.h"
#include "ui/widgets/textlabel.h"
#include "ui/widgets/timeformat.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

using models::HostProgress;
using models::StepStatus;

namespace {

constexpr int mostRows = 8;
constexpr int evidenceLines = 6;

/// The first of those that need a person most.
QString neediest(const QList<HostProgress>& hosts) {
    for (const StepStatus status : {StepStatus::Failed, StepStatus::Unknown, StepStatus::Waiting,
                                    StepStatus::Running, StepStatus::Passed}) {
        const auto found =
            std::find_if(hosts.cbegin(), hosts.cend(),
                         [status](const HostProgress& host) { return host.status == status; });
        if (found != hosts.cend())
            return found->host;
    }
    return hosts.first().host;
}

/// "Hosts · 2 at a time, 30.0 s between"
QString rolloutText(const models::Step& step, qsizetype hosts) {
    QString text = StepHostsView::tr("Hosts");
    const auto size = models::batchSize(step);
    if (!size || *size >= hosts)
        return text + QStringLiteral(" · ") + StepHostsView::tr("all at once");
    text += QStringLiteral(" · ") + (*size == 1 ? StepHostsView::tr("one after another")
                                                : StepHostsView::tr("%1 at a time").arg(*size));
    const auto wait = models::waitBetweenBatches(step);
    return wait.count() > 0 ? text + StepHostsView::tr(", %1 between").arg(formatDuration(wait))
                            : text;
}

} // namespace

StepHostsView::StepHostsView(QWidget* parent)
    : QWidget(parent)
    , m_model(new StepHostModel(this))
    , m_rollout(new TextLabel({}, TextRole::Quiet, Colour::Quiet))
    , m_list(new RowList(tr("Hosts of the step")))
    , m_reason(new TextLabel)
    , m_evidence(new MonoBlock(tr("evidence"))) {
    setObjectName(QStringLiteral("stepHosts"));
    m_rollout->setEmphasis(Emphasis::Strong);
    m_list->setObjectName(QStringLiteral("stepHostList"));
    m_list->setMostRows(mostRows);
    m_list->setItemDelegate(new StepHostDelegate(m_list));
    m_list->setModel(m_model);
    m_reason->setObjectName(QStringLiteral("stepHostReason"));
    m_reason->setWordWrap(true);
    m_reason->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_evidence->setMaximumLines(evidenceLines);
    m_evidence->setLongLines(MonoBlock::LongLines::Wrapped);
    auto* row = new QHBoxLayout;
    row->setSpacing(space::s);
    for (const Act act :
         {Act::AskAgain, Act::Retry, Act::JudgePassed, Act::MarkPassed, Act::JudgeFailed}) {
        auto* button = new ActionButton({});
        button->setObjectName(QStringLiteral("host:%1").arg(actText(act)));
        connect(button, &ActionButton::clicked, this,
                [this, act] { Q_EMIT actRequested(act, m_shown); });
        row->addWidget(button);
        m_buttons.insert(act, button);
    }
    row->addStretch();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, space::s, 0, 0);
    column->setSpacing(space::s);
    column->addWidget(m_rollout);
    column->addWidget(m_list);
    column->addWidget(m_reason);
    column->addWidget(m_evidence);
    column->addLayout(row);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& current) {
                const QString host = current.data().toString();
                if (!current.isValid() || host == m_shown)
                    return; // brought up to date, not chosen
                m_kept = host;
                Q_EMIT hostChosen();
            });
    hide();
}

void StepHostsView::showStep(const models::RunState& state, RunAccess access, int planIndex) {
    const models::Step& step = state.plan->steps[planIndex].step;
    if (m_step != step.id) {
        m_step = step.id;
        m_kept.clear();
    }
    // None where the environment does not have them.
    const QList<HostProgress> hosts = models::hasSeveralHosts(step)
                                          ? models::hostProgress(state, planIndex)
                                          : QList<HostProgress>();
    setVisible(!hosts.isEmpty());
    if (hosts.isEmpty()) {
        m_model->setHosts({});
        return;
    }
    m_shown = m_kept.isEmpty() ? neediest(hosts) : m_kept;
    m_model->setHosts(hosts);
    const auto at = std::find_if(hosts.cbegin(), hosts.cend(),
                                 [this](const HostProgress& host) { return host.host == m_shown; });
    m_list->setCurrentIndex(m_model->index(int(at - hosts.cbegin())));
    m_rollout->setText(rolloutText(step, hosts.size()));
    showReason(state, planIndex);
    showActs(state, access, planIndex);
}

void StepHostsView::choose(const QString& host) {
    m_kept = host;
}

std::optional<HostProgress> StepHostsView::chosen() const {
    for (const HostProgress& host : m_model->hosts()) {
        if (host.host == m_shown)
            return host;
    }
    return std::nullopt;
}

void StepHostsView::showReason(const models::RunState& state, int planIndex) {
    const models::StepState& standing = state.step(state.plan->steps[planIndex].step.id);
    const HostProgress host = *chosen();
    QStringList sentences{host.reason};
    QString verbatim;
    if (host.status == StepStatus::Unknown && host.attempt > 0) {
        const Evidence evidence = evidenceOf(standing.attempts[host.attempt - 1]);
        sentences += evidence.facts;
        verbatim = evidence.verbatim;
    } else if (host.status == StepStatus::Failed && host.attempt > 0) {
        sentences += unmetExpectations(standing.attempts[host.attempt - 1]);
    } else if (!host.evidence.isEmpty()) {
        sentences += tr("Evidence: %1").arg(host.evidence);
    }
    sentences.removeAll(QString());
    sentences.removeDuplicates();
    m_reason->setText(sentences.isEmpty() ? QString()
                                          : tr("%1: %2").arg(host.host, sentences.join(u' ')));
    m_reason->setVisible(!sentences.isEmpty());
    m_evidence->setWords(verbatim);
    m_evidence->setVisible(!verbatim.isEmpty());
}

void StepHostsView::showActs(const models::RunState& state, RunAccess access, int planIndex) {
    const HostProgress host = *chosen();
    const QList<Act> acts = hostActs(state, access, planIndex, host);
    for (auto it = m_buttons.cbegin(); it != m_buttons.cend(); ++it) {
        (*it)->setText(hostActText(it.key(), host.status));
        (*it)->setVisible(acts.contains(it.key()));
    }
}

} // namespace ui
