// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/loginspector.h"

#include "ui/log/levelsign.h"
#include "ui/log/logwords.h"
#include "ui/theme/icon.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/splitpane.h"
#include "ui/widgets/textlabel.h"
#include "ui/widgets/timeformat.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLocale>
#include <QPlainTextEdit>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int usualHeight = 190;
constexpr int leastHeight = 130;
constexpr int fieldsWidth = 300;
constexpr int textWidth = 400;
constexpr int nameWidth = 130;
constexpr qsizetype shownBytes = 32 * 1024; ///< of a text: laying out more takes too long

/// Day, time with its zone, source, level, channel and size.
QString placeOf(const LogRow& row, const QString& source) {
    QStringList words;
    const models::LogLine& line = row.line;
    if (!line.time.isNull())
        words.append(formatDate(line.time) + u' ' + formatClock(line.time) + u' ' +
                     zoneName(line.time));
    else
        words.append(LogInspector::tr("No time"));
    words.append(source);
    words.append(levelWord(line.level));
    if (line.channel == models::LogChannel::Stderr)
        words.append(LogInspector::tr("stderr"));
    words.append(QLocale().formattedDataSize(line.text.size()));
    if (line.continues)
        words.append(LogInspector::tr("goes on in the next row"));
    return words.join(QStringLiteral(" · "));
}

} // namespace

LogInspector::LogInspector(QWidget* parent)
    : QWidget(parent)
    , m_place(new ElidedLabel({}, TextRole::Quiet, Colour::Quiet))
    , m_remark(new TextLabel({}, TextRole::Quiet, Colour::Quiet))
    , m_copyLine(new ActionButton(tr("Copy line"), ButtonKind::Quiet))
    , m_copyJson(new ActionButton(tr("Copy as JSON"), ButtonKind::Quiet))
    , m_copyValue(new ActionButton(tr("Copy value"), ButtonKind::Quiet))
    , m_fields(new QTreeView)
    , m_words(new QPlainTextEdit) {
    setObjectName(QStringLiteral("logInspector"));
    setAccessibleName(tr("The line in full"));
    setMinimumHeight(leastHeight);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(makeBody(), 1);
    m_remark->setObjectName(QStringLiteral("inspectorRemark"));
    m_remark->setContentsMargins(space::m, space::xs, space::m, space::xs);
    column->addWidget(m_remark);
    connect(m_copyLine, &ActionButton::clicked, this,
            [this] { QApplication::clipboard()->setText(QString::fromUtf8(m_text)); });
    connect(m_copyJson, &ActionButton::clicked, this, [this] {
        QApplication::clipboard()->setText(QString::fromUtf8(models::jsonOfLine(m_text)));
    });
    connect(m_copyValue, &ActionButton::clicked, this, &LogInspector::copyValue);
    showNothing();
}

QWidget* LogInspector::makeHead() {
    auto* head = new QWidget;
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(space::m, space::xs, space::s, space::xs);
    row->setSpacing(space::xs);
    m_place->setObjectName(QStringLiteral("inspectorPlace"));
    row->addWidget(m_place, 1);
    m_copyLine->setObjectName(QStringLiteral("copyLine"));
    m_copyJson->setObjectName(QStringLiteral("copyJson"));
    m_copyValue->setObjectName(QStringLiteral("copyValue"));
    row->addWidget(m_copyValue);
    row->addWidget(m_copyJson);
    row->addWidget(m_copyLine);
    auto* close = new QToolButton;
    close->setObjectName(QStringLiteral("closeInspector"));
    close->setIcon(icon(QStringLiteral("window-close"), Colour::Quiet));
    close->setAccessibleName(tr("Close the line"));
    close->setToolTip(tr("Close (Esc)"));
    connect(close, &QToolButton::clicked, this, &LogInspector::closed);
    row->addWidget(close);
    return head;
}

QWidget* LogInspector::makeBody() {
    m_fields->setObjectName(QStringLiteral("inspectorFields"));
    m_fields->setAccessibleName(tr("Fields of the line"));
    m_fields->setModel(&m_model);
    m_fields->setRootIsDecorated(false);
    m_fields->setUniformRowHeights(true);
    m_fields->setFrameShape(QFrame::NoFrame);
    m_fields->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_fields->header()->resizeSection(LogFieldModel::Name, nameWidth);
    connect(m_fields->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &LogInspector::settle);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &LogInspector::settle);
    m_words->setObjectName(QStringLiteral("inspectorText"));
    m_words->setAccessibleName(tr("Text of the line"));
    m_words->setReadOnly(true);
    m_words->setUndoRedoEnabled(false);
    m_words->setFrameShape(QFrame::NoFrame);
    m_words->setFont(ui::font(TextRole::Mono));
    m_words->setWordWrapMode(QTextOption::WrapAnywhere);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    connect(&Theme::instance(), &Theme::changed, m_words,
            [this] { m_words->setFont(ui::font(TextRole::Mono)); });
    auto* body = new SplitPane(Qt::Horizontal, QStringLiteral("logInspector"));
    body->addWidget(m_fields);
    body->addWidget(m_words);
    body->restoreSizes({fieldsWidth, textWidth});
    return body;
}

void LogInspector::showRow(const LogRow& row, const QString& source) {
    const models::LogLine& line = row.line;
    m_text = line.marker ? markerWords(*line.marker).toUtf8() : line.text.toByteArray();
    m_place->setFullText(line.marker ? source : placeOf(row, source));
    m_model.setFields(line.marker ? QList<models::FlatField>() : models::flatFields(m_text));
    const bool isCut = m_text.size() > shownBytes;
    m_words->setPlainText(QString::fromUtf8(m_text.first(std::min(m_text.size(), shownBytes))));
    m_remark->setText(tr("The first %1 of %2 are shown. Copying takes all of it.")
                          .arg(QLocale().formattedDataSize(shownBytes),
                               QLocale().formattedDataSize(m_text.size())));
    m_remark->setVisible(isCut);
    settle();
}

void LogInspector::showNothing() {
    m_text.clear();
    m_model.setFields({});
    m_place->setFullText(tr("Choose a line to see all of it here."));
    m_words->clear();
    m_remark->hide();
    settle();
}

void LogInspector::settle() {
    const bool hasFields = m_model.rowCount() > 0;
    m_fields->setVisible(hasFields);
    m_copyJson->setVisible(hasFields);
    m_copyValue->setVisible(hasFields);
    m_copyValue->setEnabled(m_fields->currentIndex().isValid());
    m_copyLine->setEnabled(!m_text.isEmpty());
}

void LogInspector::copyValue() const {
    const QModelIndex current = m_fields->currentIndex();
    if (current.isValid())
        QApplication::clipboard()->setText(m_model.fields()[current.row()].value);
}

void LogInspector::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closed();
    else if (event->matches(QKeySequence::Copy) && m_fields->hasFocus())
        copyValue();
    else
        QWidget::keyPressEvent(event);
}

QSize LogInspector::sizeHint() const {
    return {fieldsWidth + textWidth, usualHeight};
}

} // namespace ui
