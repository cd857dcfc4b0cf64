// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runservice.h"
#include "ui/run/nextaction.h"

#include <QScrollArea>

class QVBoxLayout;

namespace ui {

class Chip;
class ElidedLabel;
class MarkdownView;
class MonoBlock;
class TextLabel;

/// Everything about one step (or, to read, one section): its text, what will run, what is expected
/// and was observed, its output, its attempts and notes.
class StepDetailPane final : public QScrollArea {
    Q_OBJECT

public:
    explicit StepDetailPane(app::RunService& service, QWidget* parent = nullptr);

    /// Shows the step anew or brings what is shown of it up to date.
    void showStep(const models::RunState& state, RunAccess access, int planIndex);
    void showSection(const models::RunState& state, int section);

Q_SIGNALS:
    void actRequested(ui::Act act);
    void statusMessage(const QString& text);

private:
    app::RunService& m_service;
    QVBoxLayout* m_layout;
    TextLabel* m_title;
    TextLabel* m_meta;
    MarkdownView* m_text;
    TextLabel* m_commandTitle;
    MonoBlock* m_command;
};

} // namespace ui
