// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/exitstatus.h"

#include <QMap>

namespace models {

QString exitStatusText(int status) {
    // By the numbers that they have on every Linux; what stops a command does not end it.
    static const QMap<int, QString> signalNames{
        {1, u"HUP"_qs},   {2, u"INT"_qs},   {3, u"QUIT"_qs}, {4, u"ILL"_qs},
        {6, u"ABRT"_qs},  {8, u"FPE"_qs},   {9, u"KILL"_qs}, {11, u"SEGV"_qs},
        {13, u"PIPE"_qs}, {14, u"ALRM"_qs}, {15, u"TERM"_qs}};
    const QString name = signalNames.value(status - 128);
    return name.isEmpty() ? QString::number(status)
                          : u"%1 (as after signal %2)"_qs.arg(status).arg(name);
}

} // namespace models
