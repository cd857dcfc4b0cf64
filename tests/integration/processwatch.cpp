// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/processwatch.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QSet>

#include <cstdio>
#include <grp.h>
#include <poll.h>
#include <unistd.h>

namespace tests {
namespace {

constexpr int interval = 10;
constexpr gid_t nobody = 65534;

QByteArray readable(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void look(const QByteArrayList& texts, QSet<QByteArray>& seen) {
    const QStringList entries = QDir(QStringLiteral("/proc")).entryList(QDir::Dirs);
    for (const QString& entry : entries) {
        if (!entry.at(0).isDigit())
            continue;
        for (const char* file : {"cmdline", "environ", "comm"}) {
            const QByteArray shown =
                readable(QStringLiteral("/proc/%1/%2").arg(entry, QString::fromLatin1(file)));
            for (const QByteArray& text : texts) {
                if (shown.contains(text))
                    seen.insert(text);
            }
        }
    }
}

} // namespace

bool ProcessWatch::start(const QByteArrayList& texts) {
    if (geteuid() != 0)
        return false;
    QFile file(m_folder.filePath(QStringLiteral("texts")));
    if (!file.open(QIODevice::WriteOnly))
        return false;
    file.write(texts.join('\n'));
    file.close();
    return m_program.start({QCoreApplication::applicationFilePath(), QString::fromLatin1(argument),
                            file.fileName()}) &&
           m_program.readLine() == "ready\n";
}

ProcessWatch::Seen ProcessWatch::stop() {
    m_program.closeInput();
    QByteArrayList lines = m_program.readAll().split('\n');
    lines.removeAll(QByteArray());
    Seen seen;
    if (!lines.isEmpty())
        seen.looks = lines.takeFirst().toInt();
    seen.texts = lines;
    return seen;
}

int ProcessWatch::watch(const char* textsFile) {
    const QByteArrayList texts = readable(QFile::decodeName(textsFile)).split('\n');
    if (texts.first().isEmpty() || setgroups(0, nullptr) != 0 ||
        setresgid(nobody, nobody, nobody) != 0 || setresuid(nobody, nobody, nobody) != 0)
        return 1;
    std::puts("ready");
    std::fflush(stdout);
    QSet<QByteArray> seen;
    int looks = 0;
    pollfd input{STDIN_FILENO, POLLIN, 0};
    while (poll(&input, 1, interval) == 0) {
        look(texts, seen);
        ++looks;
    }
    std::printf("%d\n", looks);
    for (const QByteArray& text : seen)
        std::printf("%s\n", text.constData());
    return 0;
}

} // namespace tests
