// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/placerows.h"

#include "ui/widgets/actionbutton.h"
#include "ui/widgets/textlabel.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QRegularExpression>

namespace ui {

namespace {

enum Column { Name, Hosts, Protected };
constexpr qsizetype mostRows = 8;

QStringList wordsOf(const QString& text) {
    static const QRegularExpression between(QStringLiteral("[\\s,;]+"));
    return text.split(between, Qt::SkipEmptyParts);
}

} // namespace

PlaceRows::PlaceRows(QWidget* parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this)) {
    m_grid->setContentsMargins({});
    m_grid->setHorizontalSpacing(space::s);
    m_grid->setVerticalSpacing(space::xs);
    m_grid->setColumnStretch(Name, 1);
    m_grid->setColumnStretch(Hosts, 2);
    m_grid->addWidget(new TextLabel(tr("Environment"), TextRole::Quiet, Colour::Quiet), 0, Name);
    m_grid->addWidget(new TextLabel(tr("Hosts, as ssh takes them; none: this machine"),
                                    TextRole::Quiet, Colour::Quiet),
                      0, Hosts);
}

void PlaceRows::addRow(const models::FirstFile::Place& place) {
    const int number = static_cast<int>(m_rows.size()) + 1;
    Row row{new QLineEdit(place.name), new QLineEdit(place.destinations.join(u' ')),
            new QCheckBox(tr("Protected"))};
    row.name->setAccessibleName(tr("Name of environment %1").arg(number));
    row.name->setObjectName(QStringLiteral("placeName%1").arg(number));
    row.hosts->setAccessibleName(tr("Hosts of environment %1").arg(number));
    row.hosts->setObjectName(QStringLiteral("placeHosts%1").arg(number));
    row.hosts->setPlaceholderText(QStringLiteral("deploy@web-1.example.com"));
    row.isProtected->setAccessibleName(tr("Environment %1 is protected").arg(number));
    row.isProtected->setChecked(place.isProtected);
    m_grid->addWidget(row.name, number, Name);
    m_grid->addWidget(row.hosts, number, Hosts);
    m_grid->addWidget(row.isProtected, number, Protected);
    m_rows.append(row);
    for (const QLineEdit* field : {row.name, row.hosts}) {
        connect(field, &QLineEdit::textEdited, this, [this] { m_isTouched = true; });
        connect(field, &QLineEdit::textChanged, this, &PlaceRows::changed);
    }
    // There is always one to write into.
    connect(row.name, &QLineEdit::textEdited, this, [this, number](const QString& text) {
        if (number == m_rows.size() && !text.isEmpty() && m_rows.size() < mostRows)
            addRow({});
    });
    connect(row.isProtected, &QCheckBox::toggled, this, &PlaceRows::changed);
}

void PlaceRows::setPlaces(const QList<models::FirstFile::Place>& places) {
    for (const Row& row : std::as_const(m_rows)) {
        for (QWidget* part : std::initializer_list<QWidget*>{row.name, row.hosts, row.isProtected})
            delete part;
    }
    m_rows.clear();
    for (const models::FirstFile::Place& place : places.first(qMin(places.size(), mostRows)))
        addRow(place);
    if (m_rows.size() < mostRows)
        addRow({});
    Q_EMIT changed();
}

QList<models::FirstFile::Place> PlaceRows::places() const {
    QList<models::FirstFile::Place> places;
    for (const Row& row : m_rows) {
        const models::FirstFile::Place place{row.name->text().trimmed(), wordsOf(row.hosts->text()),
                                             row.isProtected->isChecked()};
        if (!place.name.isEmpty() || !place.destinations.isEmpty())
            places.append(place);
    }
    return places;
}

} // namespace ui
