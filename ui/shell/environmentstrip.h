// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/environment/workspace.h"

#include <QAbstractButton>
#include <QScrollArea>

class QButtonGroup;
class QHBoxLayout;

namespace ui {

/// The environments of a workspace side by side, in the order of promotion where one says where it
/// is promoted from; the chosen one carries the accent.
class EnvironmentStrip : public QScrollArea {
    Q_OBJECT

public:
    explicit EnvironmentStrip(QWidget* parent = nullptr);

    void setEnvironments(const QList<models::Environment>& environments, const QString& chosen);
    void setChosen(const QString& name);

Q_SIGNALS:
    void environmentChosen(const QString& name);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    /// Room for the scroll bar only where there is one.
    void settleHeight();

    QWidget* m_content;
    QHBoxLayout* m_layout;
    QButtonGroup* m_cards;
};

/// One environment of the strip.
class EnvironmentCard final : public QAbstractButton {
    Q_OBJECT

public:
    explicit EnvironmentCard(const models::Environment& environment, QWidget* parent = nullptr);

    [[nodiscard]] const QString& name() const { return m_environment.name; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QString about() const;

    models::Environment m_environment;
};

} // namespace ui
