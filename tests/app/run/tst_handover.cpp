// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/handover.h"

#include <QCoreApplication>
#include <QTest>

using app::Handover;

namespace {

const models::RunId run(QStringLiteral("run"));
const models::AttemptKey attempt{run, models::StepId(QStringLiteral("step")), 1};

QByteArray numbers(int from, int to) {
    QByteArray bytes;
    for (int number = from; number < to; ++number)
        bytes += QByteArray::number(number) + '\n';
    return bytes;
}

/// What was handed over, in order: output by stream, facts as a letter.
class Receiver : public QObject {
public:
    explicit Receiver(Handover& handover) {
        connect(&handover, &Handover::outputReady, this,
                [this](const models::AttemptKey&, int stream, const QByteArray& bytes) {
                    all += bytes;
                    streams[stream] += bytes;
                });
    }

    QByteArray all;
    QByteArray streams[2];
};

} // namespace

class TestHandover : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aTurnIsBounded() {
        Handover handover;
        const Receiver receiver(handover);
        // As many events of one turn add to it, so one large piece does.
        const QByteArray bytes = numbers(0, 300'000);
        for (qsizetype from = 0; from < bytes.size() / 2; from += 30'000)
            handover.addOutput(
                attempt, 0, bytes.mid(from, std::min<qsizetype>(30'000, bytes.size() / 2 - from)));
        handover.addOutput(attempt, 0, bytes.mid(bytes.size() / 2));
        QCOMPARE(receiver.all.size(), Handover::bytesPerTurn);
        int turns = 1;
        while (receiver.all.size() < bytes.size()) {
            const qsizetype before = receiver.all.size();
            QCoreApplication::processEvents();
            QVERIFY(receiver.all.size() - before <= Handover::bytesPerTurn);
            QVERIFY(++turns < 10'000);
        }
        QCOMPARE(receiver.all, bytes);
    }

    void factsKeepTheirPlace() {
        Handover handover;
        Receiver receiver(handover);
        const auto fact = [&](char letter) {
            handover.add(run, [&receiver, letter] { receiver.all += letter; });
        };
        const QByteArray out = numbers(0, 40'000);
        const QByteArray err = numbers(40'000, 80'000);
        fact('a');
        handover.addOutput(attempt, 0, out);
        fact('b');
        handover.addOutput(attempt, 1, err);
        fact('c');
        QTRY_COMPARE(receiver.all.size(), out.size() + err.size() + 3);
        QCOMPARE(receiver.all, 'a' + out + 'b' + err + 'c');
        QCOMPARE(receiver.streams[0], out);
        QCOMPARE(receiver.streams[1], err);
    }

    void littleIsHandedOverAtOnce() {
        Handover handover;
        Receiver receiver(handover);
        handover.add(run, [&receiver] { receiver.all += 'a'; });
        handover.addOutput(attempt, 0, "out");
        QCOMPARE(receiver.all, QByteArray("aout"));
    }

    void receiverMayAdd() {
        Handover handover;
        Receiver receiver(handover);
        handover.add(run, [&] {
            receiver.all += 'a';
            handover.add(run, [&] { receiver.all += 'c'; });
        });
        handover.add(run, [&receiver] { receiver.all += 'd'; });
        QTRY_COMPARE(receiver.all, QByteArray("acd"));
    }

    void whatIsDroppedDoesNotCome() {
        Handover handover;
        Receiver receiver(handover);
        const models::RunId other(QStringLiteral("other"));
        handover.addOutput(attempt, 0, QByteArray(2 * Handover::bytesPerTurn, 'x'));
        handover.add(other, [&receiver] { receiver.all += 'o'; });
        handover.add(run, [&receiver] { receiver.all += 'r'; });
        handover.drop(run);
        QTRY_VERIFY(receiver.all.endsWith('o'));
        QCoreApplication::processEvents();
        QCOMPARE(receiver.all, QByteArray(Handover::bytesPerTurn, 'x') + 'o');
    }
};

QTEST_GUILESS_MAIN(TestHandover)
#include "tst_handover.moc"
