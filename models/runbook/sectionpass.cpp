// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/sectionpass.h"

#include "models/runbook/annotations.h"

#include <utility>

namespace models {

namespace {

using vocabulary::Purpose;

/// Each run of white space becomes one blank; hardly any heading has one to mend.
QString simplified(std::string_view text) {
    unsigned char odd = 0;
    char previous = 'x';
    for (const char c : text) {
        // White space past ASCII is the library's to know.
        odd |= static_cast<unsigned char>((c < ' ') | ((c == ' ') & (previous == ' ')));
        previous = c;
    }
    const QString string = toString(text);
    return odd == 0 ? string : string.simplified();
}

int enclosingSection(const QList<Section>& sections, int level) {
    int index = int(sections.size()) - 1;
    while (index >= 0 && sections[index].level >= level) {
        index = sections[index].parent;
    }
    return index;
}

/// The document's own title says nothing about the lane of all its sections, except "rollback".
bool isDocumentTitle(const ParseContext& context, int section) {
    return section == 0 && context.book.sections[0].level == 1;
}

Lane laneFor(const ParseContext& context, int section, Purpose purpose) {
    const int parent = context.book.sections[section].parent;
    const Lane inherited = context.laneOf(parent);
    switch (purpose) {
    case Purpose::Rollback:
    case Purpose::Trigger:
        return inherited == Lane::Reference ? inherited : Lane::Rollback;
    case Purpose::Reference:
    case Purpose::History:
        return Lane::Reference;
    case Purpose::Unclear:
    case Purpose::Doing:
    case Purpose::Criteria:
    case Purpose::Risks:
        return inherited;
    }
    Q_UNREACHABLE();
}

void addTraits(ParseContext& context, int section, int block, std::string_view title,
               const vocabulary::Heading& heading) {
    const int parent = context.book.sections[section].parent;
    SectionTraits traits;
    traits.block = block;
    traits.purpose = heading.purpose;
    traits.firstWord = heading.firstWord;
    if (traits.purpose == Purpose::Trigger && context.laneOf(parent) != Lane::Rollback &&
        !heading.mentionsRollback) {
        traits.purpose = Purpose::Unclear; // what starts a pipeline
    }
    const bool isTitle = isDocumentTitle(context, section);
    if (isTitle && traits.purpose != Purpose::Rollback) {
        // "Deployment Guide" or "Engineering Fundamentals Checklist" is about the whole.
        traits.purpose = traits.purpose == Purpose::Doing ? Purpose::Doing : Purpose::Unclear;
    }
    if (parent >= 0) {
        const SectionTraits& above = context.traits[std::size_t(parent)];
        traits.isDoing = above.isDoing && !isDocumentTitle(context, parent);
        traits.isTrigger = above.isTrigger;
        traits.isCriteria = above.isCriteria;
        traits.isRisks = above.isRisks;
        traits.isUrgent = above.isUrgent;
    }
    traits.isUrgent = traits.isUrgent || vocabulary::isUrgent(title);
    switch (traits.purpose) {
    case Purpose::Doing:
    case Purpose::Rollback:
        traits.isDoing = true;
        traits.isTrigger = traits.isCriteria = false;
        break;
    case Purpose::Trigger:
        traits.isTrigger = true;
        break;
    case Purpose::Criteria:
        traits.isCriteria = true;
        break;
    case Purpose::Risks:
        traits.isRisks = true;
        break;
    case Purpose::Reference:
    case Purpose::History:
        traits.isDoing = false;
        break;
    case Purpose::Unclear:
        break;
    }
    context.traits.push_back(traits);
    context.book.sections[section].lane = laneFor(context, section, traits.purpose);
}

/// Check boxes are there to be ticked, whatever the heading sounds like ("Documentation").
void keepCheckBoxes(ParseContext& context) {
    if (context.traits.empty() || context.traits.back().purpose != Purpose::Reference) {
        return;
    }
    context.traits.back().purpose = Purpose::Unclear;
    Section& section = context.book.sections.last();
    section.lane = context.laneOf(section.parent);
}

void readTitleAndKind(ParseContext& context) {
    Runbook& book = context.book;
    if (!book.frontMatter.title.isEmpty()) {
        book.title = book.frontMatter.title;
    } else if (!book.sections.isEmpty()) {
        book.title = book.sections.first().title;
    }
    const QString status = book.frontMatter.status.toLower();
    const bool isDone = status == QLatin1String("done") || status == QLatin1String("complete") ||
                        status == QLatin1String("completed") || status == QLatin1String("archived");
    if (isDone) {
        book.kind = DocumentKind::History;
    } else if (!book.frontMatter.rollbackFor.isEmpty() ||
               vocabulary::isRollbackTitle(book.title.toStdString())) {
        book.kind = DocumentKind::RollbackRunbook;
    }
    for (Section& section : book.sections) {
        if (book.kind == DocumentKind::History) {
            section.lane = Lane::Reference;
        } else if (book.kind == DocumentKind::RollbackRunbook && section.lane == Lane::Main) {
            section.lane = Lane::Rollback;
        }
    }
}

} // namespace

void readSections(ParseContext& context) {
    const std::vector<Block>& blocks = context.tree.blocks();
    std::string title;
    for (int i = 0; i < int(blocks.size()); ++i) {
        const Block& block = blocks[std::size_t(i)];
        if (block.type == BlockType::Code && block.isFenced) {
            context.hasFences = true;
        }
        if (block.isTask) {
            keepCheckBoxes(context);
        }
        if (block.type != BlockType::Heading) {
            continue;
        }
        const std::string_view text = context.plainText(i, title);
        const vocabulary::Heading heading = vocabulary::readHeading(text);
        Section section;
        section.title = simplified(text);
        section.level = block.level;
        section.line = block.first;
        section.parent = enclosingSection(context.book.sections, block.level);
        section.environment = toString(heading.environment);
        if (section.environment.isEmpty() && section.parent >= 0) {
            section.environment = context.book.sections[section.parent].environment;
        }
        section.wave = waveOfHeading(context, block.first, section.title);
        context.book.sections.append(std::move(section));
        addTraits(context, int(context.book.sections.size()) - 1, i, text, heading);
    }
    readTitleAndKind(context);
}

void reportEmptySections(ParseContext& context) {
    const std::vector<Block>& blocks = context.tree.blocks();
    for (int i = 0; i < int(context.traits.size()); ++i) {
        const Section& section = context.book.sections[i];
        const std::size_t next = std::size_t(context.traits[std::size_t(i)].block) + 1;
        const bool isLast = next >= blocks.size();
        const bool endsHere = isLast || (blocks[next].type == BlockType::Heading &&
                                         blocks[next].level <= section.level);
        if (endsHere) {
            context.diagnose(section.line, 1, Severity::Warning,
                             QStringLiteral("The section \"%1\" is empty. Write its steps, or "
                                            "remove the heading.")
                                 .arg(section.title));
        }
    }
}

} // namespace models
