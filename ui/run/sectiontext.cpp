// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/sectiontext.h"

namespace ui {

QString sectionText(const models::Plan& plan, int section) {
    const auto& own = plan.runbook.sections;
    if (section >= own.size())
        return {};
    const qsizetype first = section < 0 ? 0 : own[section].line; // 0-based: behind the heading
    const qsizetype next = section + 1 < own.size() ? own[section + 1].line - 1 : -1;
    const QByteArray& source = plan.runbook.source;
    QByteArray text;
    qsizetype begin = 0;
    for (qsizetype line = 0; begin < source.size() && line != next; ++line) {
        const qsizetype found = source.indexOf('\n', begin);
        const qsizetype end = found < 0 ? source.size() : found;
        const QByteArrayView written = QByteArrayView(source).sliced(begin, end - begin);
        const bool isUnderline =
            line == first && (written.startsWith("===") || written.startsWith("---"));
        if (line >= first && !isUnderline) {
            text += written;
            text += '\n';
        }
        begin = end + 1;
    }
    return QString::fromUtf8(text);
}

} // namespace ui
