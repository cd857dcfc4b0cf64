// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/log/logtext.h"

#include <array>

namespace tests {

QByteArray LogText::part() {
    static const std::array<QByteArray, 24> parts = {"2024-05-01 10:20:30 ",
                                                     "ERROR ",
                                                     "error ",
                                                     "[warn] ",
                                                     "level=info ",
                                                     R"({"level":"fatal"} )",
                                                     "\x1b[31m",
                                                     "\x1b[0m",
                                                     "\x1b[1;38;5;200m",
                                                     "\x1b]0;title\x07",
                                                     "\x1b[",
                                                     "\x1b",
                                                     "\r",
                                                     "timeout ",
                                                     "took 1234 ms ",
                                                     "a",
                                                     "aab ",
                                                     "\xff\xfe",
                                                     "\xc3\xa9",
                                                     QByteArray("\0", 1),
                                                     "worker-12 ",
                                                     "\x1b[2K",
                                                     " ",
                                                     "INFO "};
    if (number(8) == 0)
        return QByteArray::number(number(100'000));
    return parts[static_cast<size_t>(number(static_cast<int>(parts.size())))];
}

QByteArray LogText::line() {
    const int kind = number(200);
    if (kind == 0)
        return QByteArray(number(40'000), 'x') + part();
    if (kind < 10)
        return {};
    QByteArray line;
    for (int parts = number(14); parts >= 0; --parts)
        line += part();
    if (kind < 20) {
        for (int byte = number(60); byte > 0; --byte)
            line += static_cast<char>(number(256));
        line.replace('\n', ' ');
    }
    return line;
}

QByteArrayList LogText::lines(int count) {
    QByteArrayList lines;
    for (int i = 0; i < count; ++i)
        lines.append(line());
    return lines;
}

QByteArrayList LogText::cut(const QByteArray& bytes, int longest) {
    QByteArrayList pieces;
    for (qsizetype at = 0; at < bytes.size();) {
        pieces.append(bytes.mid(at, 1 + number(longest)));
        at += pieces.last().size();
    }
    return pieces;
}

} // namespace tests
