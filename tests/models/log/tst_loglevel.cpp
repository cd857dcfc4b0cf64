// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/loglevel.h"

#include "models/log/logstamp.h"

#include <QTest>

#include <random>

using models::LogLevel;
using models::recogniseLevel;

class TestLogLevel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void recognises_data();
    void recognises();
    void looksOnlyAtTheBeginning();
    void findsItAnywhereBefore();
    void readsTheSameOneAfterTheOther();
};

void TestLogLevel::recognises_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<LogLevel>("level");
    const auto row = [](const char* text, LogLevel level) {
        QTest::newRow(text) << QByteArray(text) << level;
    };
    row("", LogLevel::None);
    row("2024-05-01 10:20:30 ERROR [main] c.e.Portal - no", LogLevel::Error);
    row("2024-05-01 10:20:30,123 - root - WARNING - slow", LogLevel::Warning);
    row("INFO:     127.0.0.1:5000 - GET /", LogLevel::Info);
    row("[2024-05-01T10:20:30Z DEBUG portal] ready", LogLevel::Debug);
    row("2024/05/01 10:20:30 [error] 12#12: connect() failed", LogLevel::Error);
    row("2024-05-01 10:20:30 UTC [7] FATAL:  the database system is starting up", LogLevel::Fatal);
    row("warning: unused", LogLevel::Warning);
    row("npm ERR! code 1", LogLevel::Error);
    row(R"({"time":"x","level":"warn","msg":"ERROR"})", LogLevel::Warning);
    row(R"({"level": 50, "msg": "x"})", LogLevel::Error);
    row(R"({"severity":"CRITICAL"})", LogLevel::Fatal);
    row("ts=1 lvl=dbg msg=x", LogLevel::Debug);
    row("time=x level=\"info\" msg=\"an ERROR\"", LogLevel::Info);
    row("E0501 10:20:30.123 7 file.go:1] no", LogLevel::Error);
    row("<11>May  1 10:20:30 host app: no", LogLevel::Error);
    row("<192>x", LogLevel::None);
    row("<6>x", LogLevel::Info);
    row("2024 | INFO | x", LogLevel::Info);
    row("NOTICE:  table", LogLevel::Notice);
    // No statement: a word of the message, a part of a word, a value of something else.
    row("0 errors found", LogLevel::None);
    row("an error occurred", LogLevel::None);
    row("GET /ERROR_LOG", LogLevel::None);
    row("MIRROR_INFORMATION XERROR", LogLevel::None);
    row("level=high", LogLevel::None);
    row("sealevel=error", LogLevel::None);
    row("E05 10", LogLevel::None);
    row("\xc3\xa9INFO", LogLevel::None);
}

void TestLogLevel::recognises() {
    QFETCH(QByteArray, text);
    QFETCH(LogLevel, level);
    QCOMPARE(recogniseLevel(text), level);
    QCOMPARE(recogniseLevel(text, models::leadingStamp(text).length), level);
}

void TestLogLevel::looksOnlyAtTheBeginning() {
    QCOMPARE(recogniseLevel(QByteArray(models::levelWindow - 6, ' ') + "ERROR x"), LogLevel::Error);
    QCOMPARE(recogniseLevel(QByteArray(models::levelWindow, ' ') + "ERROR x"), LogLevel::None);
}

/// Every word, at every place, in capitals: what passes over most of a line must pass over none.
void TestLogLevel::findsItAnywhereBefore() {
    for (const char* word :
         {"trace",  "trc",    "verbose", "finest", "debug", "dbg",   "fine",  "info",
          "inf",    "notice", "warn",    "wrn",    "war",   "deb",   "error", "err",
          "severe", "fatal",  "ftl",     "crit",   "panic", "alert", "emerg"}) {
        const QByteArray capitals = QByteArray(word).toUpper();
        for (qsizetype at = 0; at + capitals.size() < models::levelWindow; ++at)
            QCOMPARE(recogniseLevel(QByteArray(at, ' ') + capitals + " x"),
                     models::levelOfWord(word));
    }
    for (const char* key : {"level", "lvl", "severity", "loglevel"}) {
        const QByteArray pair = QByteArray(key) + "=warn";
        for (qsizetype at = 0; at + pair.size() < models::levelWindow; ++at)
            QCOMPARE(recogniseLevel(QByteArray(at, ' ') + pair), LogLevel::Warning);
    }
}

/// Lines that begin alike as far as anything can be told from, and differ in the byte behind that.
void TestLogLevel::readsTheSameOneAfterTheOther() {
    const QByteArrayList openings{"",        " ",         "  ",
                                  "[",       "<",         "(",
                                  "|",       "x",         "level=",
                                  "lvl: \"", "level ",    "{\"level\":\"",
                                  "a b c ",  "severity:", "payload level x "};
    const QByteArrayList words{"INFO", "info", "ERROR", "Error", "err",  "30",  "50",
                               "WARN", "x",    "ERR",   "I0501", "<11>", "fine"};
    const QByteArrayList ends{" ", "", "]", ">", ")", "|", ":", "s", "9", "_x", "\" ", "=", "0 "};
    const QByteArrayList stamps{"", "2024-05-01T10:20:30Z", "[2024-05-01 10:20:30"};
    std::mt19937 random(1);
    const auto one = [&random](const QByteArrayList& of) {
        return of[static_cast<qsizetype>(random() % static_cast<size_t>(of.size()))];
    };
    models::LevelReader reader;
    int stated = 0;
    for (int line = 0; line < 200'000; ++line) {
        const QByteArray stamp = one(stamps);
        QByteArray text = stamp;
        for (size_t part = random() % 3; part < 3; ++part)
            text += one(openings) + one(words) + one(ends);
        text += QByteArray(static_cast<qsizetype>(random() % 40), '.');
        const LogLevel level = recogniseLevel(text, stamp.size());
        stated += level == LogLevel::None ? 0 : 1;
        QVERIFY2(reader.read(text, stamp.size()) == level, text.constData());
    }
    QVERIFY(stated > 50'000);
}

QTEST_GUILESS_MAIN(TestLogLevel)
#include "tst_loglevel.moc"
