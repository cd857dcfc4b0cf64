// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/sectiontext.h"

namespace ui {

QString sectionText(const models::Plan& plan, int section) {
    const auto& own = plan.runbook.sections;
    if (section >= own.size())
        return {};
    const qsizetype first = section < 0 ? 0 : own[section].line; // 0-based: behind the heading
    const qsizetype next = section + 1 < own.size() ? own[section + 1].line - 1 : -1;
    const QList<QByteArray> lines = plan.runbook.source.split('\n');
    const qsizetype last = next < 0 ? lines.size() : next;
    QByteArray text;
    for (qsizetype line = first; line < std::min(last, lines.size()); ++line) {
        const bool isUnderline =
            line == first && (lines[line].startsWith("===") || lines[line].startsWith("---"));
        if (!isUnderline)
            text += lines[line] + '\n';
    }
    return QString::fromUtf8(text);
}

} // namespace ui
