// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/valuetable.h"

#include "models/run/secretname.h"
#include "ui/run/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/textlabel.h"

#include <QGridLayout>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int mostRows = 8;

bool names(const QString& script, const QString& name) {
    const QRegularExpression word(QStringLiteral("(?<![A-Za-z0-9_])%1(?![A-Za-z0-9_])")
                                      .arg(QRegularExpression::escape(name)));
    return word.match(script).hasMatch();
}

} // namespace

ValueTable::ValueTable(QWidget* parent)
    : QWidget(parent)
    , m_grid(new QGridLayout)
    , m_rest(new TextLabel({}, TextRole::Quiet, Colour::Quiet)) {
    setObjectName(QStringLiteral("valueTable"));
    setAccessibleName(tr("Values of the command"));
    m_grid->setContentsMargins({});
    m_grid->setHorizontalSpacing(space::m);
    m_grid->setVerticalSpacing(2);
    m_grid->setColumnStretch(1, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(2);
    column->addLayout(m_grid);
    column->addWidget(m_rest);
    hide();
}

QString ValueTable::hiddenWord() {
    return tr("(hidden)");
}

void ValueTable::showValues(const QMap<QString, QString>& values,
                            const QMap<QString, QString>& before, const QStringList& secrets,
                            const QString& script) {
    QList<std::pair<QString, QString>> shown;
    for (const QString& name : secrets)
        shown.append({name, hiddenWord()});
    for (auto it = values.cbegin(); it != values.cend(); ++it) {
        if (names(script, it.key()))
            shown.append({it.key(), models::looksSecret(it.key()) ? hiddenWord() : it.value()});
    }
    if (shown.size() > mostRows)
        shown.resize(mostRows);
    const int rest = int(values.size() + secrets.size() - shown.size());
    for (auto it = before.cbegin(); it != before.cend() && shown.size() < mostRows; ++it) {
        if (!values.contains(it.key()) && names(script, it.key()))
            shown.append({it.key(), models::looksSecret(it.key())
                                        ? hiddenWord()
                                        : tr("%1, unless a step changed it").arg(it.value())});
    }
    m_rest->setText(
        rest == 0
            ? QString()
            : tr("%1 more handed over with it").arg(countText(rest, QStringLiteral("value"))));
    m_rest->setVisible(rest > 0);
    setVisible(!shown.isEmpty() || rest > 0);
    if (shown == m_shown)
        return;
    m_shown = shown;
    while (QLayoutItem* item = m_grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (int row = 0; row < m_shown.size(); ++row)
        addRow(row, m_shown[row].first, m_shown[row].second);
}

void ValueTable::addRow(int row, const QString& name, const QString& value) {
    m_grid->addWidget(new TextLabel(name, TextRole::Quiet, Colour::Quiet), row, 0);
    auto* words = new ElidedLabel({}, TextRole::Quiet);
    words->setFullText(value.simplified());
    m_grid->addWidget(words, row, 1);
}

} // namespace ui
