// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/savedfilterspanel.h"

#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/rowlist.h"
#include "ui/widgets/textlabel.h"

#include <QHBoxLayout>
#include <QLineEdit>

namespace ui {

namespace {

constexpr int panelWidth = 420;

/// Its name over its text, or over what is wrong with that.
class SavedFilterDelegate final : public TwoLineDelegate {
public:
    using TwoLineDelegate::TwoLineDelegate;

protected:
    [[nodiscard]] std::pair<QString, Colour> below(const QModelIndex& index) const override {
        const QString error = index.data(SavedFilters::ErrorRole).toString();
        if (!error.isEmpty())
            return {error, Colour::Fail};
        return {index.data(SavedFilters::TextRole).toString(), Colour::Quiet};
    }
};

} // namespace

SavedFiltersPanel::SavedFiltersPanel(SavedFilters& filters, QWidget* parent)
    : ListPopup(tr("Saved filters"), filters, parent)
    , m_filters(filters)
    , m_nothing(new TextLabel(tr("Filters that you save are listed here. They stay when Gantry is "
                                 "closed."),
                              TextRole::Body, Colour::Quiet))
    , m_apply(new ActionButton(tr("Apply filter")))
    , m_rename(new ActionButton(tr("Rename filter")))
    , m_delete(new ActionButton(tr("Delete filter")))
    , m_deleted(new TextLabel({}, TextRole::Quiet, Colour::Quiet))
    , m_undo(new ActionButton(tr("Undo"), ButtonKind::Quiet))
    , m_name(new QLineEdit)
    , m_save(new ActionButton(tr("Save filter"))) {
    setObjectName(QStringLiteral("savedFilters"));
    m_nothing->setWordWrap(true);
    list().setObjectName(QStringLiteral("savedFilterList"));
    list().setItemDelegate(new SavedFilterDelegate(&list()));
    list().setEditTriggers(QAbstractItemView::EditKeyPressed);
    m_name->setObjectName(QStringLiteral("savedFilterName"));
    m_name->setPlaceholderText(tr("Name for the present filter"));
    m_name->setAccessibleName(m_name->placeholderText());
    m_rename->setToolTip(QStringLiteral("F2"));
    m_delete->setToolTip(QKeySequence(Qt::Key_Delete).toString(QKeySequence::NativeText));
    build();
    connect(&list(), &QListView::doubleClicked, this, &SavedFiltersPanel::chooseCurrent);
    connect(list().selectionModel(), &QItemSelectionModel::currentChanged, this,
            &SavedFiltersPanel::settle);
    connect(&m_filters, &SavedFilters::dataChanged, this, &SavedFiltersPanel::settle);
    connect(m_apply, &ActionButton::clicked, this, &SavedFiltersPanel::chooseCurrent);
    connect(m_rename, &ActionButton::clicked, this, [this] { list().edit(list().currentIndex()); });
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
    column->addWidget(&list());
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

void SavedFiltersPanel::open(const QWidget& button, const models::LogFilter& present) {
    m_present = present;
    m_removed.reset();
    m_name->clear();
    settle();
    openBelow(button, Edge::Left);
    settle(); // one is current now
    if (m_filters.rowCount() > 0)
        list().setFocus();
    else
        m_name->setFocus();
}

void SavedFiltersPanel::openToSave(const QWidget& button, const models::LogFilter& present) {
    open(button, present);
    m_name->setFocus();
}

void SavedFiltersPanel::settle() {
    const bool isAny = m_filters.rowCount() > 0;
    m_nothing->setVisible(!isAny);
    list().setVisible(isAny);
    for (ActionButton* button : {m_apply, m_rename, m_delete}) {
        button->setVisible(isAny);
        button->setEnabled(list().currentIndex().isValid());
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
    list().setCurrentIndex(m_filters.index(m_filters.indexOf(name)));
    m_name->clear();
    list().setFocus();
}

void SavedFiltersPanel::chooseCurrent() {
    const QModelIndex current = list().currentIndex();
    if (!current.isValid())
        return;
    hide();
    Q_EMIT chosen(current.data(SavedFilters::TextRole).toString());
}

void SavedFiltersPanel::removeCurrent() {
    const QModelIndex current = list().currentIndex();
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
    list().setCurrentIndex(m_filters.index(row));
    settle();
    list().setFocus();
}

} // namespace ui
