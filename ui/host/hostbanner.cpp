// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/host/hostbanner.h"

#include "ui/host/hostwords.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/clock.h"
#include "ui/widgets/timeformat.h"
#include "ui/widgets/wording.h"

namespace ui {

namespace {

using State = app::HostLink::State;
using Cause = app::HostLink::Cause;

bool isTrouble(const app::HostLink& link) {
    return link.state == State::Waiting || link.state == State::Silent ||
           link.state == State::Failed;
}

BannerWidget::Level levelOf(const app::HostLink& link) {
    if (link.state != State::Failed)
        return BannerWidget::Level::Warning;
    return link.cause == Cause::Cancelled ? BannerWidget::Level::Info : BannerWidget::Level::Error;
}

int weight(const app::HostLink& link) {
    return int(levelOf(link)) + (isRefusedKey(link) ? 1 : 0);
}

} // namespace

HostBanner::HostBanner(app::HostService& hosts, QWidget* parent)
    : BannerWidget(parent)
    , m_hosts(hosts) {
    setObjectName(QStringLiteral("hostBanner"));
    connect(&hosts, &app::HostService::linkChanged, this, &HostBanner::take);
    connect(&Clock::instance(), &Clock::ticked, this, &HostBanner::settleWords);
    connect(this, &BannerWidget::dismissed, this, [this] {
        m_troubles.remove(m_shown.ssh);
        settle();
    });
}

void HostBanner::take(const app::HostLink& link) {
    // Between two attempts it connects: the trouble is not over by that.
    const bool isTrying = link.state == State::Connecting || link.state == State::Asking;
    if (isTrouble(link))
        m_troubles.insert(link.ssh, link);
    else if (!isTrying || link.failures == 0)
        m_troubles.remove(link.ssh);
    else if (m_troubles.contains(link.ssh))
        m_troubles.insert(link.ssh, link);
    settle();
}

const app::HostLink* HostBanner::worst() const {
    const app::HostLink* found = nullptr;
    for (const app::HostLink& link : m_troubles) {
        if (!found || weight(link) > weight(*found))
            found = &link;
    }
    return found;
}

void HostBanner::settle() {
    const app::HostLink* link = worst();
    if (!link) {
        hide();
        return;
    }
    m_shown = *link;
    showMessage(levelOf(*link), {});
    settleWords();
    const QString ssh = link->ssh;
    if (mayConnect(*link) && link->state != State::Asking && !isRefusedKey(*link)) {
        connect(addAction(connectText(*link)), &ActionButton::clicked, &m_hosts, [this, ssh] {
            m_hosts.connectNow(models::Host{ssh, ssh});
        });
    }
    if (link->state != State::Failed && link->state != State::Silent) {
        connect(addAction(tr("Stop trying")), &ActionButton::clicked, &m_hosts,
                [this, ssh] { m_hosts.giveUp(ssh); });
    }
    connect(addAction(tr("Show host")), &ActionButton::clicked, this,
            [this, ssh] { Q_EMIT hostRequested(ssh); });
}

void HostBanner::settleWords() {
    if (isHidden())
        return;
    QStringList words;
    const QString name = m_shown.name.isEmpty() ? m_shown.ssh : m_shown.name;
    if (m_shown.state == State::Silent)
        words.append(
            tr("%1 has not answered for %2.").arg(name, silenceText(m_shown, presentInstant())));
    else if (m_shown.error)
        words.append(errorByName(m_shown));
    else
        words.append(tr("The connection to %1 was lost.").arg(name));
    if (m_shown.state != State::Failed && m_shown.state != State::Silent)
        words.append(linkWord(m_shown, presentInstant()) + u'.');
    const qsizetype more = m_troubles.size() - 1;
    if (more > 0)
        words.append(
            countOf(more, tr("%1 more host has trouble."), tr("%1 more hosts have trouble.")));
    setText(words.join(u' '));
}

} // namespace ui
