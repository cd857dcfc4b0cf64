// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/process/channel.h"

namespace tests {

/// A channel whose other side is the test.
class FakeChannel final : public app::Channel {
public:
    void write(const QByteArray& bytes) override { written += bytes; }
    void closeInput() override {}
    void setReading(Reading wanted) override { reading = wanted; }
    [[nodiscard]] bool wasCutOff() const override { return isCutOff; }
    [[nodiscard]] std::optional<int> exitStatus() const override { return status; }
    [[nodiscard]] QString failure() const override { return words; }

    void end(int exitStatus) {
        status = exitStatus;
        Q_EMIT closed();
    }
    void cutOff() {
        isCutOff = true;
        Q_EMIT closed();
    }
    void refuse(const QString& why) {
        words = why;
        Q_EMIT closed();
    }

    QByteArray written;
    Reading reading = Reading::On;
    bool isCutOff = false;
    std::optional<int> status;
    QString words;
};

} // namespace tests
