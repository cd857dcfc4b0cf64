// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook/runbook.h"

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QString>

namespace tests {

/// What one line of a document is to a release manager. Headings, blank lines, fence delimiters,
/// link definitions, table heads and comments carry no label.
enum class LineLabel { Step, Note, Reference, Rollback, Expectation, Command, Risk };

[[nodiscard]] QString labelName(LineLabel label);

/// A document labelled by hand: which one, the bytes that were judged, a label for each line.
struct LabelledDocument {
    QString file;
    QByteArray sha256;           ///< hexadecimal
    QMap<int, LineLabel> labels; ///< by line, from 1
};

/// Reads "file<TAB>NAME", "sha256<TAB>HASH", then "LINE<TAB>LABEL". Labels are empty where a line
/// is not understood.
[[nodiscard]] LabelledDocument readLabels(const QString& path);

/// The labels that a parsed runbook implies for the lines of its source.
///
/// A step's first line is `step`, in the rollback lane `rollback`. A step that a fence makes begins
/// at the lead-in above it that ends in ":", else at the fence's opening line. The lines of a
/// command that can be run are `command`, the comments among them `note`. Expectations and risks
/// are their own lines. What is left is `reference` in the reference lane and `note` elsewhere.
class LineLabels {
public:
    explicit LineLabels(const models::Runbook& runbook);

    /// The label of line, counted from 1.
    [[nodiscard]] LineLabel at(int line) const;

private:
    void markSections();
    void markRisks();
    void markStep(const models::Step& step);
    void markCommand(const models::Command& command);
    void markExpectation(const models::Expectation& expectation);
    void markBeginnings();
    [[nodiscard]] int beginning(const models::Step& step) const;
    [[nodiscard]] QByteArray text(int line) const;
    void mark(int line, LineLabel label);

    const models::Runbook& m_runbook;
    QList<QByteArray> m_lines;
    QList<LineLabel> m_labels;
};

} // namespace tests
