// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/settingspage.h"

#include "ui/theme/preferences.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/textlabel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

constexpr int columnWidth = 680;
constexpr int controlWidth = 220;
constexpr QLatin1String retentionKey("health/retentionDays");
constexpr int leastRetention = 7;
constexpr int mostRetention = 90; ///< what a series has room for

/// A control with its words at the left and an explanation below it.
void addSetting(QFormLayout& form, const QString& name, QWidget* control, const QString& about) {
    control->setAccessibleName(name);
    control->setAccessibleDescription(about);
    control->setMinimumWidth(controlWidth);
    auto* cell = new QWidget;
    auto* column = new QVBoxLayout(cell);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::xs);
    column->addWidget(control, 0, Qt::AlignLeft);
    auto* words = new TextLabel(about, TextRole::Quiet, Colour::Quiet);
    column->addWidget(words);
    auto* label = new TextLabel(name);
    label->setBuddy(control);
    form.addRow(label, cell);
}

} // namespace

SettingsPage::SettingsPage(QWidget* parent)
    : QWidget(parent)
    , m_theme(new QComboBox)
    , m_density(new QComboBox)
    , m_fontSize(new QSpinBox)
    , m_time(new QComboBox)
    , m_motion(new QCheckBox(tr("Reduce motion")))
    , m_retention(new QSpinBox) {
    setObjectName(QStringLiteral("settingsPage"));
    const Theme& theme = Theme::instance();
    // The order of the items is that of the enumerations.
    m_theme->addItems({tr("As the desktop"), tr("Light"), tr("Dark")});
    m_theme->setCurrentIndex(static_cast<int>(theme.choice()));
    m_density->addItems({tr("Comfortable"), tr("Dense")});
    m_density->setCurrentIndex(static_cast<int>(theme.density()));
    m_time->addItems({tr("UTC"), tr("Local time")});
    m_time->setCurrentIndex(static_cast<int>(theme.timeDisplay()));
    m_fontSize->setRange(11, 20);
    m_fontSize->setSuffix(tr(" px"));
    m_fontSize->setValue(theme.fontSize());
    m_motion->setChecked(theme.reducedMotion());
    m_retention->setObjectName(QStringLiteral("healthRetention"));
    m_retention->setRange(leastRetention, mostRetention);
    m_retention->setSuffix(tr(" days"));
    m_retention->setValue(healthRetention());

    auto* form = new QFormLayout;
    form->setHorizontalSpacing(space::xl);
    form->setVerticalSpacing(space::l);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    addSetting(*form, tr("Theme"), m_theme, tr("Light or dark."));
    addSetting(*form, tr("Density"), m_density, tr("How high the rows of lists are."));
    addSetting(*form, tr("Font size"), m_fontSize, tr("Of ordinary text; the rest follows."));
    addSetting(*form, tr("Times"), m_time, tr("The journal and reports always hold UTC."));
    addSetting(*form, tr("Motion"), m_motion,
               tr("Panes appear at once, and rings of running steps stand still."));

    addSetting(*form, tr("Health history"), m_retention,
               tr("How long checks of services are kept on this machine."));
    auto* test = new ActionButton(tr("Send test notification"), ButtonKind::Plain);
    test->setObjectName(QStringLiteral("testNotice"));
    addSetting(*form, tr("Notifications"), test,
               tr("To the desktop, and to the webhooks of the open workspaces."));
    test->setAccessibleName(test->text());
    connect(test, &ActionButton::clicked, this, &SettingsPage::testNoticeRequested);

    auto* column = new QWidget;
    column->setMaximumWidth(columnWidth);
    auto* rows = new QVBoxLayout(column);
    rows->setContentsMargins(space::xl, space::l, space::xl, space::l);
    rows->setSpacing(space::xl);
    rows->addWidget(new TextLabel(tr("Settings"), TextRole::PageTitle));
    rows->addLayout(form);
    rows->addStretch(1);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(column, 1);
    layout->addStretch(0);
    connectControls();
}

int SettingsPage::healthRetention() {
    const int days = Preferences::instance().value(retentionKey, mostRetention).toInt();
    return std::clamp(days, leastRetention, mostRetention);
}

void SettingsPage::connectControls() {
    Theme* theme = &Theme::instance();
    connect(m_theme, &QComboBox::currentIndexChanged, theme,
            [theme](int index) { theme->setChoice(static_cast<ThemeChoice>(index)); });
    connect(m_density, &QComboBox::currentIndexChanged, theme,
            [theme](int index) { theme->setDensity(static_cast<Density>(index)); });
    connect(m_time, &QComboBox::currentIndexChanged, theme,
            [theme](int index) { theme->setTimeDisplay(static_cast<TimeDisplay>(index)); });
    connect(m_fontSize, &QSpinBox::valueChanged, theme, &Theme::setFontSize);
    connect(m_motion, &QCheckBox::toggled, theme,
            [theme](bool on) { theme->setMotion(on ? Motion::Reduced : Motion::Full); });
    connect(m_retention, &QSpinBox::valueChanged, this, [this](int days) {
        Preferences::instance().setValue(retentionKey, days);
        Q_EMIT healthRetentionChanged(days);
    });
}

} // namespace ui
