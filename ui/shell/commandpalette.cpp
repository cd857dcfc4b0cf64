// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/commandpalette.h"

#include "ui/shell/palettedelegate.h"
#include "ui/shell/palettemodel.h"
#include "ui/theme/theme.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/textlabel.h"

#include <QApplication>
#include <QGraphicsDropShadowEffect>
#include <QKeyEvent>
#include <QListView>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

constexpr int widest = 640;
constexpr int highest = 420;
constexpr int pageRows = 8;
constexpr int leastRows = 2;

} // namespace

CommandPalette::CommandPalette(QWidget* window)
    : QFrame(window)
    , m_model(new PaletteModel(this))
    , m_field(new SearchField(tr("Search actions, runbooks and steps")))
    , m_list(new QListView)
    , m_nothing(new TextLabel(tr("Nothing has that name."), TextRole::Body, Colour::Quiet)) {
    setObjectName(QStringLiteral("commandPalette"));
    setAccessibleName(tr("Command palette"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PaletteDelegate(this));
    m_list->setUniformItemSizes(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setAccessibleName(tr("What fits"));
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->hide();

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::s, space::s, space::s, space::s);
    layout->setSpacing(space::s);
    layout->addWidget(m_field);
    layout->addWidget(m_nothing, 1);
    layout->addWidget(m_list, 1);

    auto* shadow = new QGraphicsDropShadowEffect(this);
    shadow->setBlurRadius(space::xl);
    shadow->setOffset(0, space::xs);
    shadow->setColor(shadowColour());
    setGraphicsEffect(shadow);

    connect(m_field, &QLineEdit::textChanged, this, [this](const QString& filter) {
        m_runsWhenFound = false;
        m_model->setFilter(filter);
    });
    connect(m_model, &PaletteModel::settled, this, &CommandPalette::showFound);
    connect(m_field, &SearchField::left, this, &CommandPalette::dismiss);
    connect(m_list, &QListView::clicked, this, &CommandPalette::runCurrent);
    m_field->installEventFilter(this);
    window->installEventFilter(this);
    hide();
}

void CommandPalette::openWith(const PaletteEntries& entries) {
    if (isVisible()) {
        dismiss();
        return;
    }
    m_before = QApplication::focusWidget();
    m_field->clear();
    m_model->setEntries(entries);
    show();
    raise();
    m_field->setFocus(Qt::ShortcutFocusReason);
}

void CommandPalette::dismiss() {
    if (!isVisible())
        return;
    const bool focused = isAncestorOf(QApplication::focusWidget());
    hide();
    if (focused && m_before != nullptr)
        m_before->setFocus(Qt::OtherFocusReason);
}

void CommandPalette::place() {
    const QWidget* window = parentWidget();
    const int width = std::min(widest, window->width() - 2 * space::xl);
    const int rows = std::max(m_model->rowCount(), leastRows) * Theme::instance().rowHeight();
    const int wanted = rows + m_field->sizeHint().height() + 3 * space::s + 2;
    const int height = std::min({wanted, highest, window->height() - 3 * space::xxl});
    setGeometry((window->width() - width) / 2, measure::topBar + space::xs, width, height);
}

void CommandPalette::showFound() {
    const bool any = m_model->rowCount() > 0;
    m_list->setVisible(any);
    m_nothing->setVisible(!any);
    m_list->setCurrentIndex(m_model->index(0));
    m_list->scrollToTop();
    place();
    if (std::exchange(m_runsWhenFound, false))
        runCurrent();
}

void CommandPalette::moveBy(int rows) {
    const int count = m_model->rowCount();
    if (count == 0)
        return;
    const int from = m_list->currentIndex().row();
    int to = from + rows;
    if (rows == 1 || rows == -1)
        to = (to + count) % count;
    m_list->setCurrentIndex(m_model->index(std::clamp(to, 0, count - 1)));
}

void CommandPalette::runCurrent() {
    if (m_model->isSearching()) {
        m_runsWhenFound = true; // what is in sight is not yet what was typed
        return;
    }
    const PaletteEntry* entry = m_model->entry(m_list->currentIndex());
    if (entry == nullptr)
        return;
    const std::function<void()> run = entry->run;
    dismiss();
    if (run)
        run();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        place();
    if (watched != m_field)
        return QFrame::eventFilter(watched, event);
    if (event->type() == QEvent::FocusOut && isVisible() &&
        static_cast<QFocusEvent*>(event)->reason() != Qt::ActiveWindowFocusReason &&
        static_cast<QFocusEvent*>(event)->reason() != Qt::PopupFocusReason) {
        hide();
        return false;
    }
    if (event->type() != QEvent::KeyPress)
        return false;
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Down:
        moveBy(1);
        return true;
    case Qt::Key_Up:
        moveBy(-1);
        return true;
    case Qt::Key_PageDown:
        moveBy(pageRows);
        return true;
    case Qt::Key_PageUp:
        moveBy(-pageRows);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        runCurrent();
        return true;
    case Qt::Key_Escape:
        dismiss();
        return true;
    case Qt::Key_Tab:
        return true; // there is nowhere else to go in here
    default:
        return false;
    }
}

void CommandPalette::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(colour(Colour::Line));
    painter.setBrush(colour(Colour::Raised));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius::card,
                            radius::card);
}

} // namespace ui
