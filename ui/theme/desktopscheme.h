// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QObject>

class QDBusVariant;

namespace ui {

/// Whether the desktop is light or dark: asked of the settings portal (org.freedesktop.appearance,
/// key color-scheme, of XDG Desktop Portal) and followed from then on; before its answer, and where
/// there is none, read from the palette that the platform gave at start.
class DesktopScheme final : public QObject {
    Q_OBJECT

public:
    explicit DesktopScheme(QObject* parent = nullptr);

    [[nodiscard]] Scheme scheme() const { return m_scheme; }

Q_SIGNALS:
    void schemeChanged();

private Q_SLOTS:
    void onSettingChanged(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void ask();
    void take(uint preference);

    Scheme m_initial;
    Scheme m_scheme;
};

} // namespace ui
