// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/runbody.h"

#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/splitpane.h"
#include "ui/widgets/textlabel.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

constexpr int drawerWidth = 480;
constexpr int leastBeside = 120; ///< of the steps that stay to be seen

/// What floats: its left edge is a line.
class Drawer final : public QWidget {
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.fillRect(rect(), colour(Colour::Surface));
        painter.fillRect(QRect(0, 0, 1, height()), colour(Colour::Line));
    }
};

} // namespace

RunBody::RunBody(QWidget* left, QWidget* middle, QWidget* right, QWidget* parent)
    : QWidget(parent)
    , m_panes(new SplitPane(Qt::Horizontal, QStringLiteral("run"), this))
    , m_right(right)
    , m_drawer(new Drawer(this))
    , m_drawerHead(new QWidget) {
    m_panes->addWidget(left);
    m_panes->addWidget(middle);
    m_panes->addWidget(right);
    m_panes->setStretchFactor(0, 0);
    m_panes->setStretchFactor(1, 1);
    m_panes->setStretchFactor(2, 0);
    m_panes->setChildrenCollapsible(false);
    m_panes->restoreSizes({240, 716, 420});

    auto* close = new QToolButton;
    close->setIcon(icon(QStringLiteral("window-close"), Colour::Quiet));
    close->setToolTip(tr("Put details away (Esc)"));
    close->setAccessibleName(tr("Put details away"));
    connect(close, &QToolButton::clicked, this, &RunBody::closeDrawer);
    auto* head = new QHBoxLayout(m_drawerHead);
    head->setContentsMargins(space::l, space::xs, space::xs, 0);
    head->addWidget(new TextLabel(tr("Details"), TextRole::Quiet, Colour::Quiet), 1);
    head->addWidget(close);
    auto* column = new QVBoxLayout(m_drawer);
    column->setContentsMargins(1, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_drawerHead);
    m_drawer->hide();
    m_drawer->installEventFilter(this);
    m_motion.setTargetObject(m_drawer);
    m_motion.setPropertyName("geometry");
    m_motion.setDuration(measure::paneMotionMs);
    connect(&m_motion, &QPropertyAnimation::finished, this,
            [this] { m_drawer->setVisible(m_isOpen); });
}

QRect RunBody::drawerRect(bool isOpen) const {
    const int wide = std::min(drawerWidth, std::max(0, width() - leastBeside));
    return {isOpen ? width() - wide : width(), 0, wide, height()};
}

void RunBody::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

void RunBody::arrange() {
    m_panes->setGeometry(rect());
    const bool isNarrow = width() < wideFrom;
    if (isNarrow != m_isNarrow) {
        m_isNarrow = isNarrow;
        if (isNarrow) {
            m_drawer->layout()->addWidget(m_right);
            m_right->show();
        } else {
            m_isOpen = false;
            m_drawer->hide();
            m_panes->addWidget(m_right);
            m_panes->setSizes({240, width() - 240 - 420, 420});
        }
        Q_EMIT narrowChanged();
        Q_EMIT detailShownChanged();
    }
    m_motion.stop();
    m_drawer->setGeometry(drawerRect(m_isOpen));
    m_drawer->setVisible(m_isNarrow && m_isOpen);
    m_drawer->raise();
}

void RunBody::openDrawer() {
    if (m_isNarrow && !m_isOpen)
        slide(true);
}

void RunBody::closeDrawer() {
    if (m_isNarrow && m_isOpen)
        slide(false);
}

void RunBody::slide(bool in) {
    m_isOpen = in;
    if (!in && m_drawer->isAncestorOf(QApplication::focusWidget()))
        m_panes->widget(1)->setFocus();
    m_motion.stop();
    m_drawer->raise();
    m_drawer->show();
    if (Theme::instance().reducedMotion()) {
        m_drawer->setGeometry(drawerRect(in));
        m_drawer->setVisible(in);
    } else {
        m_motion.setStartValue(drawerRect(!in));
        m_motion.setEndValue(drawerRect(in));
        m_motion.start();
    }
    Q_EMIT detailShownChanged();
}

bool RunBody::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_drawer && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        closeDrawer();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace ui
