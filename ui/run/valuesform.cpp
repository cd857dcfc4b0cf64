// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/valuesform.h"

#include "models/run/secretname.h"
#include "ui/run/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/sheet.h"
#include "ui/widgets/textlabel.h"

#include <QLineEdit>
#include <QRegularExpression>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

ValueField fieldFor(const models::RunState& state, const QString& name) {
    ValueField field;
    field.name = name;
    for (const models::VariableDeclaration& declared : state.plan->variables) {
        if (declared.name != name)
            continue;
        field.prompt = declared.prompt;
        field.initial = declared.value;
        field.pattern = declared.pattern;
        field.secret = declared.secret;
    }
    const auto isNamed = [&name](const auto& secret) { return secret.name == name; };
    const auto& secrets = state.plan->context.secrets;
    field.secret = field.secret || std::any_of(secrets.begin(), secrets.end(), isNamed);
    return field;
}

ValuesForm::ValuesForm(const QList<ValueField>& fields, QWidget* parent)
    : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(space::xs);
    for (const ValueField& field : fields) {
        const QString words =
            field.prompt.isEmpty() ? field.name : tr("%1 (%2)").arg(field.prompt, field.name);
        auto* edit = new QLineEdit(field.secret ? QString() : field.initial);
        edit->setObjectName(QStringLiteral("value:") + field.name);
        if (field.secret)
            edit->setPlaceholderText(tr("Kept out of the journal and of all output"));
        if (field.secret || models::looksSecret(field.name)) {
            edit->setEchoMode(QLineEdit::Password);
            edit->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
        }
        auto* remark = new TextLabel({}, TextRole::Quiet, Colour::Fail);
        remark->setWordWrap(true);
        remark->hide();
        if (!m_rows.isEmpty())
            column->addSpacing(space::xs);
        addField(*column, words, edit);
        column->addWidget(remark);
        m_rows.append({field, edit, remark});
        connect(edit, &QLineEdit::textChanged, this, &ValuesForm::settle);
        connect(edit, &QLineEdit::returnPressed, this, [this, edit] {
            if (edit != m_rows.last().edit)
                focusNextChild();
            else if (isComplete())
                Q_EMIT submitted();
        });
    }
}

QString ValuesForm::complaint(const Row& row) {
    const QString text = row.edit->text();
    if (text.isEmpty() || row.field.pattern.isEmpty())
        return {};
    const QRegularExpression pattern(QRegularExpression::anchoredPattern(row.field.pattern));
    if (!pattern.isValid() || pattern.match(text).hasMatch())
        return {};
    return tr("%1 must match %2.").arg(row.field.name, row.field.pattern);
}

void ValuesForm::settle() {
    for (const Row& row : std::as_const(m_rows)) {
        const QString words = complaint(row);
        row.remark->setText(words);
        row.remark->setVisible(!words.isEmpty());
    }
    Q_EMIT changed();
}

bool ValuesForm::isComplete() const {
    return std::all_of(m_rows.begin(), m_rows.end(), [](const Row& row) {
        const bool isGiven = !row.edit->text().isEmpty() || !row.field.required;
        return isGiven && complaint(row).isEmpty();
    });
}

QMap<QString, QString> ValuesForm::plainValues() const {
    QMap<QString, QString> values;
    for (const Row& row : m_rows) {
        if (!row.field.secret && !row.edit->text().isEmpty())
            values.insert(row.field.name, row.edit->text());
    }
    return values;
}

QMap<QString, QString> ValuesForm::secretValues() const {
    QMap<QString, QString> values;
    for (const Row& row : m_rows) {
        if (row.field.secret && !row.edit->text().isEmpty())
            values.insert(row.field.name, row.edit->text());
    }
    return values;
}

void ValuesForm::focusFirst() {
    for (const Row& row : std::as_const(m_rows)) {
        if (row.edit->text().isEmpty()) {
            row.edit->setFocus();
            return;
        }
    }
    if (!m_rows.isEmpty())
        m_rows.first().edit->setFocus();
}

} // namespace ui
