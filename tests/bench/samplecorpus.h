// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace tests {

struct SampleDocument {
    QString name;
    QByteArray bytes;
};

/// The public runbooks of the shared folder beside the checkout, else generated documents of the
/// same shapes and about the same size.
[[nodiscard]] QList<SampleDocument> sampleCorpus();

/// A checklist of count steps, each of which runs `true`.
[[nodiscard]] QByteArray checklistOfTrue(int count);

/// A generated document of all shapes, of that many lines.
[[nodiscard]] QByteArray documentOfLines(int lines);

} // namespace tests
