// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QByteArrayView>

#include <random>

namespace tests {

/// Lines as logs have them, and some that they should not have: made of parts that mean something
/// to what reads them, of any bytes but line feeds, empty and long ones. The same for a seed.
class LogText {
public:
    explicit LogText(unsigned seed)
        : m_random(seed) {}

    /// A number from 0 to below.
    int number(int below) { return static_cast<int>(m_random() % static_cast<unsigned>(below)); }
    QByteArray line();
    QByteArrayList lines(int count);
    /// The bytes in pieces that are cut anywhere.
    QByteArrayList cut(const QByteArray& bytes, int longest);

private:
    QByteArray part();

    std::mt19937 m_random;
};

} // namespace tests
