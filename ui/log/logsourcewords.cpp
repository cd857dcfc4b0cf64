// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logsourcewords.h"

#include "ui/log/logwords.h"
#include "ui/widgets/textlabel.h"
#include "ui/widgets/timeformat.h"
#include "ui/widgets/wording.h"

#include <QLocale>

namespace ui {

namespace {

using Kind = LogSourceRow::Kind;
using SourceKind = app::LogSource::Kind;

struct SourceWords {
    Q_DECLARE_TR_FUNCTIONS(ui::SourceWords)
};

const QString separator = QStringLiteral(" · ");

/// "0.52 CPU": of one processor.
QString processorWords(const models::ContainerUsage& usage) {
    return usage.processors
               ? SourceWords::tr("%1 CPU").arg(QLocale().toString(*usage.processors, 'f', 2))
               : QString();
}

QString memoryWords(const models::ContainerUsage& usage) {
    const QLocale locale;
    constexpr int digits = 0;
    const QString used = locale.formattedDataSize(usage.memory, digits);
    return usage.memoryLimit > 0
               ? SourceWords::tr("%1 of %2")
                     .arg(used, locale.formattedDataSize(usage.memoryLimit, digits))
               : used;
}

QString kindName(const app::LogSource& source) {
    switch (source.kind) {
    case SourceKind::Container:
    case SourceKind::Compose:
        return SourceWords::tr("Container");
    case SourceKind::Command:
        return SourceWords::tr("Command");
    case SourceKind::File:
        return SourceWords::tr("File");
    case SourceKind::Journal:
        return SourceWords::tr("System journal");
    }
    return {};
}

/// Whether what is said of its container was so when it was last asked, and nobody knows since.
bool isStale(const LogSourceRow& row) {
    return row.container && row.list && row.list->state == app::ContainerList::State::Stale;
}

/// What a person has to know before anything else.
QString streamTrouble(const LogSourceRow& row) {
    using State = app::LogStreamState::State;
    if (!row.log || row.log->state != app::LogFollower::Log::State::Following)
        return {};
    switch (row.log->stream.state) {
    case State::Opening:
    case State::Waiting:
    case State::Ended:
    case State::Failed:
        return logWords(*row.log);
    case State::Following:
    case State::Stopped:
        return {};
    }
    return {};
}

QString containerLine(const models::Container& container) {
    QStringList words{containerWords(container)};
    if (container.restarts > 0 && container.state != models::ContainerState::Restarting)
        words.append(countOf(container.restarts, SourceWords::tr("%1 restart"),
                             SourceWords::tr("%1 restarts")));
    if (container.usage) {
        if (const QString processor = processorWords(*container.usage); !processor.isEmpty())
            words.append(processor);
        words.append(QLocale().formattedDataSize(container.usage->memory, 0));
    }
    return words.join(separator);
}

QString sourceLine(const LogSourceRow& row) {
    QStringList words;
    if (row.title != row.source->subject())
        words.append(row.source->subject());
    if (const QString trouble = streamTrouble(row); !trouble.isEmpty())
        words.append(trouble);
    else if (row.container)
        words.append(containerLine(*row.container));
    else if (row.list && row.list->state == app::ContainerList::State::Known)
        words.append(SourceWords::tr("No such container"));
    else if (row.log)
        words.append(logWords(*row.log));
    else
        words.append(kindName(*row.source));
    if (row.isOneOfSeveralPlaces)
        words.append(row.host.name);
    return words.join(separator);
}

void addContainerFacts(QList<SourceFact>& facts, const LogSourceRow& row, models::Instant now) {
    const models::Container& container = *row.container;
    const auto add = [&facts](const QString& name, const QString& value) {
        if (!value.isEmpty())
            facts.append({name, value});
    };
    const QString state = containerWords(container);
    add(SourceWords::tr("State"),
        isStale(row) ? SourceWords::tr("%1, %2").arg(state, formatAge(row.list->at, now)) : state);
    if (!container.startedAt.isNull())
        add(SourceWords::tr("Started"),
            SourceWords::tr("%1, %2").arg(formatAge(container.startedAt, now),
                                          formatDateTime(container.startedAt)));
    add(SourceWords::tr("Restarts"), QLocale().toString(container.restarts));
    if (container.usage) {
        add(SourceWords::tr("CPU"), processorWords(*container.usage));
        add(SourceWords::tr("Memory"), memoryWords(*container.usage));
        add(SourceWords::tr("Measured"), formatAge(container.usage->at, now));
    }
    add(SourceWords::tr("Image"), container.image);
    add(SourceWords::tr("Digest"), container.imageDigest.isEmpty()
                                       ? SourceWords::tr("None, built at its host")
                                       : container.imageDigest);
    add(SourceWords::tr("Revision"), container.revision);
    add(SourceWords::tr("Project"), container.composeProject);
    add(SourceWords::tr("Id"), container.id.left(12));
}

} // namespace

QString sourceWords(const LogSourceRow& row) {
    switch (row.kind) {
    case Kind::Heading:
    case Kind::Project:
        return {};
    case Kind::Service:
        return SourceWords::tr("Names no log");
    case Kind::Place:
        return placeWords(*row.list);
    case Kind::Source:
        return sourceLine(row);
    case Kind::Kept:
        return row.source ? sourceLine(row) : logWords(*row.log);
    }
    return {};
}

QString sourceToolTip(const LogSourceRow& row) {
    const QString words = sourceWords(row);
    return plainToolTip(words.isEmpty() ? row.title : row.title + separator + words);
}

QString searchWords(const LogSourceRow& row) {
    QStringList words{row.title, row.service, row.host.name};
    if (row.source)
        words.append(row.source->subject());
    if (row.container)
        words += {row.container->name, row.container->image, row.container->composeProject,
                  row.container->revision, containerWords(*row.container)};
    words.removeAll(QString());
    return words.join(u' ');
}

std::optional<Glyph> sourceGlyph(const LogSourceRow& row) {
    if (row.container)
        return isStale(row) ? Glyph::Stale : containerGlyph(*row.container);
    if (row.source && row.source->isOfRuntime())
        return row.list && row.list->state == app::ContainerList::State::Known ? Glyph::Failed
                                                                               : Glyph::Unknown;
    if (row.canBeShown())
        return Glyph::Command;
    return std::nullopt;
}

Colour sourceTone(const LogSourceRow& row) {
    if (row.container)
        return isStale(row) ? Colour::Quiet : containerTone(*row.container);
    return sourceGlyph(row) == Glyph::Failed ? Colour::Fail : Colour::Quiet;
}

QList<SourceFact> sourceFacts(const LogSourceRow& row, models::Instant now) {
    QList<SourceFact> facts;
    if (row.kind == Kind::Place)
        facts.append({SourceWords::tr("Containers"), placeWords(*row.list)});
    if (row.source) {
        facts.append({kindName(*row.source), row.source->subject()});
        facts.append({SourceWords::tr("Place"), row.host.name});
    }
    if (row.log)
        facts.append({SourceWords::tr("Log"), logWords(*row.log)});
    if (row.log && row.log->stream.state == app::LogStreamState::State::Following)
        facts.append({SourceWords::tr("Since"), formatTime(row.log->stream.since)});
    if (row.log && !row.log->path.isEmpty())
        facts.append({SourceWords::tr("File"), row.log->path});
    if (row.container)
        addContainerFacts(facts, row, now);
    return facts;
}

} // namespace ui
