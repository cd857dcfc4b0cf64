// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/versionpanel.h"

#include "ui/environment/versionwords.h"
#include "ui/widgets/sheet.h"
#include "ui/widgets/timeformat.h"

#include <QGridLayout>

namespace ui {

namespace {

enum Column { What, Version, Age, Words, columnCount };
constexpr int leastVersion = 90;

Colour toneOf(models::VersionState state) {
    if (state == models::VersionState::HostsDiffer)
        return Colour::Fail;
    if (state == models::VersionState::EnvironmentDiffers)
        return Colour::Text;
    if (models::isDrift(state))
        return Colour::Warn;
    return state == models::VersionState::Settled ? Colour::Text : Colour::Unknown;
}

} // namespace

VersionPanel::VersionPanel(QWidget* parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this)) {
    setObjectName(QStringLiteral("versionPanel"));
    setAccessibleName(tr("Versions of the service"));
    m_grid->setContentsMargins({});
    m_grid->setHorizontalSpacing(space::m);
    m_grid->setVerticalSpacing(space::xs);
    m_grid->setColumnMinimumWidth(Version, leastVersion);
    m_grid->setColumnStretch(Words, 1);
}

TextLabel* VersionPanel::label(int row, int column, int span) {
    if (m_used == m_labels.size()) {
        auto* made = selectable({});
        m_labels.append(made);
    }
    TextLabel* const found = m_labels[m_used++];
    m_grid->addWidget(found, row, column, 1, span, Qt::AlignTop);
    found->setWordWrap(column == Words || span > 1);
    found->setEmphasis(Emphasis::Normal);
    found->show();
    return found;
}

void VersionPanel::addRow(const QString& what, const QString& version, const QString& age,
                          const QString& words, Colour tone) {
    const auto put = [this](Column column, const QString& text, Colour colour) {
        TextLabel* const cell = label(m_row, column);
        cell->setText(text);
        cell->setTone(colour);
    };
    put(What, what, Colour::Quiet);
    put(Version, version, Colour::Text);
    put(Age, age, Colour::Quiet);
    put(Words, words, tone);
    ++m_row;
}

void VersionPanel::showReading(const models::VersionReading& reading, models::Instant now) {
    const QString what =
        reading.place.isEmpty() ? tr("Observed") : tr("Observed at %1").arg(reading.place);
    const QString age = reading.at.isNull() ? tr("never") : formatAge(reading.at, now);
    addRow(what, reading.isKnown() ? models::shortVersion(reading.version) : tr("unknown"), age,
           reading.problem, Colour::Unknown);
}

void VersionPanel::showComparison(const QString& what, const models::VersionComparison& comparison,
                                  models::Instant now) {
    const models::VersionReference& reference = comparison.reference;
    const QString age = reference.at.isNull() ? QString() : formatAge(reference.at, now);
    const Colour tone = comparison.verdict == models::Verdict::Pass   ? Colour::Pass
                        : comparison.verdict == models::Verdict::Fail ? Colour::Warn
                                                                      : Colour::Unknown;
    addRow(what,
           reference.version.isEmpty() ? tr("unknown") : models::shortVersion(reference.version),
           age, comparison.words, tone);
    if (!comparison.relation)
        return;
    showLines(tr("Only in %1").arg(reference.name), comparison.relation->behindLines,
              comparison.relation->behind);
    showLines(tr("Only deployed"), comparison.relation->aheadLines, comparison.relation->ahead);
}

void VersionPanel::showLines(const QString& title, const QList<models::CommitLine>& lines,
                             int count) {
    if (count == 0)
        return;
    QStringList shown{QStringLiteral("%1 (%2)").arg(title).arg(count)};
    for (const models::CommitLine& line : lines)
        shown.append(QStringLiteral("%1  %2").arg(models::shortVersion(line.commit), line.subject));
    if (count > lines.size())
        shown.append(tr("and %1 more").arg(count - lines.size()));
    TextLabel* const cell = label(m_row++, Version, columnCount - Version);
    cell->setText(shown.join(u'\n'));
    cell->setTone(Colour::Quiet);
}

void VersionPanel::showStanding(const models::VersionStanding& standing, models::Instant now) {
    m_used = 0;
    m_row = 0;
    TextLabel* const title = label(m_row++, What, columnCount);
    title->setText(tr("Version · %1").arg(versionWord(standing)));
    title->setTone(toneOf(standing.state));
    title->setEmphasis(Emphasis::Strong);
    for (const models::VersionReading& reading : standing.observed)
        showReading(reading, now);
    if (standing.recorded)
        showComparison(tr("Recorded"), *standing.recorded, now);
    if (standing.expected)
        showComparison(tr("Expected"), *standing.expected, now);
    if (standing.promoted)
        showComparison(tr("In %1").arg(standing.promoted->reference.name), *standing.promoted, now);
    for (qsizetype i = m_used; i < m_labels.size(); ++i)
        m_labels[i]->hide();
}

} // namespace ui
