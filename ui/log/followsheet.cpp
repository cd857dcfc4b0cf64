// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/followsheet.h"

#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"

#include <QComboBox>
#include <QLineEdit>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int sheetWidth = 520;

} // namespace

FollowSheet::FollowSheet(const QList<models::Host>& places, const QString& current, QWidget* parent)
    : Sheet(QStringLiteral("followSheet"), tr("Follow a command"), parent)
    , m_places(places)
    , m_command(new QLineEdit)
    , m_place(new QComboBox)
    , m_follow(new ActionButton(tr("Follow command"), ButtonKind::Filled)) {
    setMinimumWidth(sheetWidth);
    for (const models::Host& host : places) {
        m_place->addItem(host.name);
        if (host.name == current)
            m_place->setCurrentIndex(m_place->count() - 1);
    }
    m_command->setObjectName(QStringLiteral("followCommand"));
    m_command->setFont(ui::font(TextRole::Mono));
    m_command->setPlaceholderText(QStringLiteral("journalctl -f -u portal"));
    column().addWidget(paragraph(
        tr("Each line that it writes is shown. It runs for as long as it is followed. After a "
           "lost connection it is started again: lines may be missing then, or come twice."),
        TextRole::Body, Colour::Quiet));
    addField(column(), tr("Command"), m_command);
    addField(column(), tr("Place"), m_place);
    m_follow->setObjectName(QStringLiteral("followConfirm"));
    m_follow->setEnabled(false);
    addFoot(*m_follow);
    m_command->setFocus();

    connect(m_command, &QLineEdit::textChanged, this,
            [this](const QString& text) { m_follow->setEnabled(!text.trimmed().isEmpty()); });
    connect(m_follow, &ActionButton::clicked, this, &QDialog::accept);
    connect(this, &QDialog::accepted, this, [this] { Q_EMIT followRequested(source()); });
}

app::LogSource FollowSheet::source() const {
    app::LogSource source;
    source.kind = app::LogSource::Kind::Command;
    source.command = m_command->text().trimmed();
    source.host = m_places[m_place->currentIndex()];
    return source;
}

} // namespace ui
