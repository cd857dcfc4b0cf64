// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/wavestrip.h"

#include "ui/theme/theme.h"
#include "ui/widgets/rowpaint.h"
#include "ui/widgets/textlabel.h"
#include "ui/widgets/timeformat.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QPainter>

#include <algorithm>

namespace ui {

namespace {

constexpr int leastWidth = 180; ///< of one wave: a glyph, a short name and how far it is

/// What holds the wave alone, and until when where that is known.
QString holdText(const models::RunState& state, int planIndex) {
    const models::Step& step = state.plan->steps[planIndex].step;
    switch (step.kind) {
    case models::StepKind::Wait: {
        const models::Instant until = state.step(step.id).waitUntil;
        return until.isNull() ? WaveStrip::tr("then waits %1").arg(formatDuration(step.wait))
                              : WaveStrip::tr("waits until %1").arg(formatTime(until));
    }
    case models::StepKind::Gate:
        if (const auto gate = state.gates.constFind(step.id); gate != state.gates.cend())
            return WaveStrip::tr("gate, %1 of %2 readings")
                .arg(std::min(gate->samples, gate->rule.samples))
                .arg(gate->rule.samples);
        return WaveStrip::tr("at its gate");
    default:
        return WaveStrip::tr("needs approval");
    }
}

QString standingText(const models::RunState& state, const models::WaveProgress& wave) {
    const bool isOver = state.status == models::RunStatus::Closed;
    if (!isOver && wave.heldBy >= 0 && wave.progress.failed == 0)
        return holdText(state, wave.heldBy);
    return WaveStrip::tr("%1 of %2").arg(wave.progress.done).arg(wave.progress.total);
}

} // namespace

/// One wave; a click leads to its next step.
class WaveButton final : public QAbstractButton {
public:
    WaveButton() {
        setCursor(Qt::PointingHandCursor);
        setFocusPolicy(Qt::TabFocus);
        setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    }

    void showWave(const models::RunState& state, const models::WaveProgress& wave, bool isLast) {
        m_wave = wave;
        m_standing = standingText(state, wave);
        m_isLast = isLast;
        const QString words =
            WaveStrip::tr("Wave %1: %2, %3").arg(wave.name, statusWord(wave.status), m_standing);
        setToolTip(words.toHtmlEscaped());
        setAccessibleName(words);
        update();
    }

    [[nodiscard]] int step() const { return m_wave.heldBy >= 0 ? m_wave.heldBy : m_wave.first; }
    [[nodiscard]] bool isDone() const { return m_wave.progress.done == m_wave.progress.total; }
    [[nodiscard]] QSize sizeHint() const override { return {leastWidth, measure::denseRow}; }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        if (underMouse() || hasFocus())
            painter.fillRect(rect(), colour(Colour::Hover));
        QRect rest = rect().adjusted(space::m, 0, -space::m, 0);
        rowpaint::sign(painter, rest, statusGlyph(m_wave.status), statusColour(m_wave.status),
                       space::s);
        const bool isAhead = m_wave.status == models::StepStatus::Blocked;
        // The name is never pressed out by how far it is.
        const QRect right = rest.adjusted(rest.width() / 3, 0, 0, 0);
        rest.setRight(rest.right() - rowpaint::atRight(painter, right, m_standing, Colour::Quiet) -
                      space::s);
        rowpaint::words(painter, rest, m_wave.name, TextRole::Body,
                        isAhead ? Colour::Quiet : Colour::Text,
                        isAhead || isDone() ? Emphasis::Normal : Emphasis::Strong);
        if (!m_isLast)
            painter.fillRect(QRect(width() - 1, space::xs, 1, height() - 2 * space::xs),
                             colour(Colour::Line));
    }

private:
    models::WaveProgress m_wave;
    QString m_standing;
    bool m_isLast = false;
};

WaveStrip::WaveStrip(QWidget* parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this))
    , m_label(new TextLabel({}, TextRole::Quiet, Colour::Quiet)) {
    setObjectName(QStringLiteral("waveStrip"));
    m_row->setContentsMargins(space::l, 0, 0, 1);
    m_row->setSpacing(0);
    m_row->addWidget(m_label);
    hide();
}

void WaveStrip::showRun(const models::RunState& state) {
    const QList<models::WaveProgress> waves = models::wavesOf(state);
    while (m_buttons.size() > waves.size())
        delete m_buttons.takeLast();
    while (m_buttons.size() < waves.size()) {
        auto* button = new WaveButton;
        connect(button, &QAbstractButton::clicked, this,
                [this, button] { Q_EMIT stepRequested(button->step()); });
        m_row->addWidget(button, 1);
        m_buttons.append(button);
    }
    for (int i = 0; i < waves.size(); ++i)
        m_buttons[i]->showWave(state, waves[i], i + 1 == waves.size());
    const auto open = std::find_if(m_buttons.cbegin(), m_buttons.cend(),
                                   [](const WaveButton* button) { return !button->isDone(); });
    m_current = int(std::min(open - m_buttons.cbegin(), m_buttons.size() - 1));
    setVisible(!waves.isEmpty());
    arrange();
}

void WaveStrip::arrange() {
    const int count = int(m_buttons.size());
    const int room = std::clamp(width() / leastWidth, 1, std::max(1, count));
    const int first = std::clamp(m_current - room / 2, 0, count - std::min(room, count));
    for (int i = 0; i < count; ++i)
        m_buttons[i]->setVisible(i >= first && i < first + room);
    m_label->setText(room < count
                         ? tr("Waves %1–%2 of %3").arg(first + 1).arg(first + room).arg(count)
                         : tr("Waves"));
}

void WaveStrip::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

void WaveStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), colour(Colour::Surface));
    painter.fillRect(QRect(0, height() - 1, width(), 1), colour(Colour::Line));
}

} // namespace ui
