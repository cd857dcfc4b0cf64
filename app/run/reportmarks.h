// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runrecord.h"

namespace app {

/// How one format writes what a report is made of. Every text that is given is plain, and comes out
/// as text whatever it holds.
class ReportMarks {
public:
    virtual ~ReportMarks() = default;

    [[nodiscard]] virtual QString title(const QString& text) const = 0;
    [[nodiscard]] virtual QString heading(const QString& text) const = 0;
    /// Of the steps that follow.
    [[nodiscard]] virtual QString sectionName(const QString& text) const = 0;
    [[nodiscard]] virtual QString paragraph(const QString& text) const = 0;
    /// In one line.
    [[nodiscard]] virtual QString field(const QString& name, const QString& text) const = 0;
    /// With its lines kept.
    [[nodiscard]] virtual QString block(const QString& name, const QString& text) const = 0;
    [[nodiscard]] virtual QString verbatim(const QString& text) const = 0;
    [[nodiscard]] virtual QString list(const QStringList& items) const = 0;
    /// header: of the names; for a format whose tables need one.
    [[nodiscard]] virtual QString pairs(const QString& header,
                                        const QList<QPair<QString, QString>>& values) const = 0;
    /// Rows as long as the header, which is our own words.
    [[nodiscard]] virtual QString table(const QStringList& header,
                                        const QList<QStringList>& rows) const = 0;
    /// content: what was written of it.
    [[nodiscard]] virtual QString step(const StepRecord& record, const QString& content) const = 0;
    [[nodiscard]] virtual QString attempt(const QString& content) const = 0;
    [[nodiscard]] virtual QString chain(const RunRecord& record) const = 0;
};

/// Everything that a report tells, in its order. timeline: where the picture stands, in the format;
/// empty for one without pictures.
[[nodiscard]] QString writtenReport(const RunRecord& record, const ReportMarks& marks,
                                    const QString& timeline);

} // namespace app
