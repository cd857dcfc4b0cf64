// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secret/commandsecret.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>

using models::ErrorCode;

class TestCommandSecret : public QObject {
    Q_OBJECT

private:
    models::Result<QString> run(const QString& command,
                                std::chrono::milliseconds limit = std::chrono::seconds(30)) {
        QObject context;
        auto future = app::secretFromCommand(command, &context, limit);
        const bool ended = QTest::qWaitFor([&] { return future.isFinished(); }, 60'000);
        if (!ended)
            return models::failure(ErrorCode::Internal, QStringLiteral("it never ended"));
        return future.result();
    }

private Q_SLOTS:
    void gives_data() {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QString>("value");
        QTest::newRow("one line") << u"printf 's3cret value\\n'"_qs << u"'s3cret"_qs;
        QTest::newRow("quoted") << u"echo \"s3cret value\""_qs << u"s3cret value"_qs;
        QTest::newRow("no shell") << u"echo $HOME;id `id` | cat"_qs << u"$HOME;id `id` | cat"_qs;
        QTest::newRow("lines") << u"sh -c \"printf 'one\\ntwo\\r\\n'\""_qs << u"one\ntwo"_qs;
        QTest::newRow("unicode") << u"echo grün"_qs << u"grün"_qs;
        QTest::newRow("stderr is not it") << u"sh -c \"echo no >&2; echo yes\""_qs << u"yes"_qs;
        QTest::newRow("no input") << u"sh -c \"cat; echo end\""_qs << u"end"_qs;
    }
    void gives() {
        QFETCH(QString, command);
        QFETCH(QString, value);
        QCOMPARE(run(command).value(), value);
    }

    void fails_data() {
        QTest::addColumn<QString>("command");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("empty") << u"  "_qs << ErrorCode::InvalidInput;
        QTest::newRow("unknown") << u"gantry-no-such-program x"_qs << ErrorCode::NotFound;
        QTest::newRow("status") << u"sh -c \"echo value; exit 3\""_qs << ErrorCode::NotFound;
        QTest::newRow("signal") << u"sh -c \"kill -9 $$\""_qs << ErrorCode::NotFound;
        QTest::newRow("silent") << u"true"_qs << ErrorCode::NotFound;
        QTest::newRow("endless") << u"yes s3cret-value"_qs << ErrorCode::InvalidInput;
    }
    void fails() {
        QFETCH(QString, command);
        QFETCH(ErrorCode, code);
        const auto value = run(command);
        QVERIFY(!value);
        QCOMPARE(value.error().code, code);
        QVERIFY(!value.error().message.contains(QStringLiteral("value")));
    }

    void hasATimeLimit() {
        QCOMPARE(run(u"sleep 600"_qs, std::chrono::milliseconds(20)).error().code,
                 ErrorCode::Cancelled);
    }

    void isGivenUpWithItsContext() {
        auto context = std::make_unique<QObject>();
        auto future = app::secretFromCommand(u"sleep 600"_qs, context.get());
        context.reset();
        QVERIFY(future.isFinished());
        QCOMPARE(future.result().error().code, ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestCommandSecret)
#include "tst_commandsecret.moc"
