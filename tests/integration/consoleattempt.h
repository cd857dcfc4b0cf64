// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/place.h"

#include <QFile>
#include <QObject>

namespace tests {

/// What a console does for one attempt, with files in place of a journal. All of them begin with
/// one path: ".script" is what to run; ".begun" holds the mark of the folder at the place from
/// before the attempt is asked for; to ".out" and ".err" is added what comes, from where they end;
/// ".result" says how it ended, and then the program quits.
class ConsoleAttempt : public QObject {
    Q_OBJECT

public:
    /// own: the end of the names of what this console keeps for itself (out, err and result); empty
    /// for one that goes on from an earlier one.
    ConsoleAttempt(app::Place& place, QString files, QString own = {});

    /// Everything but the script and what goes on from earlier consoles is in the request.
    void begin(app::AttemptRequest request);

private:
    void watch();
    void run();
    void end(const QByteArray& result);
    [[nodiscard]] QString path(const QString& name) const;

    app::Place& m_place;
    QString m_files;
    QString m_own;
    app::AttemptRequest m_request;
    QFile m_streams[2];
};

} // namespace tests
