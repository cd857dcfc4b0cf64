// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/runfile.h"

#include "models/core/sha256.h"
#include "models/run/event.h"
#include "models/run/hosts.h"
#include "models/run/standing.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace models {

namespace {

tl::unexpected<Error> noRunFile(int number) {
    return failure(ErrorCode::InvalidInput,
                   u"This is no run that was handed over: line %1 holds no event."_qs.arg(number));
}

tl::unexpected<Error> damaged(const QString& what) {
    return failure(ErrorCode::Damaged,
                   u"The file was changed or cut: %1 Have it handed over again."_qs.arg(what));
}

/// Takes one line in; what does not belong to it is an error.
Result<void> takeLine(const QByteArray& text, int number, RunFile& file) {
    const QJsonObject line = QJsonDocument::fromJson(text).object();
    const RunId run(line.value(u"run").toString());
    const ChainRecord record{line.value(u"seq").toInteger(),
                             line.value(u"event").toString().toUtf8(),
                             QByteArray::fromHex(line.value(u"hash").toString().toLatin1())};
    if (run.isEmpty() || record.bytes.isEmpty())
        return noRunFile(number);
    if (file.run.isEmpty())
        file.run = run;
    if (run != file.run)
        return damaged(u"line %1 is of another run."_qs.arg(number));
    file.records.append(record);
    if (!line.contains(u"output"))
        return {};
    const QByteArray output = QByteArray::fromBase64(line.value(u"output").toString().toLatin1());
    const auto event = eventFromBytes(record.bytes, record.hash);
    const QByteArray expected =
        event ? QByteArray::fromHex(event->payload.value(u"sha256").toString().toLatin1())
              : QByteArray();
    if (sha256(output) != expected)
        return damaged(u"the output of event %1 is another one."_qs.arg(record.seq));
    file.outputs.insert(record.seq, output);
    return {};
}

} // namespace

Result<RunFile> runFileFrom(const QByteArray& lines) {
    RunFile file;
    int number = 0;
    for (const QByteArray& text : lines.split('\n')) {
        ++number;
        if (text.isEmpty())
            continue;
        if (const Result<void> taken = takeLine(text, number, file); !taken)
            return tl::unexpected(taken.error());
    }
    if (file.records.isEmpty())
        return noRunFile(1);
    const ChainReport chain = verifyChain(file.run, file.records);
    if (!chain.isIntact())
        return damaged(chain.faults.first().text);
    for (const ChainRecord& record : std::as_const(file.records)) {
        const auto event = eventFromBytes(record.bytes, record.hash);
        if (!event)
            return tl::unexpected(event.error());
        file.state = apply(std::move(file.state), *event);
    }
    return file;
}

QString handOverRefusal(const RunState& state) {
    if (state.readOnly)
        return u"This run holds events of a newer version: it can be read only."_qs;
    if (state.status == RunStatus::Closed)
        return u"The run is closed."_qs;
    if (state.rollback)
        return u"The run is being rolled back. Wait for its end."_qs;
    if (stepsRunning(state) > 0)
        return u"A command is running, and its output comes here. Wait for its end, or cancel it, "
               "then hand the run over."_qs;
    for (const int index : state.standing.active) {
        if (isBetweenBatches(state, index))
            return u"“%1” goes on with further hosts by itself. Wait for its end, or cancel it."_qs
                .arg(state.plan->steps[index].step.title);
    }
    return {};
}

QString takeOverRefusal(const RunState& state) {
    if (!state.plan || state.readOnly)
        return u"It holds events of a newer version of Gantry. Take it over with that."_qs;
    if (!state.givenAway)
        return u"It is a copy: nobody handed this run over. Have it handed over, so that one "
               "console drives it."_qs;
    RunState standing = state;
    standing.givenAway.reset();
    return handOverRefusal(standing);
}

} // namespace models
