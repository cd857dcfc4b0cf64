// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/host/hostdetail.h"

#include "ui/host/hostwords.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/card.h"
#include "ui/widgets/clock.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/glyphsign.h"
#include "ui/widgets/monoblock.h"
#include "ui/widgets/surfacewidget.h"
#include "ui/widgets/timeformat.h"

#include <QHBoxLayout>
#include <QScrollBar>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int titleColumn = 190;
constexpr int wordColumn = 72;
constexpr int mostLogLines = 16;

TextLabel* heading(const QString& text) {
    auto* label = new TextLabel(text, TextRole::Title);
    label->setContentsMargins(0, space::m, 0, 0);
    return label;
}

MonoBlock* block(const QString& name, const QString& words) {
    auto* block = new MonoBlock(name);
    block->setLongLines(MonoBlock::LongLines::Wrapped);
    block->setWords(words);
    return block;
}

/// What is tried, or could be.
bool isTrying(const app::HostLink& link) {
    return link.state == app::HostLink::State::Connecting ||
           link.state == app::HostLink::State::Waiting ||
           link.state == app::HostLink::State::Asking;
}

} // namespace

HostDetail::HostDetail(QWidget* parent)
    : QScrollArea(parent) {
    setObjectName(QStringLiteral("hostDetail"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(&Clock::instance(), &Clock::ticked, this, &HostDetail::settleAge);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        if (!m_row.host.name.isEmpty())
            build();
    });
    showNothing();
}

void HostDetail::showNothing() {
    m_row = {};
    m_state = m_age = nullptr;
    setWidget(new SurfaceWidget);
}

void HostDetail::showHost(const HostRow& row) {
    const bool isSame = row.host == m_row.host;
    m_showsLog = m_showsLog && isSame;
    m_row = row;
    const int position = verticalScrollBar()->value();
    build();
    if (isSame)
        verticalScrollBar()->setValue(position);
}

void HostDetail::build() {
    const QWidget* const focused = widget() != nullptr ? widget()->focusWidget() : nullptr;
    const QString held =
        focused != nullptr && focused->hasFocus() ? focused->objectName() : QString();
    auto* content = new SurfaceWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(space::xl, space::l, space::xl, space::xl);
    column->setSpacing(space::s);
    auto* name = new ElidedLabel(m_row.host.name, TextRole::PageTitle);
    column->addWidget(name);
    const QString address = m_row.report && !m_row.report->address.isEmpty() ? m_row.report->address
                            : !m_row.link.address.isEmpty()                  ? m_row.link.address
                                                                             : m_row.host.ssh;
    auto* where = new ElidedLabel(address, TextRole::Mono, Colour::Quiet);
    where->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(where);
    addLink(*column);
    addChecks(*column);
    addKeys(*column);
    addLog(*column);
    column->addStretch();
    setWidget(content);
    settleAge();
    if (!held.isEmpty())
        keepFocus(held);
}

/// A button was pressed and is another one now: the next key is for the one in its place.
void HostDetail::keepFocus(const QString& name) {
    QWidget* found = widget()->findChild<ActionButton*>(name);
    if (found == nullptr)
        found = widget()->findChild<ActionButton*>();
    found->setFocus();
}

void HostDetail::addLink(QVBoxLayout& column) {
    auto* line = new QHBoxLayout;
    line->setSpacing(space::s);
    m_state = new TextLabel({}, TextRole::Body, linkTone(m_row.link));
    m_state->setObjectName(QStringLiteral("linkState"));
    m_state->setEmphasis(Emphasis::Strong);
    line->addWidget(new GlyphSign(linkGlyph(m_row.link), linkTone(m_row.link)));
    line->addWidget(m_state, 1);
    addLinkButtons(*line);
    column.addSpacing(space::s);
    column.addLayout(line);
    if (const QString clock = clockWords(m_row.link); !clock.isEmpty()) {
        auto* words = paragraph(clock, TextRole::Body, Colour::Quiet);
        words->setObjectName(QStringLiteral("hostClock"));
        column.addWidget(words);
    }
    addError(column);
}

void HostDetail::addLinkButtons(QHBoxLayout& line) {
    const auto add = [&line](const QString& text, const char* name,
                             ButtonKind kind = ButtonKind::Plain) {
        auto* button = new ActionButton(text, kind);
        button->setObjectName(QLatin1String(name));
        line.addWidget(button);
        return button;
    };
    const app::HostLink& link = m_row.link;
    if (isTrying(link)) {
        connect(add(tr("Stop trying"), "giveUp"), &ActionButton::clicked, this,
                [this] { Q_EMIT giveUpRequested(m_row.host.ssh); });
    }
    const bool isConnected =
        link.state == app::HostLink::State::Connected || link.state == app::HostLink::State::Silent;
    if (isConnected && link.isHeld) {
        auto* hangUp = add(tr("Hang up"), "hangUp");
        hangUp->setToolTip(tr("It stays connected where a run uses it."));
        connect(hangUp, &ActionButton::clicked, this,
                [this] { Q_EMIT hangUpRequested(m_row.host.ssh); });
    }
    if (mayConnect(link)) {
        connect(add(connectText(link), "connectNow"), &ActionButton::clicked, this,
                [this] { Q_EMIT connectRequested(m_row.host); });
    }
    const bool isChecking = m_row.report && !m_row.report->isComplete;
    auto* check =
        add(isChecking ? tr("Checking…") : tr("Check host"), "checkHost", ButtonKind::Filled);
    check->setEnabled(!isChecking);
    connect(check, &ActionButton::clicked, this, [this] { Q_EMIT checkRequested(m_row.host); });
}

void HostDetail::addError(QVBoxLayout& column) {
    const bool isSilent = m_row.link.state == app::HostLink::State::Silent;
    if (!m_row.link.error && !isSilent)
        return;
    const bool isRefused = isRefusedKey(m_row.link);
    const QString title = isRefused  ? tr("The key of %1 was refused")
                          : isSilent ? tr("%1 is not answering")
                                     : tr("%1 is not connected");
    auto* card = new Card(title.arg(m_row.host.name), isRefused ? Colour::Fail : Colour::Warn);
    card->setObjectName(QStringLiteral("linkError"));
    if (m_row.link.error)
        card->addText(m_row.link.error->message);
    if (const QString remark = linkRemark(m_row.link); !remark.isEmpty())
        card->addText(remark, Colour::Quiet);
    if (m_row.link.error && !m_row.link.error->detail.isEmpty())
        card->column().addWidget(block(tr("Details"), m_row.link.error->detail));
    column.addWidget(card);
}

void HostDetail::addChecks(QVBoxLayout& column) {
    column.addWidget(heading(tr("What steps need")));
    m_age = new TextLabel({}, TextRole::Quiet, Colour::Quiet);
    m_age->setObjectName(QStringLiteral("reportAge"));
    column.addWidget(m_age);
    if (!m_row.report) {
        column.addWidget(selectable(tr("Not looked at so far. A check connects, runs a few short "
                                       "commands, cuts the connection once to see that commands "
                                       "survive it, and leaves nothing behind."),
                                    Colour::Quiet));
        return;
    }
    for (const app::HostCheck& check : m_row.report->checks)
        addCheck(column, check);
}

void HostDetail::addCheck(QVBoxLayout& column, const app::HostCheck& check) {
    auto* line = new QHBoxLayout;
    line->setSpacing(space::s);
    auto* title = new TextLabel(checkTitle(check.kind));
    title->setMinimumWidth(titleColumn);
    auto* word =
        new TextLabel(verdictWord(check.verdict), TextRole::Body, verdictTone(check.verdict));
    word->setMinimumWidth(wordColumn);
    auto* value = new ElidedLabel(check.value, TextRole::Mono, Colour::Text);
    line->addWidget(new GlyphSign(verdictGlyph(check.verdict), verdictTone(check.verdict)));
    line->addWidget(title);
    line->addWidget(word);
    line->addWidget(value, 1);
    column.addLayout(line);
    const auto remark = [&column](const QString& words, Colour tone) {
        if (words.isEmpty())
            return;
        auto* label = selectable(words, tone);
        label->setContentsMargins(measure::glyph + space::s, 0, 0, 0);
        column.addWidget(label);
    };
    remark(check.reason, Colour::Text);
    remark(check.remedy, Colour::Quiet);
}

void HostDetail::addKeys(QVBoxLayout& column) {
    const QString fingerprint = m_row.report && !m_row.report->fingerprint.isEmpty()
                                    ? m_row.report->fingerprint
                                    : m_row.link.fingerprint;
    if (!fingerprint.isEmpty()) {
        column.addWidget(heading(tr("Its key")));
        auto* shown = block(tr("Fingerprint"), fingerprint);
        shown->setObjectName(QStringLiteral("fingerprint"));
        column.addWidget(shown);
    }
    if (!m_row.report || m_row.report->publicKeys.isEmpty())
        return;
    column.addWidget(heading(tr("Your keys")));
    column.addWidget(selectable(tr("One of these lines in ~/.ssh/authorized_keys of the host lets "
                                   "you in:"),
                                Colour::Quiet));
    for (const QString& key : m_row.report->publicKeys)
        column.addWidget(block(tr("Public key"), key));
}

void HostDetail::addLog(QVBoxLayout& column) {
    if (!m_row.report || m_row.report->log.isEmpty())
        return;
    auto* toggle =
        new ActionButton(m_showsLog ? tr("Hide log") : tr("Show log"), ButtonKind::Quiet);
    toggle->setObjectName(QStringLiteral("toggleLog"));
    column.addSpacing(space::s);
    column.addWidget(toggle, 0, Qt::AlignLeft);
    auto* log = new MonoBlock(tr("Log"));
    log->setObjectName(QStringLiteral("hostLog"));
    log->setMaximumLines(mostLogLines);
    log->setWords(m_row.report->log.join(u'\n'));
    log->setVisible(m_showsLog);
    column.addWidget(log);
    connect(toggle, &ActionButton::clicked, this, [this, toggle, log] {
        m_showsLog = !m_showsLog;
        log->setVisible(m_showsLog);
        toggle->setText(m_showsLog ? tr("Hide log") : tr("Show log"));
    });
}

void HostDetail::settleAge() {
    if (!m_state)
        return;
    const models::Instant now = presentInstant();
    m_state->setText(linkWord(m_row.link, now));
    m_age->setVisible(m_row.report.has_value());
    if (m_row.report)
        m_age->setText(
            tr("%1, %2").arg(reportWord(*m_row.report), formatAge(m_row.report->at, now)));
}

} // namespace ui
