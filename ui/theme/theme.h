// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QFont>
#include <QObject>
#include <QPalette>

#include <array>
#include <memory>

class QApplication;

namespace ui {

class DesktopScheme;

enum class TextRole {
    Quiet,     ///< 11 px
    Body,      ///< 13 px
    Title,     ///< 15 px, 600
    PageTitle, ///< 20 px, 600
    Mono,      ///< 12 px, the system's monospace: machines' words
};
enum class Emphasis { Normal, Strong };

enum class ThemeChoice { Desktop, Light, Dark };
enum class Density { Comfortable, Dense };
enum class TimeDisplay { Utc, Local };
enum class Motion { Full, Reduced };

/// How the window looks, and the settings behind it (kept in the preferences under "appearance/"). One a
/// QApplication, on its thread. The environment variable GANTRY_THEME (light, dark) wins over the
/// setting for as long as the process lives.
class Theme final : public QObject {
    Q_OBJECT

public:
    static Theme& instance();
    ~Theme() override;

    /// Sets style, palette, font and icon theme of the application and keeps them current.
    void install(QApplication& application);

    [[nodiscard]] Scheme scheme() const { return m_scheme; }
    [[nodiscard]] bool isDark() const { return m_scheme == Scheme::Dark; }
    [[nodiscard]] QColor colour(Colour colour) const { return tokenColour(colour, m_scheme); }
    [[nodiscard]] std::array<QColor, 16> ansi() const { return ansiColours(m_scheme); }
    [[nodiscard]] QPalette palette() const;
    [[nodiscard]] QFont font(TextRole role, Emphasis emphasis = Emphasis::Normal) const;
    /// Height of a list row at the present density and font size.
    [[nodiscard]] int rowHeight() const;
    [[nodiscard]] bool reducedMotion() const { return m_motion == Motion::Reduced; }
    /// Where a turning ring stands now, 0 to 359; always 0 where motion is reduced.
    [[nodiscard]] int turnDegrees() const;

    [[nodiscard]] ThemeChoice choice() const { return m_choice; }
    [[nodiscard]] Density density() const { return m_density; }
    [[nodiscard]] TimeDisplay timeDisplay() const { return m_time; }
    /// Of body text, in device-independent pixels, 11 to 20.
    [[nodiscard]] int fontSize() const { return m_fontSize; }

    void setChoice(ThemeChoice choice);
    void setDensity(Density density);
    void setTimeDisplay(TimeDisplay display);
    void setFontSize(int pixels);
    void setMotion(Motion motion);

Q_SIGNALS:
    /// Colours, fonts, sizes or formats differ from now on; the palette and font are already set.
    void changed();

private:
    Theme();

    void load();
    void settle();
    void store(const char* key, const QVariant& value);

    std::unique_ptr<DesktopScheme> m_desktop;
    Scheme m_scheme = Scheme::Light;
    ThemeChoice m_choice = ThemeChoice::Desktop;
    Density m_density = Density::Comfortable;
    TimeDisplay m_time = TimeDisplay::Utc;
    Motion m_motion = Motion::Full;
    int m_fontSize = 13;
    qreal m_fontScale = 1.0;
    bool m_installed = false;
};

/// Shorthands for what is written most.
[[nodiscard]] inline QColor colour(Colour token) {
    return Theme::instance().colour(token);
}
[[nodiscard]] inline QFont font(TextRole role, Emphasis emphasis = Emphasis::Normal) {
    return Theme::instance().font(role, emphasis);
}

} // namespace ui
