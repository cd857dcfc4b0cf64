// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/process/supervisorprogram.h"

#include <QCryptographicHash>
#include <QFile>
#include <QRandomGenerator>

#include <array>

// The macro declares a function of the global namespace.
static void initializeResources() {
    Q_INIT_RESOURCE(supervisor);
}

namespace app {
namespace {

QByteArray resource(const char* name) {
    static const bool initialized = (initializeResources(), true);
    Q_UNUSED(initialized)
    QFile file(QStringLiteral(":/gantry/supervisor/") + QLatin1String(name));
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT(opened);
    return opened ? file.readAll() : QByteArray();
}

/// Whole-line comments cost the shell time at every attempt.
QByteArray withoutComments(const QByteArray& text) {
    QByteArray kept;
    const QList<QByteArray> lines = text.split('\n');
    for (const QByteArray& line : lines) {
        const QByteArray code = line.trimmed();
        if (!code.isEmpty() && !code.startsWith('#'))
            kept += line + '\n';
    }
    return kept;
}

QList<SessionWrapper> loadWrappers() {
    const std::array<const char*, 3> shells{"sh", "bash", "zsh"};
    QList<SessionWrapper> wrappers;
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const char* shell : shells) {
        wrappers.append(
            {shell,
             withoutComments(resource("order.sh") +
                             resource((QByteArrayLiteral("session.") + shell).constData()))});
        hash.addData(wrappers.last().text);
    }
    const QByteArray stem = "session-" + hash.result().toHex().left(16) + '.';
    for (SessionWrapper& wrapper : wrappers)
        wrapper.name.prepend(stem);
    return wrappers;
}

} // namespace

QByteArray quotedForShell(const QByteArray& bytes) {
    Q_ASSERT(!bytes.contains('\0'));
    QByteArray quoted = bytes;
    quoted.replace('\'', QByteArrayLiteral("'\\''"));
    return '\'' + quoted + '\'';
}

const QList<SessionWrapper>& sessionWrappers() {
    static const QList<SessionWrapper> wrappers = loadWrappers();
    return wrappers;
}

QByteArray supervisorPreamble(ProgramParts parts, const QByteArray& token) {
    static const QByteArray common = withoutComments(resource("supervisor.sh"));
    static const QByteArray orders = withoutComments(resource("orders.sh"));
    static const QByteArray runner =
        "gt_runner=" + quotedForShell(withoutComments(resource("runner.pl"))) + '\n';
    return (parts == ProgramParts::Orders ? orders : runner) + common +
           "gt_token=" + quotedForShell(token) + '\n';
}

QByteArray supervisorCall(const char* function, const QList<QByteArray>& arguments) {
    QByteArray call = function;
    for (const QByteArray& argument : arguments)
        call += ' ' + quotedForShell(argument);
    return call + " end\n";
}

QByteArray randomToken() {
    std::array<quint32, 4> bits{};
    QRandomGenerator::system()->fillRange(bits.data(), bits.size());
    return QByteArray(reinterpret_cast<const char*>(bits.data()), sizeof bits).toHex();
}

} // namespace app
