// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logfilter.h"
#include "ui/log/savedfilters.h"

#include <QTimer>
#include <QWidget>

#include <functional>
#include <memory>

class QToolButton;

namespace ui {

class FilterBar;
class FlowLayout;
class LevelButtons;
class SavedFiltersPanel;
class SourceChooser;
class TextLabel;

/// The filter of a log pane: as chips, as levels and sources to choose from, saved by name, and
/// what is wrong with it. What is typed counts once it can be understood; until then the last one
/// holds.
class FilterHead final : public QWidget {
    Q_OBJECT

public:
    explicit FilterHead(QWidget* parent = nullptr);

    void setSources(const QStringList& names);
    /// A tool beside those of the filter; the last one takes the rest of its row.
    void addTool(QWidget* tool);
    /// The one that holds.
    [[nodiscard]] const models::LogFilter& filter() const { return m_filter; }
    /// Of it; null takes all lines.
    [[nodiscard]] const std::shared_ptr<const models::CompiledFilter>& compiled() const {
        return m_compiled;
    }
    /// The chips, but for a change.
    void change(const std::function<void(models::LogFilter&)>& change);
    void useSaved(const QString& text);
    [[nodiscard]] const SavedFilters& saved() const { return m_savedFilters; }
    /// Asks for a name to save the present one under.
    void askToSave();
    void focusField();
    /// Looks at what is typed after a moment, and tells by settled().
    void settleSoon();
    void complain(const QString& words);

Q_SIGNALS:
    /// Another filter holds.
    void changed();
    /// What was typed holds, or what held before.
    void settled();
    /// On to the lines.
    void linesRequested();

private:
    void fillSaved();
    void connectParts();
    void takeTyped();
    void takeChips();
    void apply(const models::LogFilter& filter);

    SavedFilters m_savedFilters;
    FilterBar* m_bar;
    TextLabel* m_complaint;
    FlowLayout* m_tools;
    LevelButtons* m_levels;
    SourceChooser* m_chooser;
    QToolButton* m_saved;
    SavedFiltersPanel* m_savedPanel;
    models::LogFilter m_filter;
    std::shared_ptr<const models::CompiledFilter> m_compiled;
    QTimer m_typing;
};

} // namespace ui
