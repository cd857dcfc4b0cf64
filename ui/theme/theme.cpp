// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include "ui/theme/desktopscheme.h"
#include "ui/theme/preferences.h"
#include "ui/theme/style.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFontDatabase>
#include <QIcon>
#include <QPixmapCache>
#include <QPointer>

#include <algorithm>
#include <cmath>

namespace ui {

namespace {

constexpr int smallestFont = 11;
constexpr int largestFont = 20;
constexpr int baseFont = 13;
constexpr qreal ordinaryPointSize = 10.0;
constexpr int turnMs = 1200;
constexpr qreal markStrength = 0.3;

QString settingKey(const char* key) {
    return QStringLiteral("appearance/") + QLatin1String(key);
}

template <class Enum>
Enum readChoice(const Preferences& settings, const char* key, Enum fallback, Enum last) {
    const int value = settings.value(settingKey(key), static_cast<int>(fallback)).toInt();
    return value < 0 || value > static_cast<int>(last) ? fallback : static_cast<Enum>(value);
}

int baseSize(TextRole role) {
    switch (role) {
    case TextRole::Quiet:
        return 11;
    case TextRole::Body:
        return 13;
    case TextRole::Title:
        return 15;
    case TextRole::PageTitle:
        return 20;
    case TextRole::Mono:
        return 12;
    }
    return baseFont;
}

void setRole(QPalette& palette, QPalette::ColorRole role, const QColor& colour,
             const QColor& disabled) {
    palette.setColor(QPalette::Active, role, colour);
    palette.setColor(QPalette::Inactive, role, colour);
    palette.setColor(QPalette::Disabled, role, disabled);
}

} // namespace

Theme& Theme::instance() {
    // A child of the application, so that it ends with the fonts and pixmaps that it hands out.
    static QPointer<Theme> theme;
    if (theme.isNull()) {
        theme = new Theme;
        theme->setParent(QCoreApplication::instance());
    }
    return *theme;
}

Theme::Theme()
    : m_desktop(std::make_unique<DesktopScheme>()) {
    // The desktop's own scale: what is set larger there is larger here.
    m_fontScale = std::max(1.0, QFontDatabase::systemFont(QFontDatabase::GeneralFont).pointSizeF() /
                                    ordinaryPointSize);
    load();
    connect(m_desktop.get(), &DesktopScheme::schemeChanged, this, &Theme::settle);
}

Theme::~Theme() = default;

void Theme::load() {
    const Preferences& settings = Preferences::instance();
    m_choice = readChoice(settings, "theme", ThemeChoice::Desktop, ThemeChoice::Dark);
    m_density = readChoice(settings, "density", Density::Comfortable, Density::Dense);
    m_time = readChoice(settings, "time", TimeDisplay::Utc, TimeDisplay::Local);
    m_motion = readChoice(settings, "motion", Motion::Full, Motion::Reduced);
    m_fontSize = std::clamp(settings.value(settingKey("fontSize"), baseFont).toInt(), smallestFont,
                            largestFont);
    settle();
}

void Theme::store(const char* key, const QVariant& value) {
    Preferences::instance().setValue(settingKey(key), value);
}

void Theme::settle() {
    const QString forced = qEnvironmentVariable("GANTRY_THEME");
    if (forced == QLatin1String("dark"))
        m_scheme = Scheme::Dark;
    else if (forced == QLatin1String("light"))
        m_scheme = Scheme::Light;
    else if (m_choice == ThemeChoice::Desktop)
        m_scheme = m_desktop->scheme();
    else
        m_scheme = m_choice == ThemeChoice::Dark ? Scheme::Dark : Scheme::Light;
    if (m_installed) {
        QPixmapCache::clear();
        QApplication::setPalette(palette());
        QApplication::setFont(font(TextRole::Body));
    }
    Q_EMIT changed();
}

void Theme::install(QApplication& application) {
    Q_UNUSED(application)
    if (m_installed)
        return;
    m_installed = true;
    // A desktop without an icon theme of its own still gets whole icons.
    if (QIcon::themeName().isEmpty() || QIcon::themeName() == QLatin1String("hicolor"))
        QIcon::setThemeName(QStringLiteral("breeze"));
    QIcon::setFallbackThemeName(QStringLiteral("breeze"));
    QApplication::setStyle(new Style);
    settle();
}

QPalette Theme::palette() const {
    const QColor text = colour(Colour::Text);
    const QColor faint = colour(Colour::Quiet); // what cannot be pressed now is read all the same
    QPalette palette;
    setRole(palette, QPalette::Window, colour(Colour::Window), colour(Colour::Window));
    setRole(palette, QPalette::WindowText, text, faint);
    setRole(palette, QPalette::Base, colour(Colour::Surface), colour(Colour::Window));
    setRole(palette, QPalette::AlternateBase, colour(Colour::Window), colour(Colour::Window));
    setRole(palette, QPalette::ToolTipBase, colour(Colour::Raised), colour(Colour::Raised));
    setRole(palette, QPalette::ToolTipText, text, text);
    setRole(palette, QPalette::PlaceholderText, colour(Colour::Quiet), faint);
    setRole(palette, QPalette::Text, text, faint);
    setRole(palette, QPalette::Button, colour(Colour::Surface), colour(Colour::Window));
    setRole(palette, QPalette::ButtonText, text, faint);
    setRole(palette, QPalette::BrightText, colour(Colour::OnAccent), faint);
    setRole(palette, QPalette::Link, colour(Colour::Accent), faint);
    setRole(palette, QPalette::LinkVisited, colour(Colour::Waiting), faint);
    // Marked text keeps its own colour; rows are painted by the style with Selection.
    const QColor marked = blend(colour(Colour::Surface), colour(Colour::Accent), markStrength);
    setRole(palette, QPalette::Highlight, marked, colour(Colour::Line));
    setRole(palette, QPalette::HighlightedText, text, faint);
    const QColor line = colour(Colour::Line);
    setRole(palette, QPalette::Light, colour(Colour::Raised), colour(Colour::Raised));
    setRole(palette, QPalette::Midlight, colour(Colour::Hover), colour(Colour::Hover));
    setRole(palette, QPalette::Mid, line, line);
    setRole(palette, QPalette::Dark, line, line);
    setRole(palette, QPalette::Shadow, line, line);
    return palette;
}

QFont Theme::font(TextRole role, Emphasis emphasis) const {
    QFont font = QFontDatabase::systemFont(role == TextRole::Mono ? QFontDatabase::FixedFont
                                                                  : QFontDatabase::GeneralFont);
    const qreal size = baseSize(role) * m_fontScale * m_fontSize / baseFont;
    font.setPixelSize(std::max(1, static_cast<int>(std::lround(size))));
    const bool strong =
        emphasis == Emphasis::Strong || role == TextRole::Title || role == TextRole::PageTitle;
    font.setWeight(strong ? QFont::DemiBold : QFont::Normal);
    return font;
}

int Theme::rowHeight() const {
    const int least = m_density == Density::Dense ? measure::denseRow : measure::row;
    const int padding = m_density == Density::Dense ? space::s : space::m;
    return std::max(least, font(TextRole::Body).pixelSize() + padding + space::xs);
}

int Theme::turnDegrees() const {
    if (reducedMotion())
        return 0;
    static const QElapsedTimer timer = [] {
        QElapsedTimer started;
        started.start();
        return started;
    }();
    return static_cast<int>(timer.elapsed() % turnMs * 360 / turnMs);
}

void Theme::setChoice(ThemeChoice choice) {
    m_choice = choice;
    store("theme", static_cast<int>(choice));
    settle();
}

void Theme::setDensity(Density density) {
    m_density = density;
    store("density", static_cast<int>(density));
    settle();
}

void Theme::setTimeDisplay(TimeDisplay display) {
    m_time = display;
    store("time", static_cast<int>(display));
    settle();
}

void Theme::setFontSize(int pixels) {
    m_fontSize = std::clamp(pixels, smallestFont, largestFont);
    store("fontSize", m_fontSize);
    settle();
}

void Theme::setMotion(Motion motion) {
    m_motion = motion;
    store("motion", static_cast<int>(motion));
    settle();
}

} // namespace ui
