// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/delivery.h"

#include <QCoreApplication>
#include <QTest>

using app::Delivery;

namespace {

const models::RunId run(QStringLiteral("run"));
const models::AttemptKey attempt{run, models::StepId(QStringLiteral("step")), 1};

QByteArray numbers(int from, int to) {
    QByteArray bytes;
    for (int number = from; number < to; ++number)
        bytes += QByteArray::number(number) + '\n';
    return bytes;
}

/// What was delivered, in order: output by stream, facts as a letter.
class Receiver : public QObject {
public:
    explicit Receiver(Delivery& delivery) {
        connect(&delivery, &Delivery::outputReady, this,
                [this](const models::AttemptKey&, int stream, const QByteArray& bytes) {
                    all += bytes;
                    streams[stream] += bytes;
                });
    }

    QByteArray all;
    QByteArray streams[2];
};

} // namespace

class TestDelivery : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aTurnIsBounded() {
        Delivery delivery;
        const Receiver receiver(delivery);
        // As many events of one turn add to it, so one large piece does.
        const QByteArray bytes = numbers(0, 300'000);
        for (qsizetype from = 0; from < bytes.size() / 2; from += 30'000)
            delivery.addOutput(
                attempt, 0, bytes.mid(from, std::min<qsizetype>(30'000, bytes.size() / 2 - from)));
        delivery.addOutput(attempt, 0, bytes.mid(bytes.size() / 2));
        QCOMPARE(receiver.all.size(), Delivery::bytesPerTurn);
        int turns = 1;
        while (receiver.all.size() < bytes.size()) {
            const qsizetype before = receiver.all.size();
            QCoreApplication::processEvents();
            QVERIFY(receiver.all.size() - before <= Delivery::bytesPerTurn);
            QVERIFY(++turns < 10'000);
        }
        QCOMPARE(receiver.all, bytes);
    }

    void factsKeepTheirPlace() {
        Delivery delivery;
        Receiver receiver(delivery);
        const auto fact = [&](char letter) {
            delivery.add(run, [&receiver, letter] { receiver.all += letter; });
        };
        const QByteArray out = numbers(0, 40'000);
        const QByteArray err = numbers(40'000, 80'000);
        fact('a');
        delivery.addOutput(attempt, 0, out);
        fact('b');
        delivery.addOutput(attempt, 1, err);
        fact('c');
        QTRY_COMPARE(receiver.all.size(), out.size() + err.size() + 3);
        QCOMPARE(receiver.all, 'a' + out + 'b' + err + 'c');
        QCOMPARE(receiver.streams[0], out);
        QCOMPARE(receiver.streams[1], err);
    }

    void littleIsHandedOverAtOnce() {
        Delivery delivery;
        Receiver receiver(delivery);
        delivery.add(run, [&receiver] { receiver.all += 'a'; });
        delivery.addOutput(attempt, 0, "out");
        QCOMPARE(receiver.all, QByteArray("aout"));
    }

    void receiverMayAdd() {
        Delivery delivery;
        Receiver receiver(delivery);
        delivery.add(run, [&] {
            receiver.all += 'a';
            delivery.add(run, [&] { receiver.all += 'c'; });
        });
        delivery.add(run, [&receiver] { receiver.all += 'd'; });
        QTRY_COMPARE(receiver.all, QByteArray("acd"));
    }

    void whatIsDroppedDoesNotCome() {
        Delivery delivery;
        Receiver receiver(delivery);
        const models::RunId other(QStringLiteral("other"));
        delivery.addOutput(attempt, 0, QByteArray(2 * Delivery::bytesPerTurn, 'x'));
        delivery.add(other, [&receiver] { receiver.all += 'o'; });
        delivery.add(run, [&receiver] { receiver.all += 'r'; });
        delivery.drop(run);
        QTRY_VERIFY(receiver.all.endsWith('o'));
        QCoreApplication::processEvents();
        QCOMPARE(receiver.all, QByteArray(Delivery::bytesPerTurn, 'x') + 'o');
    }
};

QTEST_GUILESS_MAIN(TestDelivery)
#include "tst_delivery.moc"
