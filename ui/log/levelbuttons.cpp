// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/levelbuttons.h"

#include "ui/log/levelsign.h"

#include <QIconEngine>
#include <QKeySequence>
#include <QPainter>
#include <QToolButton>

namespace ui {

namespace {

using models::LevelSet;
using models::LogLevel;

constexpr LevelSet setOf(LogLevel level) {
    return static_cast<LevelSet>(1U << static_cast<unsigned>(level));
}

/// Painted anew each time, so that it follows the theme.
class LevelIcon final : public QIconEngine {
public:
    explicit LevelIcon(LogLevel level)
        : m_level(level) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode, QIcon::State) override {
        QRectF sign(0, 0, levelSignSize, levelSignSize);
        sign.moveCenter(QRectF(rect).center());
        paintLevel(*painter, sign, m_level);
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }
    [[nodiscard]] QIconEngine* clone() const override { return new LevelIcon(m_level); }

private:
    LogLevel m_level;
};

} // namespace

LevelButtons::LevelButtons(QObject* parent)
    : QObject(parent) {
    add(tr("Error"), LogLevel::Error, setOf(LogLevel::Error) | setOf(LogLevel::Fatal));
    add(tr("Warning"), LogLevel::Warning, setOf(LogLevel::Warning));
    add(tr("Info"), LogLevel::Info, setOf(LogLevel::Info) | setOf(LogLevel::Notice));
    add(tr("Debug"), LogLevel::Debug, setOf(LogLevel::Debug) | setOf(LogLevel::Trace));
    add(tr("No level"), LogLevel::None, setOf(LogLevel::None));
    setLevels(models::allLevels);
}

void LevelButtons::add(const QString& word, LogLevel sign, LevelSet levels) {
    auto* button = new QToolButton;
    button->setObjectName(QStringLiteral("level%1").arg(m_buttons.size() + 1));
    button->setText(word);
    if (sign != LogLevel::None) {
        button->setIcon(QIcon(new LevelIcon(sign)));
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    }
    button->setCheckable(true);
    const QKeySequence keys(Qt::ALT | static_cast<Qt::Key>(Qt::Key_1 + m_buttons.size()));
    button->setShortcut(keys);
    button->setToolTip(
        tr("Show lines of this level (%1)").arg(keys.toString(QKeySequence::NativeText)));
    m_buttons.append({button, levels});
    connect(button, &QToolButton::clicked, this, [this, levels] { toggle(levels); });
}

QList<QToolButton*> LevelButtons::buttons() const {
    QList<QToolButton*> all;
    for (const Button& each : m_buttons)
        all.append(each.button);
    return all;
}

void LevelButtons::setLevels(LevelSet levels) {
    m_levels = levels;
    for (const Button& each : std::as_const(m_buttons))
        each.button->setChecked(levels != models::allLevels && (levels & each.levels) != 0);
}

void LevelButtons::toggle(LevelSet levels) {
    const LevelSet before = m_levels == models::allLevels ? LevelSet(0) : m_levels;
    const bool isOn = (before & levels) != 0;
    const auto after = static_cast<LevelSet>(isOn ? before & ~levels : before | levels);
    setLevels(after == 0 ? models::allLevels : after);
    Q_EMIT chosen(m_levels);
}

} // namespace ui
