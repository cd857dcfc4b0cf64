// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

namespace app {

/// Keeps this machine from going to sleep by itself. Best effort: where it cannot be done, nothing
/// fails. Main thread.
class SleepInhibitor : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// From now on, until release(). why is shown to who asks the system what holds it up.
    virtual void hold(const QString& why) = 0;
    virtual void release() = 0;
};

} // namespace app
