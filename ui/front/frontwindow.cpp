// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/front/frontwindow.h"

#include "ui/theme/agewords.h"
#include "ui/theme/clock.h"
#include "ui/theme/statewords.h"

#include <QPainter>
#include <QTimer>

#include <algorithm>
#include <cmath>
#include <utility>

namespace ui {

using models::HealthState;
using models::Instant;

namespace {

constexpr int bodySize = 13; ///< what the other sizes are given beside
constexpr int quietSize = 11;
constexpr int titleSize = 20;
constexpr int pageHead = 56;
constexpr int cardHead = 40;
constexpr int rowHeight = 26;
constexpr int leastCard = 290;
constexpr int lineHeight = 3; ///< of a protected environment
constexpr qreal signStroke = 1.6;
constexpr int octagonCorners = 8;
constexpr int rowsMost = 40; ///< of a card

bool canShow(const LastSeen& seen, const FrontFont& font) {
    const auto canShowAll = [&font](const auto& named) {
        return std::all_of(named.begin(), named.end(),
                           [&font](const auto& each) { return font.canShow(each.name); });
    };
    return canShowAll(seen.workspaces) &&
           std::all_of(seen.workspaces.begin(), seen.workspaces.end(), [&](const auto& workspace) {
               return canShowAll(workspace.environments) &&
                      std::all_of(workspace.environments.begin(), workspace.environments.end(),
                                  [&](const auto& each) { return canShowAll(each.services); });
           });
}

int countOf(const SeenEnvironment& environment) {
    return static_cast<int>(environment.services.size());
}

/// Of so many rows; a single one more stands where it would be counted.
int shownOf(const SeenEnvironment& environment, int rows) {
    const int services = countOf(environment);
    return services == rows + 1 ? services : std::min(services, rows);
}

QPolygonF octagonIn(const QRectF& rect) {
    QPolygonF octagon;
    for (int corner = 0; corner < octagonCorners; ++corner) {
        const double angle = (corner + 0.5) * 2 * M_PI / octagonCorners;
        octagon.append(rect.center() +
                       QPointF(std::cos(angle), std::sin(angle)) * (rect.width() / 2));
    }
    return octagon;
}

} // namespace

std::unique_ptr<FrontWindow> FrontWindow::make(const LastSeen& seen) {
    const auto sized = [&seen](int size) { return size * seen.fontSize / bodySize; };
    const std::optional<FrontFont> body = FrontFont::load(seen.font, sized(bodySize));
    const std::optional<FrontFont> strong = FrontFont::load(seen.strongFont, sized(bodySize));
    if (!body || !strong || !canShow(seen, *body) || !canShow(seen, *strong))
        return nullptr;
    return std::unique_ptr<FrontWindow>(new FrontWindow(
        seen, {body->at(sized(quietSize)), *body, *strong, strong->at(sized(titleSize))}));
}

FrontWindow::FrontWindow(const LastSeen& seen, Fonts fonts)
    : QWidget(nullptr, Qt::SplashScreen | Qt::FramelessWindowHint)
    , m_scheme(seen.scheme)
    , m_fontSize(seen.fontSize)
    , m_now(presentInstant())
    , m_fonts(std::move(fonts)) {
    setObjectName(QStringLiteral("front"));
    setWindowTitle(QStringLiteral("Gantry"));
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAttribute(Qt::WA_ShowWithoutActivating);
    setGeometry(seen.geometry);
    for (const SeenWorkspace& workspace : seen.workspaces) {
        for (const SeenEnvironment& environment : workspace.environments) {
            m_cards.push_back({workspace.name, environment});
            // Time has made some of them stale.
            std::vector<SeenService>& services = m_cards.back().environment.services;
            std::stable_sort(services.begin(), services.end(),
                             [this](const SeenService& one, const SeenService& other) {
                                 return one.stateAt(m_now) < other.stateAt(m_now);
                             });
        }
    }
}

int FrontWindow::scaled(int pixels) const {
    return pixels * m_fontSize / bodySize;
}

int FrontWindow::heightOf(const Card& card, int rows) const {
    const int shown = shownOf(card.environment, rows);
    const bool hasMore = shown < countOf(card.environment);
    return scaled(cardHead) + (shown + (hasMore ? 1 : 0)) * scaled(rowHeight) + space::s;
}

int FrontWindow::heightOfLine(std::size_t first, std::size_t end, int rows) const {
    int tallest = 0;
    for (std::size_t i = first; i < std::min(end, m_cards.size()); ++i)
        tallest = std::max(tallest, heightOf(m_cards[i], rows));
    return tallest;
}

int FrontWindow::rowsWithRoom(std::size_t across, int room) const {
    const auto heightOfAll = [&](int rows) {
        int height = 0;
        for (std::size_t i = 0; i < m_cards.size(); i += across)
            height += heightOfLine(i, i + across, rows) + space::m;
        return height - space::m;
    };
    int rows = rowsMost;
    while (rows > 0 && heightOfAll(rows) > room)
        --rows;
    return rows;
}

void FrontWindow::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), colourOf(Colour::Window));
    const QRect head = rect().adjusted(space::xl, space::l, -space::xl, 0);
    const QRect all =
        rect().adjusted(space::xl, space::l + scaled(pageHead), -space::xl, -space::l);
    const int across = std::max(1, all.width() / scaled(leastCard));
    const auto step = static_cast<std::size_t>(across);
    const int rows = rowsWithRoom(step, all.height());
    const int width = (all.width() - (across - 1) * space::m) / across;
    int top = all.top();
    std::size_t next = 0;
    while (next < m_cards.size()) {
        const int line = heightOfLine(next, next + step, rows);
        if (top + line > all.bottom() + 1)
            break;
        for (int place = 0; place < across && next < m_cards.size(); ++place, ++next) {
            paintCard(painter,
                      {all.left() + place * (width + space::m), top, width,
                       heightOf(m_cards[next], rows)},
                      m_cards[next], rows);
        }
        top += line + space::m;
    }
    paintHead(painter, {head.left(), head.top(), head.width(), scaled(pageHead) - space::s},
              m_cards.size() - next);
    if (!std::exchange(m_isPainted, true))
        QTimer::singleShot(0, this, &FrontWindow::painted); // it is on the screen by then
}

/// without: so many environments have no room.
void FrontWindow::paintHead(QPainter& painter, const QRect& rect, std::size_t without) const {
    const qreal taken =
        paintText(painter, rect, m_fonts.title, Colour::Text, tr("Environments")) + space::l;
    const QString words =
        without == 0 ? tr("As they were seen last. Gantry is opening…")
                     : tr("As they were seen last; %1 more have no room here").arg(without);
    paintText(painter, rect.adjusted(static_cast<int>(taken), 0, 0, 0), m_fonts.body, Colour::Quiet,
              words);
}

void FrontWindow::paintCard(QPainter& painter, const QRect& rect, const Card& card,
                            int rows) const {
    painter.setPen(colourOf(Colour::Line));
    painter.setBrush(colourOf(Colour::Surface));
    painter.drawRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5));
    if (card.environment.line.isValid())
        painter.fillRect(rect.left(), rect.top(), rect.width(), lineHeight, card.environment.line);

    const std::vector<SeenService>& services = card.environment.services;
    const QRect inner = rect.adjusted(space::m, 0, -space::m, 0);
    QRect head(inner.left(), inner.top(), inner.width(), scaled(cardHead));
    const bool isKnown = !services.empty();
    const HealthState worst = isKnown ? services.front().stateAt(m_now) : HealthState::Unchecked;
    if (isKnown)
        paintSign(painter, QRectF(head.left(), head.top(), measure::glyph, head.height()), worst);
    head.setLeft(head.left() + measure::glyph + space::s);
    const auto paintPart = [&](const FrontFont& font, Colour token, const QString& text) {
        const qreal taken = paintText(painter, head, font, token, text);
        head.setLeft(head.left() + static_cast<int>(taken) + space::s);
    };
    paintPart(m_fonts.body, Colour::Quiet, card.workspace);
    paintPart(m_fonts.strong, Colour::Text,
              card.environment.line.isValid() ? tr("%1 (protected)").arg(card.environment.name)
                                              : card.environment.name);
    paintPart(m_fonts.body, isKnown ? stateTone(worst) : Colour::Quiet,
              isKnown ? stateWord(worst) : tr("Nothing is probed"));

    QRect line(inner.left(), inner.top() + scaled(cardHead), inner.width(), scaled(rowHeight));
    const auto shown = static_cast<std::size_t>(shownOf(card.environment, rows));
    models::Instant oldest;
    for (std::size_t i = 0; i < services.size(); ++i) {
        if (i < shown) {
            paintService(painter, line, services[i]);
            line.translate(0, line.height());
        } else if (oldest.isNull() || services[i].at < oldest) {
            oldest = services[i].at;
        }
    }
    const int more = countOf(card.environment) - static_cast<int>(shown);
    if (more == 0)
        return;
    QString words = shown == 0 ? tr("Services: %1").arg(more) : tr("%1 more").arg(more);
    if (!oldest.isNull())
        words += QStringLiteral(" · ") + tr("oldest figure %1").arg(formatAge(oldest, m_now));
    paintText(painter, line.adjusted(measure::glyph + space::s, 0, 0, 0), m_fonts.quiet,
              Colour::Quiet, words);
}

void FrontWindow::paintService(QPainter& painter, const QRect& rect,
                               const SeenService& service) const {
    const HealthState state = service.stateAt(m_now);
    paintSign(painter, QRectF(rect.left(), rect.top(), measure::glyph, rect.height()), state);
    QString words = stateWord(state);
    if (!service.at.isNull())
        words += QStringLiteral(" · ") + formatAge(service.at, m_now);
    const int width = static_cast<int>(std::ceil(m_fonts.quiet.widthOf(words)));
    paintText(painter, {rect.right() - width, rect.top(), width + 1, rect.height()}, m_fonts.quiet,
              stateTone(state), words);
    paintText(painter, rect.adjusted(measure::glyph + space::s, 0, -width - space::s, 0),
              m_fonts.body, Colour::Text, service.name);
}

/// Shapes differ as colours do, as those of the window do.
void FrontWindow::paintSign(QPainter& painter, const QRectF& rect, HealthState state) const {
    const QColor tone = colourOf(stateTone(state));
    const QColor inside = colourOf(Colour::Surface);
    const qreal side = measure::glyph - 2;
    const QRectF box(rect.center() - QPointF(side / 2, side / 2), QSizeF(side, side));
    const auto at = [&box](qreal x, qreal y) {
        return QPointF(box.left() + x * box.width(), box.top() + y * box.height());
    };
    const QPen mark(inside, signStroke, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tone);
    switch (state) {
    case HealthState::Passing:
        painter.drawEllipse(box);
        painter.setPen(mark);
        painter.setBrush(Qt::NoBrush);
        painter.drawPolyline(QPolygonF{at(0.28, 0.52), at(0.44, 0.68), at(0.72, 0.36)});
        return;
    case HealthState::Failing:
        painter.drawPolygon(octagonIn(box));
        painter.setPen(mark);
        painter.drawLine(at(0.34, 0.34), at(0.66, 0.66));
        painter.drawLine(at(0.66, 0.34), at(0.34, 0.66));
        return;
    case HealthState::Warning:
        painter.drawPolygon(QPolygonF{at(0.5, 0), at(1, 0.95), at(0, 0.95)});
        painter.setPen(mark);
        painter.drawLine(at(0.5, 0.38), at(0.5, 0.6));
        painter.drawPoint(at(0.5, 0.78));
        return;
    case HealthState::Stale:
    case HealthState::Unknown:
    case HealthState::Wavering:
    case HealthState::Unchecked:
    case HealthState::Maintenance:
        break;
    }
    const bool isBroken = state == HealthState::Unknown || state == HealthState::Stale;
    painter.setPen(QPen(tone, signStroke, isBroken ? Qt::DotLine : Qt::SolidLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(box.adjusted(1, 1, -1, -1));
    if (state == HealthState::Stale)
        painter.drawPolyline(QPolygonF{at(0.5, 0.28), at(0.5, 0.52), at(0.68, 0.62)});
}

qreal FrontWindow::paintText(QPainter& painter, const QRect& rect, const FrontFont& font,
                             Colour token, const QString& text) const {
    const QString shown = font.elided(text, rect.width());
    const qreal height = font.ascent() + font.descent();
    painter.setPen(colourOf(token));
    font.draw(
        painter,
        {qreal(rect.left()), std::round(rect.top() + (rect.height() - height) / 2 + font.ascent())},
        shown);
    return font.widthOf(shown);
}

} // namespace ui
