// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/process/attachedcommand.h"

#include "app/process/supervisorprogram.h"

#include <utility>

namespace app {
namespace {

/// A login shell's greeting is not longer.
constexpr qsizetype greetingLimit = 1024 * 1024;

} // namespace

/// The shell reads a line, which it has to have whole before it begins any of it. The watcher takes
/// the rest of the input, of which there is none: it ends with the connection. So what the command
/// is to read is in that line too, and printf is a part of the shell: no process is called with it.
QByteArray attachedCommandLine(const QStringList& argv, const QByteArray& input,
                               const QByteArray& token) {
    QByteArray words;
    for (const QString& argument : argv)
        words += ' ' + quotedForShell(argument.toUtf8());
    const QByteArray name = quotedForShell(argv.value(0).toUtf8());
    const QByteArray feed =
        input.isEmpty() ? QByteArray() : "printf %s " + quotedForShell(input) + " 2>/dev/null | ";
    return "{ echo " + token + "; echo " + token + " >&2; command -v " + name +
           " >/dev/null 2>&1 || { echo " + token +
           " >&2; exit 127; }; exec 3<&0 </dev/null; { trap '' TERM; read -r gt_x; kill -TERM 0; "
           "sleep 2; kill -KILL 0; } <&3 3<&- >/dev/null 2>&1 & gt_w=$!; (" +
           feed + "exec" + words +
           ") 3<&-; gt_s=$?; exec 2>/dev/null; kill -KILL $gt_w; wait $gt_w; exit $gt_s; }\n";
}

AttachedCommand::AttachedCommand(std::unique_ptr<Channel> shell, const QStringList& argv)
    : m_command(argv.value(0))
    , m_mark(randomToken())
    , m_shell(std::move(shell)) {
    connect(m_shell.get(), &Channel::outputRead, this,
            [this](const QByteArray& bytes) { pass(m_out, bytes, &Channel::outputRead); });
    connect(m_shell.get(), &Channel::errorRead, this,
            [this](const QByteArray& bytes) { pass(m_err, bytes, &Channel::errorRead); });
    connect(m_shell.get(), &Channel::closed, this, &Channel::closed);
    m_shell->write(attachedCommandLine(argv, {}, m_mark));
}

void AttachedCommand::pass(Stream& stream, const QByteArray& bytes,
                           void (Channel::*signal)(const QByteArray&)) {
    if (stream.isBegun) {
        // Nothing but the token again: what was to run is not there. It comes in one write.
        if (&stream == &m_err && bytes == m_mark + '\n')
            m_isMissing = true;
        else
            Q_EMIT(this->*signal)(bytes);
        return;
    }
    stream.early += bytes;
    const QByteArray line = m_mark + '\n';
    const qsizetype begin = stream.early.indexOf(line);
    if (begin < 0) {
        // Only its end can be the beginning of the token.
        if (stream.early.size() > greetingLimit)
            stream.early = stream.early.last(line.size());
        return;
    }
    stream.isBegun = true;
    if (&stream == &m_out)
        Q_EMIT opened();
    const QByteArray rest = std::exchange(stream.early, {}).mid(begin + line.size());
    if (!rest.isEmpty())
        pass(stream, rest, signal);
}

QString AttachedCommand::failure() const {
    if (m_isMissing)
        return tr("%1 is not installed there, or not in PATH.").arg(m_command);
    if (!m_out.isBegun && !m_shell->wasCutOff() && m_shell->failure().isEmpty())
        return tr("The shell at the place did not begin. Check that sh can be started there.");
    return m_shell->failure();
}

} // namespace app
