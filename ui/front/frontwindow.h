// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/front/frontfont.h"
#include "ui/front/lastseen.h"

#include <QWidget>

#include <memory>
#include <vector>

namespace ui {

/// What was seen last, in the place of the window, until the window itself is painted: every
/// environment with its services, the worst first, how each stood and how long ago that was. It
/// takes no input. Main thread.
class FrontWindow final : public QWidget {
    Q_OBJECT

public:
    /// Nothing where the font cannot be read, or has no glyph for a name: better no front than one
    /// with holes.
    [[nodiscard]] static std::unique_ptr<FrontWindow> make(const LastSeen& seen);

Q_SIGNALS:
    void painted();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Fonts {
        FrontFont quiet;
        FrontFont body;
        FrontFont strong;
        FrontFont title;
    };

    FrontWindow(const LastSeen& seen, Fonts fonts);

    [[nodiscard]] QColor colourOf(Colour token) const { return tokenColour(token, m_scheme); }
    /// An environment, in the order of the dashboard.
    struct Card {
        QString workspace;
        SeenEnvironment environment;
    };

    [[nodiscard]] int scaled(int pixels) const;
    [[nodiscard]] int heightOf(const Card& card, int rows) const;
    /// Of the cards from first on that stand in one line.
    [[nodiscard]] int heightOfLine(std::size_t first, std::size_t end, int rows) const;
    /// How many services a card may have, for all cards to have room in this height.
    [[nodiscard]] int rowsWithRoom(std::size_t across, int room) const;
    void paintHead(QPainter& painter, const QRect& rect, std::size_t without) const;
    void paintCard(QPainter& painter, const QRect& rect, const Card& card, int rows) const;
    void paintService(QPainter& painter, const QRect& rect, const SeenService& service) const;
    void paintSign(QPainter& painter, const QRectF& rect, models::HealthState state) const;
    /// Returns the width that it took.
    qreal paintText(QPainter& painter, const QRect& rect, const FrontFont& font, Colour token,
                    const QString& text) const;

    const Scheme m_scheme;
    const int m_fontSize;
    const models::Instant m_now; ///< it is here for a moment
    const Fonts m_fonts;
    std::vector<Card> m_cards;
    bool m_isPainted = false;
};

} // namespace ui
