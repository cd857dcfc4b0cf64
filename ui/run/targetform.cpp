// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/targetform.h"

#include "ui/run/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/card.h"
#include "ui/widgets/sheet.h"
#include "ui/widgets/timeformat.h"

#include <QApplication>
#include <QLineEdit>
#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

constexpr int longestReason = 200;
constexpr int longestName = 60;

QString wordsFor(const models::Release& release) {
    const bool isWhole = release.services.isEmpty() || release.services.first().isEmpty();
    return isWhole ? TargetForm::tr("Target")
                   : TargetForm::tr("Target of %1")
                         .arg(QLocale(QLocale::English).createSeparatedList(release.services));
}

/// What one service is at, or why that is not known; known: whether it is.
QString presentOf(const std::optional<models::VersionStanding>& standing, bool& known) {
    known = standing && !standing->version.isEmpty() &&
            standing->state != models::VersionState::HostsDiffer;
    if (known)
        return standing->version;
    return standing ? shortened(standing->words, longestReason)
                    : TargetForm::tr("Nothing says how its version can be seen.");
}

/// "Now v1.4.2, seen 12 s ago." of all, or of each where they are not alike.
QString presentWords(const QString& environment, const QStringList& services,
                     const app::PreflightService& preflight) {
    QStringList each;
    QString shared;
    models::Instant oldest;
    bool isShared = true;
    for (const QString& service : services) {
        const auto standing = preflight.deployed(environment, service);
        bool known = false;
        const QString words = presentOf(standing, known);
        isShared = isShared && (shared.isEmpty() || shared == words);
        shared = words;
        const models::Instant at = standing ? standing->at : models::Instant();
        oldest = oldest.isNull() || at < oldest ? at : oldest;
        each << (known ? TargetForm::tr("%1 %2, seen %3")
                             .arg(service, words, formatAge(at, presentInstant()))
                       : TargetForm::tr("%1 not known").arg(service));
        if (services.size() == 1 && !known)
            return TargetForm::tr("What is there now is not known. %1").arg(words);
        isShared = isShared && known;
    }
    if (isShared && !shared.isEmpty())
        return TargetForm::tr("Now %1, seen %2.").arg(shared, formatAge(oldest, presentInstant()));
    return each.isEmpty() ? QString() : TargetForm::tr("Now %1.").arg(each.join(u"; "_qs));
}

} // namespace

TargetForm::TargetForm(QWidget* parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
    , m_separate(new ActionButton(tr("Give each service its own version"), ButtonKind::Quiet)) {
    m_column->setContentsMargins({});
    m_column->setSpacing(space::xs);
    m_separate->setObjectName(QStringLiteral("separateTargets"));
    m_column->addWidget(m_separate, 0, Qt::AlignLeft);
    connect(m_separate, &ActionButton::clicked, this, &TargetForm::separate);
}

void TargetForm::showReleases(const QString& environment, const QList<models::Release>& releases,
                              const models::Target& initial) {
    if (m_fields != nullptr && environment == m_environment && releases == m_releases)
        return;
    m_releases = releases;
    models::Target known = initial;
    known.insert(target());
    m_environment = environment;
    build(releases, known);
}

void TargetForm::build(const QList<models::Release>& releases, const models::Target& initial) {
    delete m_fields;
    m_rows.clear();
    m_fields = new QWidget;
    auto* column = new QVBoxLayout(m_fields);
    column->setContentsMargins({});
    column->setSpacing(space::xs);
    m_column->insertWidget(0, m_fields);
    for (const models::Release& release : releases)
        addRow(release, initial);
    m_separate->setVisible(
        std::any_of(releases.cbegin(), releases.cend(),
                    [](const models::Release& release) { return release.services.size() > 1; }));
}

void TargetForm::addRow(const models::Release& release, const models::Target& initial) {
    auto& column = static_cast<QVBoxLayout&>(*m_fields->layout());
    Row row{release, new QLineEdit, nullptr, nullptr, nullptr, nullptr, {}};
    row.edit->setText(initial.value(release.services.value(0)));
    row.edit->setPlaceholderText(tr("Version or commit, may be left empty"));
    const QString words = wordsFor(release);
    row.edit->setAccessibleName(words);
    addField(column, words, row.edit);
    row.present = paragraph({}, TextRole::Quiet, Colour::Quiet);
    row.present->setObjectName(QStringLiteral("presentVersion"));
    row.present->hide();
    column.addWidget(row.present);
    addBlock(row);
    connect(row.edit, &QLineEdit::textChanged, this, &TargetForm::changed);
    m_rows.push_back(row);
}

void TargetForm::addBlock(Row& row) {
    row.block = new Card(tr("This version is blocked"), Colour::Fail);
    row.block->setObjectName(QStringLiteral("blockedVersion"));
    row.reason = selectable({});
    row.block->column().addWidget(row.reason);
    row.refusal = paragraph({}, TextRole::Body, Colour::Fail);
    row.refusal->hide();
    row.block->column().addWidget(row.refusal);
    auto* lift = new ActionButton(tr("Lift block…"));
    lift->setObjectName(QStringLiteral("liftBlock"));
    row.block->column().addWidget(lift, 0, Qt::AlignLeft);
    row.block->hide();
    m_fields->layout()->addWidget(row.block);
    connect(lift, &ActionButton::clicked, this, [this, number = m_rows.size()] {
        if (const auto& blocked = m_rows[number].blockedBy)
            Q_EMIT liftRequested(*blocked);
    });
}

void TargetForm::separate() {
    QList<models::Release> each;
    for (const Row& row : m_rows) {
        for (const QString& service : row.release.services)
            each.append({{service}});
    }
    build(each, target());
    focusFirst();
    Q_EMIT changed();
}

void TargetForm::settle(const app::PreflightService& preflight) {
    for (Row& row : m_rows) {
        const QString words = presentWords(m_environment, row.release.services, preflight);
        row.present->setText(words);
        row.present->setVisible(!words.isEmpty());
        settleBlock(row, preflight);
    }
}

void TargetForm::settleBlock(Row& row, const app::PreflightService& preflight) {
    const QString version = row.edit->text().trimmed();
    models::Target target;
    for (const QString& service :
         row.release.services.isEmpty() ? QStringList{QString()} : row.release.services)
        target.insert(service, version);
    row.blockedBy = preflight.block(target);
    if (row.blockedBy) {
        const app::RunSummary& by = *row.blockedBy;
        row.reason->setText(
            tr("%1 is blocked in %2 since %3 (%4), by %5: %6. Choose another version, or lift the "
               "block.")
                .arg(version, m_environment, formatDateTime(by.blockedAt),
                     formatAge(by.blockedAt, presentInstant()),
                     shortened(by.blockedBy, longestName),
                     shortened(by.blockReason, longestReason)));
    }
    row.refusal->setVisible(row.blockedBy && !row.refusal->text().isEmpty());
    if (!row.blockedBy && row.block->isAncestorOf(QApplication::focusWidget()))
        row.edit->setFocus(); // its button goes
    row.block->setVisible(row.blockedBy.has_value());
}

void TargetForm::showRefusal(const models::RunId& run, const models::Error& error) {
    for (const Row& row : m_rows) {
        if (row.blockedBy && row.blockedBy->id == run) {
            row.refusal->setText(error.message);
            row.refusal->show();
        }
    }
}

models::Target TargetForm::target() const {
    models::Target target;
    for (const Row& row : m_rows) {
        const QString version = row.edit->text().trimmed();
        if (version.isEmpty())
            continue;
        for (const QString& service :
             row.release.services.isEmpty() ? QStringList{QString()} : row.release.services)
            target.insert(service, version);
    }
    return target;
}

bool TargetForm::isBlocked() const {
    return std::any_of(m_rows.cbegin(), m_rows.cend(),
                       [](const Row& row) { return row.blockedBy.has_value(); });
}

void TargetForm::focusFirst() {
    if (!m_rows.empty())
        m_rows.front().edit->setFocus();
}

} // namespace ui
