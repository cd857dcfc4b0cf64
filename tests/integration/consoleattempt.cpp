// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/consoleattempt.h"

#include <QCoreApplication>

#include <utility>

namespace tests {
namespace {

/// Whole or not at all, as a journal has it.
void writeWhole(const QString& path, const QByteArray& text) {
    QFile aside(QStringLiteral("%1.part%2").arg(path).arg(QCoreApplication::applicationPid()));
    if (aside.open(QIODevice::WriteOnly))
        aside.write(text);
    aside.close();
    aside.rename(path);
}

} // namespace

ConsoleAttempt::ConsoleAttempt(app::Place& place, QString files, QString own)
    : m_place(place)
    , m_files(std::move(files))
    , m_own(std::move(own)) {}

QString ConsoleAttempt::path(const QString& name) const {
    return m_files + QLatin1Char('.') + name;
}

void ConsoleAttempt::begin(app::AttemptRequest request) {
    m_request = std::move(request);
    QFile script(path(QStringLiteral("script")));
    m_streams[0].setFileName(path(QStringLiteral("out") + m_own));
    m_streams[1].setFileName(path(QStringLiteral("err") + m_own));
    if (!script.open(QIODevice::ReadOnly) ||
        !m_streams[0].open(QIODevice::Append | QIODevice::Unbuffered) ||
        !m_streams[1].open(QIODevice::Append | QIODevice::Unbuffered)) {
        end("the files of the console cannot be opened");
        return;
    }
    m_request.script = script.readAll();
    m_request.from = {m_streams[0].size(), m_streams[1].size()};
    watch();
    QFile begun(path(QStringLiteral("begun")));
    if (begun.open(QIODevice::ReadOnly)) {
        m_request.origin = app::AttemptOrigin::FoundUnderWay;
        m_request.folder = QString::fromLatin1(begun.readAll());
        run();
        return;
    }
    m_place.openRun(m_request.attempt.run, [this](const models::Result<QString>& folder) {
        if (!folder) {
            end("refused " + folder.error().message.toUtf8());
            return;
        }
        m_request.folder = *folder;
        writeWhole(path(QStringLiteral("begun")), folder->toLatin1());
        run();
    });
}

void ConsoleAttempt::run() {
    m_place.run(m_request);
}

void ConsoleAttempt::watch() {
    using app::Place;
    connect(&m_place, &Place::outputReceived, this,
            [this](const models::AttemptKey&, app::OutputStream stream, qint64 offset,
                   const QByteArray& bytes) {
                QFile& file = m_streams[static_cast<int>(stream)];
                if (offset != file.size())
                    end("gap");
                file.write(bytes);
            });
    connect(&m_place, &Place::attemptFinished, this,
            [this](const models::AttemptKey&, const app::AttemptRecord& record) {
                end("exit " + QByteArray::number(record.exitCode) +
                    (record.outputCut ? ", some output lost" : ""));
            });
    connect(&m_place, &Place::attemptUnknown, this,
            [this](const models::AttemptKey&, const QString& reason, const QString& evidence) {
                end("unknown " + reason.toUtf8() + '\n' + evidence.toUtf8());
            });
    connect(&m_place, &Place::attemptRefused, this,
            [this](const models::AttemptKey&, const models::Error& error) {
                end("refused " + error.message.toUtf8());
            });
}

void ConsoleAttempt::end(const QByteArray& result) {
    writeWhole(path(QStringLiteral("result") + m_own), result);
    // Not quit(): what was asked for before the event loop began ends the program too.
    QMetaObject::invokeMethod(
        QCoreApplication::instance(), [] { QCoreApplication::quit(); }, Qt::QueuedConnection);
}

} // namespace tests
