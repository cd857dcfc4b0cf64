// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/savedfilterspanel.h"

#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/rowpaint.h"
#include "ui/widgets/textlabel.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QScreen>
#include <QStyledItemDelegate>

#include <algorithm>

namespace ui {

namespace {

constexpr int panelWidth = 420;
constexpr int listHeight = 220;

/// Its name over its text, or over what is wrong with that.
class SavedFilterDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        painter->save();
        rowpaint::ground(*painter, option);
        const QString error = index.data(SavedFilters::ErrorRole).toString();
        rowpaint::twoLines(*painter, option.rect.adjusted(space::m, 0, -space::m, 0),
                           index.data().toString(),
                           error.isEmpty() ? index.data(SavedFilters::TextRole).toString() : error,
                           error.isEmpty() ? Colour::Quiet : Colour::Fail);
        painter->restore();
    }
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {panelWidth / 2, rowpaint::twoLineHeight()};
    }
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex&) const override {
        QRect rect = option.rect.adjusted(space::s, 0, -space::s, 0);
        const int tall = editor->sizeHint().height();
        rect.adjust(0, (rect.height() - tall) / 2, 0, 0);
        rect.setHeight(tall);
        editor->setGeometry(rect);
    }
};

} // namespace

SavedFiltersPanel::SavedFiltersPanel(SavedFilters& filters, QWidget* parent)
    : QFrame(parent, Qt::Popup)
    , m_filters(filters)
    , m_nothing(new TextLabel(tr("Filters that you save are listed here. They stay when Gantry is "
                                 "closed."),
                              TextRole::Body, Colour::Quiet))
    , m_list(new QListView)
    , m_apply(new ActionButton(tr("Apply filter")))
    , m_rename(new ActionButton(tr("Rename filter")))
    , m_delete(new ActionButton(tr("Delete filter")))
    , m_deleted(new TextLabel({}, TextRole::Quiet, Colour::Quiet))
    , m_undo(new ActionButton(tr("Undo"), ButtonKind::Quiet))
    , m_name(new QLineEdit)
    , m_save(new ActionButton(tr("Save filter"))) {
    setObjectName(QStringLiteral("savedFilters"));
    setAccessibleName(tr("Saved filters"));
    setFrameShape(QFrame::StyledPanel);
    m_nothing->setWordWrap(true);
    m_list->setObjectName(QStringLiteral("savedFilterList"));
    m_list->setAccessibleName(tr("Saved filters"));
    m_list->setModel(&m_filters);
    m_list->setItemDelegate(new SavedFilterDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setFixedHeight(listHeight);
    m_list->setEditTriggers(QAbstractItemView::EditKeyPressed);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->installEventFilter(this);
    m_name->setObjectName(QStringLiteral("savedFilterName"));
    m_name->setPlaceholderText(tr("Name for the present filter"));
    m_name->setAccessibleName(m_name->placeholderText());
    m_rename->setToolTip(QStringLiteral("F2"));
    m_delete->setToolTip(QKeySequence(Qt::Key_Delete).toString(QKeySequence::NativeText));
    build();
    connect(m_list, &QListView::doubleClicked, this, &SavedFiltersPanel::applyCurrent);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &SavedFiltersPanel::settle);
    connect(&m_filters, &SavedFilters::dataChanged, this, &SavedFiltersPanel::settle);
    connect(m_apply, &ActionButton::clicked, this, &SavedFiltersPanel::applyCurrent);
    connect(m_rename, &ActionButton::clicked, this,
            [this] { m_list->edit(m_list->currentIndex()); });
    connect(m_delete, &ActionButton::clicked, this, &SavedFiltersPanel::removeCurrent);
    connect(m_undo, &ActionButton::clicked, this, &SavedFiltersPanel::undo);
    connect(m_name, &QLineEdit::textChanged, this, &SavedFiltersPanel::settle);
    connect(m_name, &QLineEdit::returnPressed, this, &SavedFiltersPanel::save);
    connect(m_save, &ActionButton::clicked, this, &SavedFiltersPanel::save);
}

void SavedFiltersPanel::build() {
    const auto row = [](std::initializer_list<QWidget*> widgets) {
        auto* made = new QHBoxLayout;
        made->setSpacing(space::s);
        for (QWidget* widget : widgets)
            made->addWidget(widget);
        return made;
    };
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::m, space::m, space::m, space::m);
    column->setSpacing(space::s);
    column->addWidget(m_nothing);
    column->addWidget(m_list);
    QHBoxLayout* acts = row({m_apply, m_rename, m_delete});
    acts->addStretch(1);
    column->addLayout(acts);
    QHBoxLayout* removed = row({m_deleted, m_undo});
    removed->setStretch(0, 1);
    column->addLayout(removed);
    QHBoxLayout* saving = row({m_name, m_save});
    saving->setStretch(0, 1);
    column->addLayout(saving);
    setFixedWidth(panelWidth);
}

void SavedFiltersPanel::openBelow(const QWidget& button, const models::LogFilter& present) {
    m_present = present;
    m_removed.reset();
    m_name->clear();
    if (!m_list->currentIndex().isValid())
        m_list->setCurrentIndex(m_filters.index(0));
    settle();
    adjustSize();
    const QRect screen = button.screen()->availableGeometry();
    QPoint at = button.mapToGlobal(QPoint(0, button.height() + 2));
    at.setX(std::clamp(at.x(), screen.left(), std::max(screen.left(), screen.right() - width())));
    move(at);
    show();
    if (m_filters.rowCount() > 0)
        m_list->setFocus();
    else
        m_name->setFocus();
}

void SavedFiltersPanel::openToSave(const QWidget& button, const models::LogFilter& present) {
    openBelow(button, present);
    m_name->setFocus();
}

void SavedFiltersPanel::settle() {
    const bool isAny = m_filters.rowCount() > 0;
    m_nothing->setVisible(!isAny);
    m_list->setVisible(isAny);
    for (ActionButton* button : {m_apply, m_rename, m_delete}) {
        button->setVisible(isAny);
        button->setEnabled(m_list->currentIndex().isValid());
    }
    m_deleted->setVisible(m_removed.has_value());
    m_undo->setVisible(m_removed.has_value());
    if (m_removed)
        m_deleted->setText(tr("\"%1\" is deleted.").arg(m_removed->second.name));
    const QString name = m_name->text().trimmed();
    m_save->setText(m_filters.indexOf(name) < 0 ? tr("Save filter") : tr("Replace filter"));
    m_save->setEnabled(!name.isEmpty() && m_present != models::LogFilter());
    m_save->setToolTip(m_present == models::LogFilter() ? tr("There is no filter to be saved")
                                                        : plainToolTip(m_present.toString()));
    adjustSize();
}

void SavedFiltersPanel::save() {
    const QString name = m_name->text().trimmed();
    if (!m_save->isEnabled())
        return;
    m_filters.save(name, m_present);
    m_list->setCurrentIndex(m_filters.index(m_filters.indexOf(name)));
    m_name->clear();
    m_list->setFocus();
}

void SavedFiltersPanel::applyCurrent() {
    const QModelIndex current = m_list->currentIndex();
    if (!current.isValid())
        return;
    hide();
    Q_EMIT chosen(current.data(SavedFilters::TextRole).toString());
}

void SavedFiltersPanel::removeCurrent() {
    const QModelIndex current = m_list->currentIndex();
    if (!current.isValid())
        return;
    m_removed = {current.row(), m_filters.all()[current.row()]};
    m_filters.remove(current.row());
    settle();
}

void SavedFiltersPanel::undo() {
    if (!m_removed)
        return;
    const auto [row, entry] = *std::exchange(m_removed, std::nullopt);
    m_filters.restore(row, entry);
    m_list->setCurrentIndex(m_filters.index(row));
    settle();
    m_list->setFocus();
}

bool SavedFiltersPanel::eventFilter(QObject* watched, QEvent* event) {
    // A key that the field of a new name leaves comes here as well.
    if (watched == m_list && event->type() == QEvent::KeyPress && m_list->hasFocus()) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            applyCurrent();
            return true;
        }
        if (key == Qt::Key_Delete) {
            removeCurrent();
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace ui
