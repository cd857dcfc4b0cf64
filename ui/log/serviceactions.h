// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/environment/service.h"
#include "ui/widgets/paletteentry.h"

#include <QWidget>

#include <optional>

class QMenu;

namespace ui {

class FlowLayout;
class TextLabel;

/// What can be done to the service that is chosen: a button for each action that the workspace
/// names a command for, and which keys would bring the others.
class ServiceActions final : public QWidget {
    Q_OBJECT

public:
    explicit ServiceActions(QWidget* parent = nullptr);

    /// Nothing: what is chosen belongs to no service.
    void showService(const std::optional<models::Service>& service);
    /// The same as entries of a menu.
    void fill(QMenu& menu);

    /// "Restart portal…".
    [[nodiscard]] static QString titleOf(models::ServiceActionKind kind, const QString& service);

Q_SIGNALS:
    void requested(const QString& service, models::ServiceActionKind kind);

private:
    [[nodiscard]] QString hint() const;
    void clear();

    std::optional<models::Service> m_service;
    FlowLayout* m_buttons;
    TextLabel* m_hint;
};

} // namespace ui
