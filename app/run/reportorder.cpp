// SPDX-License-Identifier: GPL-3.0-or-later
// What stands in a report and in which order, whatever the format.
#include "app/run/reportformats.h"
#include "app/run/reportmarks.h"

namespace app {
namespace {

/// The parts of one report.
class Writing {
public:
    explicit Writing(const ReportMarks& marks)
        : m_marks(marks) {}

    [[nodiscard]] QString facts(const QList<RecordedFact>& list) const {
        QList<QStringList> rows;
        for (const RecordedFact& fact : list)
            rows.append({readableTime(fact.at), fact.actor, fact.what, fact.step, fact.detail});
        return m_marks.table({u"When"_qs, u"Who"_qs, u"What"_qs, u"Step"_qs, u"Detail"_qs}, rows);
    }

    [[nodiscard]] QString decided(const ReportTable& what) const {
        QString text = m_marks.heading(what.title);
        if (!what.remark.isEmpty())
            text += m_marks.paragraph(what.remark);
        return what.rows.isEmpty() ? text : text + m_marks.table(what.header, what.rows);
    }

    [[nodiscard]] QString notes(const QList<models::Note>& list) const {
        QStringList items;
        for (const models::Note& note : list)
            items.append(u"Note, %1, %2: %3"_qs.arg(readableTime(note.at), note.actor, note.text));
        return listed(items);
    }

    [[nodiscard]] QString pins(const QList<models::Pin>& list) const {
        QString text;
        for (const models::Pin& pin : list)
            text += m_marks.paragraph(pinSentence(pin)) + m_marks.verbatim(models::pinText(pin));
        return text;
    }

    [[nodiscard]] QString steps(const QList<StepRecord>& records) const {
        QString text;
        QString section;
        for (const StepRecord& one : records) {
            if (one.section != section)
                text += m_marks.sectionName(one.section);
            section = one.section;
            text += m_marks.step(one, step(one));
        }
        return text;
    }

private:
    [[nodiscard]] QString listed(const QStringList& items) const {
        return items.isEmpty() ? QString() : m_marks.list(items);
    }

    [[nodiscard]] QString field(const QString& name, const QString& text) const {
        return text.isEmpty() ? QString() : m_marks.field(name, text);
    }

    [[nodiscard]] QString block(const QString& name, const QString& text) const {
        return text.isEmpty() ? QString() : m_marks.block(name, text);
    }

    [[nodiscard]] QString hosts(const QList<models::HostProgress>& list) const {
        QList<QStringList> rows;
        for (const models::HostProgress& host : list)
            rows.append({host.host, hostSentence(host)});
        return m_marks.field(u"Hosts"_qs, models::hostSummary(list)) +
               m_marks.table({u"Host"_qs, u"Outcome"_qs}, rows);
    }

    [[nodiscard]] QString step(const StepRecord& record) const {
        const models::StepState& state = record.state;
        QString text = field(u"Owner"_qs, state.owner);
        if (!state.actor.isEmpty())
            text += field(u"Decided by"_qs,
                          u"%1, %2"_qs.arg(state.actor, readableTime(state.changedAt)));
        text += field(u"Reason"_qs, state.reason);
        text += block(u"Evidence"_qs, state.evidence);
        if (!record.hosts.isEmpty())
            text += hosts(record.hosts);
        text += notes(state.notes) + pins(state.pins);
        for (const AttemptRecordText& one : record.attempts)
            text += m_marks.attempt(attempt(one));
        return text;
    }

    [[nodiscard]] QString attempt(const AttemptRecordText& record) const {
        QString text = m_marks.paragraph(attemptSentence(record));
        text += field(u"Reason"_qs, record.attempt.reason);
        text += block(u"Evidence"_qs, record.attempt.evidence);
        text += block(u"Command"_qs, record.attempt.script);
        QStringList expectations;
        for (const models::ExpectationResult& result : record.attempt.expectations)
            expectations.append(expectationSentence(result));
        text += listed(expectations);
        text += block(u"Output"_qs, record.output[0]);
        return text + block(u"Error output"_qs, record.output[1]);
    }

    const ReportMarks& m_marks;
};

} // namespace

QString writtenReport(const RunRecord& record, const ReportMarks& marks, const QString& timeline) {
    const Writing writing(marks);
    QString text = marks.title(reportTitle(record));
    text += marks.pairs(u"Run"_qs, reportSummary(record));
    text += marks.heading(u"Deviations"_qs);
    text += record.deviations.isEmpty() ? marks.paragraph(u"None."_qs)
                                        : writing.facts(record.deviations);
    if (!timeline.isEmpty())
        text += marks.heading(u"Timeline"_qs) + timeline + u'\n';
    for (const ReportTable& one : reportTables(record))
        text += writing.decided(one);
    if (const auto variables = reportVariables(record); !variables.isEmpty())
        text += marks.heading(u"Variables"_qs) + marks.pairs(u"Name"_qs, variables);
    if (!record.state.notes.isEmpty())
        text += marks.heading(u"Notes"_qs) + writing.notes(record.state.notes);
    if (!record.state.pins.isEmpty())
        text += marks.heading(u"Pinned log lines"_qs) + writing.pins(record.state.pins);
    text += marks.heading(u"Steps"_qs) + writing.steps(record.steps);
    text += marks.heading(u"What happened"_qs) + writing.facts(record.facts);
    return text + marks.heading(u"Journal"_qs) + marks.chain(record);
}

} // namespace app
