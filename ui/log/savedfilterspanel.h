// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/log/listpopup.h"
#include "ui/log/savedfilters.h"

#include <optional>
#include <utility>

class QLineEdit;

namespace ui {

class ActionButton;
class TextLabel;

/// Floats below its button: the saved filters, to be applied, renamed and deleted, and a name to
/// save the present one under.
class SavedFiltersPanel final : public ListPopup {
    Q_OBJECT

public:
    /// filters outlives it.
    explicit SavedFiltersPanel(SavedFilters& filters, QWidget* parent);

    /// present: what would be saved.
    void open(const QWidget& button, const models::LogFilter& present);
    /// The same with the keys in the field of the name.
    void openToSave(const QWidget& button, const models::LogFilter& present);

Q_SIGNALS:
    void chosen(const QString& text);

protected:
    void chooseCurrent() override;
    void removeCurrent() override;

private:
    void build();
    void settle();
    void save();
    void undo();

    SavedFilters& m_filters;
    models::LogFilter m_present;
    TextLabel* m_nothing;
    ActionButton* m_apply;
    ActionButton* m_rename;
    ActionButton* m_delete;
    TextLabel* m_deleted;
    ActionButton* m_undo;
    QLineEdit* m_name;
    ActionButton* m_save;
    std::optional<std::pair<int, SavedFilters::Entry>> m_removed;
};

} // namespace ui
