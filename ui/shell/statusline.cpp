// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/statusline.h"

#include "ui/theme/theme.h"
#include "ui/widgets/clock.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/timeformat.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>

namespace ui {

namespace {

constexpr int messageMs = 8000;
constexpr int mostOfRun = 48;

} // namespace

StatusLine::StatusLine(QWidget* parent)
    : QWidget(parent)
    , m_place(new TextLabel({}, TextRole::Quiet, Colour::Quiet))
    , m_run(new QToolButton)
    , m_message(new ElidedLabel({}, TextRole::Quiet, Colour::Text))
    , m_time(new TextLabel({}, TextRole::Quiet, Colour::Quiet)) {
    setObjectName(QStringLiteral("statusLine"));
    setMinimumHeight(measure::statusBar);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_run->setObjectName(QStringLiteral("runUnderWay"));
    m_run->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_run->setAutoRaise(true);
    m_run->setFixedHeight(measure::statusBar - 3);

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::m, 1, space::m, 0);
    layout->setSpacing(space::l);
    layout->addWidget(m_place);
    layout->addWidget(m_run);
    layout->addWidget(m_message, 1);
    layout->addWidget(m_time);

    m_fade.setSingleShot(true);
    m_fade.setInterval(messageMs);
    connect(&m_fade, &QTimer::timeout, this, [this] { m_message->setFullText({}); });
    connect(m_run, &QToolButton::clicked, this, &StatusLine::runClicked);
    const auto tell = [this](models::Instant now) { m_time->setText(formatTime(now)); };
    connect(&Clock::instance(), &Clock::ticked, this, tell);
    connect(&Theme::instance(), &Theme::changed, this, [this, tell] {
        m_run->setFont(ui::font(TextRole::Quiet));
        tell(presentInstant());
    });
    tell(presentInstant());
    m_run->setFont(ui::font(TextRole::Quiet));
    setRun({});
}

void StatusLine::setPlace(const QString& words) {
    m_place->setText(words);
}

void StatusLine::setRun(const QString& words) {
    const QString full = words.isEmpty() ? tr("No run under way") : words;
    m_run->setEnabled(!words.isEmpty());
    m_run->setText(full.size() > mostOfRun ? full.left(mostOfRun - 1) + u'…' : full);
    m_run->setAccessibleName(full);
    m_run->setToolTip(words.isEmpty() ? QString() : plainToolTip(tr("Go to: %1").arg(words)));
}

void StatusLine::showMessage(const QString& words) {
    m_message->setFullText(words);
    m_fade.start();
}

void StatusLine::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), colour(Colour::Window));
    painter.fillRect(QRect(0, 0, width(), 1), colour(Colour::Line));
}

} // namespace ui
