// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/style.h"
#include "ui/widgets/sheet.h"

#include <functional>

class QLineEdit;
class QPlainTextEdit;

namespace ui {

class ActionButton;

enum class AnswerNeed { Required, Optional };
enum class AnswerForm { Line, Lines, Code };

/// One question to a person: why it is asked, a field, and a button that says what follows.
struct Question {
    QString title;
    QString explanation;
    QString label;
    QString initial;
    QString confirmText;
    AnswerNeed need = AnswerNeed::Required;
    AnswerForm form = AnswerForm::Lines;
    ButtonKind confirmKind = ButtonKind::Filled;
    QString exactly = {}; ///< non-empty: the one answer that is taken
};

/// Asks a Question without blocking the window; done() is called with the answer, never on cancel.
class AskSheet final : public Sheet {
    Q_OBJECT

public:
    using Done = std::function<void(const QString& answer)>;

    AskSheet(const Question& question, Done done, QWidget* parent);

    /// Makes one, shows it over the parent's window, and lets it go when it closes.
    static void ask(QWidget* parent, const Question& question, Done done);

private:
    [[nodiscard]] QString answer() const;
    void settle();

    Question m_question;
    QLineEdit* m_line = nullptr;
    QPlainTextEdit* m_lines = nullptr;
    ActionButton* m_confirm;
};

} // namespace ui
