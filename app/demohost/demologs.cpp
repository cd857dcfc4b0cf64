// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demohost/demologs.h"

#include <QDateTime>
#include <QFile>

#include <chrono>
#include <utility>

namespace app {
namespace {

constexpr std::chrono::milliseconds interval{500};
constexpr int historyLines = 400;
constexpr int burstLines = 200;

QByteArray wrongText(const QString& service, qint64 number) {
    const QByteArray n = QByteArray::number(number);
    if (service == u"portal")
        return "ERROR portal.booth the media server timed out after 2.0 s request_id=" + n;
    if (service == u"mediamtx")
        return "WAR [path booth-" + QByteArray::number(number % 7) +
               "] the reader is too slow, packets are dropped";
    if (service == u"proxy")
        return R"({"level":"error","msg":"the peer connection failed","session":"s-)" + n + "\"}";
    if (service.startsWith(u"books") || service.startsWith(u"reader"))
        return "level=error msg=\"the page could not be read\" book=" +
               QByteArray::number(number % 40);
    return "ERROR " + service.toUtf8() + " the connection pool is exhausted request_id=" + n;
}

QByteArray rightText(const QString& service, qint64 number) {
    const QByteArray n = QByteArray::number(number);
    const QByteArray time = QByteArray::number(number * 37 % 180 + 3);
    if (service == u"portal")
        return "INFO portal.web GET /booth 200 " + time + "ms request_id=" + n;
    if (service == u"mediamtx")
        return "INF [path booth-" + QByteArray::number(number % 7) +
               "] is publishing, 1 track (Opus)";
    if (service == u"jitsi")
        return "INFO: room-" + QByteArray::number(number % 12) + " has " +
               QByteArray::number(number % 5 + 1) + " participants";
    if (service == u"proxy")
        return R"({"level":"info","msg":"the offer was answered","session":"s-)" + n +
               "\",\"ms\":" + time + '}';
    if (service.startsWith(u"books") || service.startsWith(u"reader"))
        return "level=info msg=\"a page was read\" page=" + n + " ms=" + time;
    return "INFO " + service.toUtf8() + " POST /v1/speech 200 " + time + "ms request_id=" + n;
}

/// One line in every so many is an error.
int errorsAmong(DemoState::Fault fault) {
    switch (fault) {
    case DemoState::Fault::None:
    case DemoState::Fault::Latency:
    case DemoState::Fault::Burst:
        return 29;
    case DemoState::Fault::Errors:
        return 3;
    case DemoState::Fault::Crash:
        return 2;
    }
    Q_UNREACHABLE();
}

/// nanoseconds: since 1970.
QByteArray stamped(qint64 nanoseconds, const QByteArray& text) {
    constexpr qint64 second = 1'000'000'000;
    const QByteArray fraction = QByteArray::number(nanoseconds % second).rightJustified(9, '0');
    const QDateTime time = QDateTime::fromSecsSinceEpoch(nanoseconds / second, Qt::UTC);
    return QByteArray::number(nanoseconds / second) + '.' + fraction + ' ' +
           time.toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss.")).toLatin1() + fraction + "Z " +
           text + '\n';
}

qint64 now() {
    using namespace std::chrono;
    return duration_cast<nanoseconds>(system_clock::now().time_since_epoch()).count();
}

} // namespace

QByteArray demoLine(const QString& service, DemoState::Fault fault, qint64 number) {
    return number % errorsAmong(fault) == 0 ? wrongText(service, number)
                                            : rightText(service, number);
}

DemoLogs::DemoLogs(QString folder, QString state, QObject* parent)
    : QObject(parent)
    , m_folder(std::move(folder))
    , m_state(std::move(state)) {
    connect(&m_timer, &QTimer::timeout, this, &DemoLogs::writeNow);
}

void DemoLogs::begin() {
    writeHistory();
    m_timer.start(interval);
}

void DemoLogs::writeHistory() {
    const qint64 step = std::chrono::nanoseconds(interval).count() * 3;
    const qint64 end = now();
    for (const DemoService& service : demoServices()) {
        QFile file(m_folder + u'/' + service.name + QStringLiteral(".log"));
        if (!file.open(QFile::Append))
            continue;
        for (qint64 number = 1; number <= historyLines; ++number) {
            file.write(stamped(end - (historyLines - number + 1) * step,
                               demoLine(service.name, DemoState::Fault::None, number)));
        }
    }
    m_number = historyLines;
}

void DemoLogs::writeNow() {
    ++m_number;
    for (const DemoService& service : demoServices()) {
        const DemoState state = stateOf(service, m_state);
        QFile file(m_folder + u'/' + service.name + QStringLiteral(".log"));
        if (state.status == DemoState::Status::Stopped || !file.open(QFile::Append))
            continue;
        const int lines = state.fault == DemoState::Fault::Burst ? burstLines : 1;
        for (int line = 0; line < lines; ++line)
            file.write(stamped(now(), demoLine(service.name, state.fault, m_number + line)));
    }
}

} // namespace app
