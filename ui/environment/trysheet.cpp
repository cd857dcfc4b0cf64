// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/trysheet.h"

#include "app/health/environmentwatch.h"
#include "ui/environment/replaystrip.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/clock.h"
#include "ui/widgets/textlabel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QTimer>
#include <QVBoxLayout>

namespace ui {

namespace {

using namespace std::chrono_literals;

constexpr QSize usualSize(680, 360);
constexpr auto typingPause = 250ms;
/// How often a condition is decided where nothing else is said.
constexpr std::chrono::milliseconds every = 10s;

QString verdictSentence(models::Verdict verdict) {
    switch (verdict) {
    case models::Verdict::Pass:
        return TrySheet::tr("It holds now.");
    case models::Verdict::Fail:
        return TrySheet::tr("It does not hold now.");
    case models::Verdict::Unknown:
        break;
    }
    return TrySheet::tr("Whether it holds is not known.");
}

} // namespace

TrySheet::TrySheet(const app::EnvironmentWatch& watch, const QString& workspace,
                   QString environment, const QString& condition, QWidget* parent)
    : Sheet(QStringLiteral("trySheet"),
            tr("Try a condition in %1 of %2").arg(environment, workspace), parent)
    , m_watch(watch)
    , m_environment(std::move(environment))
    , m_field(new QLineEdit(condition))
    , m_verdict(new TextLabel({}, TextRole::Title))
    , m_leaves(selectable({}))
    , m_past(new QComboBox)
    , m_strip(new ReplayStrip)
    , m_words(paragraph({})) {
    resize(usualSize);
    m_field->setObjectName(QStringLiteral("conditionField"));
    m_field->setAccessibleName(tr("Condition"));
    m_field->setFont(ui::font(TextRole::Mono));
    m_field->setPlaceholderText(QStringLiteral("p95(portal.http.total, 5m) > 1.5x portal.sla.p95"));
    m_verdict->setObjectName(QStringLiteral("conditionVerdict"));
    m_leaves->setObjectName(QStringLiteral("conditionLeaves"));
    m_strip->setObjectName(QStringLiteral("replayStrip"));
    m_words->setObjectName(QStringLiteral("replayWords"));
    m_past->setObjectName(QStringLiteral("replaySpan"));
    m_past->setAccessibleName(tr("Time that is looked back on"));
    for (const auto& [words, past] :
         std::initializer_list<std::pair<QString, std::chrono::minutes>>{
             {tr("Last 15 minutes"), 15min}, {tr("Last hour"), 60min}, {tr("Last day"), 24h}})
        m_past->addItem(words, QVariant::fromValue(std::chrono::milliseconds(past).count()));
    m_past->setCurrentIndex(1);
    auto* done = new ActionButton(tr("Close"), ButtonKind::Plain);
    auto* pastRow = new QHBoxLayout;
    pastRow->addWidget(m_past);
    pastRow->addStretch(1);
    for (QWidget* each : std::initializer_list<QWidget*>{m_field, m_verdict, m_leaves})
        column().addWidget(each);
    column().addLayout(pastRow);
    column().addWidget(m_strip);
    column().addWidget(m_words);
    column().addStretch(1);
    addButtons({done});
    auto* pause = new QTimer(this);
    pause->setSingleShot(true);
    pause->setInterval(typingPause);
    connect(pause, &QTimer::timeout, this, &TrySheet::settle);
    connect(m_field, &QLineEdit::textChanged, pause, qOverload<>(&QTimer::start));
    connect(m_past, &QComboBox::currentIndexChanged, this, &TrySheet::settle);
    connect(done, &ActionButton::clicked, this, &QDialog::accept);
    connect(&watch, &app::EnvironmentWatch::observed, this, [this](const QString& name) {
        if (name == m_environment)
            settle();
    });
    settle();
}

void TrySheet::settle() {
    const QString text = m_field->text().trimmed();
    const auto condition = models::Condition::parse(text);
    m_strip->setVisible(condition.has_value());
    m_past->setVisible(condition.has_value());
    m_words->setVisible(condition.has_value());
    if (condition) {
        showNow(*condition);
        showPast(*condition);
        return;
    }
    m_verdict->setTone(Colour::Quiet);
    m_verdict->setText(text.isEmpty() ? tr("Write a condition") : tr("This is no condition yet"));
    m_leaves->setText(text.isEmpty() ? tr("Services go by their names, metrics by theirs.")
                                     : tr("%1 At character %2.")
                                           .arg(condition.error().message)
                                           .arg(condition.error().column));
}

void TrySheet::showNow(const models::Condition& condition) {
    const models::ConditionReading reading = m_watch.read(m_environment, condition);
    // Whether it is good that it holds, a condition alone does not say.
    m_verdict->setTone(reading.verdict == models::Verdict::Unknown ? Colour::Unknown
                                                                   : Colour::Text);
    m_verdict->setText(verdictSentence(reading.verdict));
    QStringList lines;
    for (const models::LeafReading& leaf : reading.leaves)
        lines.append(leaf.words);
    m_leaves->setText(lines.join(u'\n'));
}

void TrySheet::showPast(const models::Condition& condition) {
    const std::chrono::milliseconds past(m_past->currentData().toLongLong());
    m_strip->setSpans(m_watch.replay(m_environment, condition, past, every));
    m_words->setText(m_strip->words());
}

} // namespace ui
