// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/front/seenexample.h"
#include "ui/front/frontwindow.h"
#include "ui/theme/statewords.h"

#include <QFile>
#include <QFontDatabase>
#include <QImage>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <chrono>

namespace tests {

using models::HealthState;

namespace {

models::Instant now() {
    const auto time = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::nanoseconds>(time).count()};
}

/// The example in fonts that are there.
ui::LastSeen shownExample() {
    ui::LastSeen seen = seenExample();
    seen.font = ui::fontFileOf(QStringLiteral("sans-serif"), false);
    seen.strongFont = ui::fontFileOf(QStringLiteral("sans-serif"), true);
    return seen;
}

/// One service, which was looked at just now.
ui::LastSeen seenIn(HealthState state) {
    ui::LastSeen seen = shownExample();
    seen.workspaces.resize(1);
    std::vector<ui::SeenEnvironment>& environments = seen.workspaces[0].environments;
    environments.resize(1);
    environments[0].services = {seenService(QStringLiteral("portal"), state, now())};
    return seen;
}

QImage picture(const ui::LastSeen& seen) {
    const std::unique_ptr<ui::FrontWindow> front = ui::FrontWindow::make(seen);
    return front == nullptr ? QImage() : front->grab().toImage();
}

/// The first line from above with this colour in it; -1: none.
int lineWith(const QImage& image, ui::Colour token, ui::Scheme scheme) {
    const QRgb wanted = ui::tokenColour(token, scheme).rgb();
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixel(x, y) == wanted)
                return y;
        }
    }
    return -1;
}

bool hasColour(const QImage& image, ui::Colour token, ui::Scheme scheme) {
    return lineWith(image, token, scheme) >= 0;
}

} // namespace

class TestFrontWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// First: the fonts of the machine are not read before.
    void theFontsOfTheMachineAreThereAfterwards() {
        const ui::LastSeen seen = shownExample();
        QVERIFY(ui::FrontWindow::make(seen) != nullptr);
        QVERIFY(!QFontDatabase::families().isEmpty());
    }

    void eachStateIsPaintedInItsColour_data() {
        QTest::addColumn<int>("state");
        for (int state = 0; state <= static_cast<int>(HealthState::Passing); ++state) {
            if (HealthState(state) != HealthState::Unchecked)
                QTest::newRow(qUtf8Printable(ui::stateWord(HealthState(state)))) << state;
        }
    }
    void eachStateIsPaintedInItsColour() {
        QFETCH(int, state);
        for (const ui::Scheme scheme : {ui::Scheme::Light, ui::Scheme::Dark}) {
            ui::LastSeen seen = seenIn(HealthState(state));
            seen.scheme = scheme;
            const QImage painted = picture(seen);
            QCOMPARE(painted.size(), seen.geometry.size());
            QVERIFY(hasColour(painted, ui::stateTone(HealthState(state)), scheme));
        }
    }

    /// A pass of long ago is none.
    void anOldPassIsNotPaintedAsOne() {
        ui::LastSeen seen = seenIn(HealthState::Passing);
        QVERIFY(hasColour(picture(seen), ui::Colour::Pass, seen.scheme));
        seen.workspaces[0].environments[0].services[0] =
            seenService(QStringLiteral("portal"), HealthState::Passing);
        const QImage painted = picture(seen);
        QVERIFY(!hasColour(painted, ui::Colour::Pass, seen.scheme));
        QVERIFY(hasColour(painted, ui::Colour::Warn, seen.scheme));
    }

    /// The worst is what an environment is called, also where time made it so.
    void theWorstComesFirst() {
        ui::LastSeen seen = seenIn(HealthState::Passing);
        std::vector<ui::SeenService>& services = seen.workspaces[0].environments[0].services;
        services.push_back(seenService(QStringLiteral("website"), HealthState::Passing));
        const QImage painted = picture(seen);
        const int stale = lineWith(painted, ui::Colour::Warn, seen.scheme);
        QVERIFY(stale >= 0);
        QVERIFY(stale < lineWith(painted, ui::Colour::Pass, seen.scheme));
    }

    /// Many more than have room: the last one counts all the same.
    void theWorstMayBeTheLastOfMany() {
        ui::LastSeen seen = seenIn(HealthState::Passing);
        std::vector<ui::SeenService>& services = seen.workspaces[0].environments[0].services;
        services.insert(services.end(), 100, services.front());
        QVERIFY(!hasColour(picture(seen), ui::Colour::Warn, seen.scheme));
        services.push_back(seenService(QStringLiteral("website"), HealthState::Passing));
        const QImage painted = picture(seen);
        const int stale = lineWith(painted, ui::Colour::Warn, seen.scheme);
        QVERIFY(stale >= 0);
        QVERIFY(stale < lineWith(painted, ui::Colour::Pass, seen.scheme));
    }

    void aProtectedEnvironmentHasItsLine() {
        ui::LastSeen seen = seenIn(HealthState::Passing);
        const QColor line(0x12, 0x34, 0x56);
        const auto has = [&] {
            const QImage painted = picture(seen);
            const int middle = painted.width() / 8;
            for (int y = 0; y < painted.height(); ++y) {
                if (painted.pixelColor(middle, y) == line)
                    return true;
            }
            return false;
        };
        QVERIFY(!has());
        seen.workspaces[0].environments[0].line = line;
        QVERIFY(has());
    }

    void theSmallestWindowIsPainted() {
        ui::LastSeen seen = shownExample();
        seen.geometry = {0, 0, 200, 200};
        for (int i = 0; i < 100; ++i)
            seen.workspaces.push_back(seen.workspaces[0]);
        QCOMPARE(picture(seen).size(), QSize(200, 200));
    }

    void aNameWithoutGlyphsHasNoFront_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isShown");
        QTest::newRow("Latin") << QStringLiteral("Bücher") << true;
        QTest::newRow("Greek") << QStringLiteral("Βιβλία") << true;
        QTest::newRow("Cyrillic") << QStringLiteral("Книги") << true;
        QTest::newRow("joined letters") << QStringLiteral("كتب") << false;
        QTest::newRow("right to left") << QStringLiteral("ספרים") << false;
        QTest::newRow("a picture") << QStringLiteral("\U0001F4DA") << false;
        QTest::newRow("turned around") << QStringLiteral("prod\u202Etset") << false;
        QTest::newRow("two lines") << QStringLiteral("prod\ntest") << false;
        QTest::newRow("nobody's") << QStringLiteral("\uE000") << false;
    }
    void aNameWithoutGlyphsHasNoFront() {
        QFETCH(QString, name);
        QFETCH(bool, isShown);
        for (const int part : {0, 1, 2}) {
            ui::LastSeen seen = shownExample();
            ui::SeenEnvironment& environment = seen.workspaces[0].environments[0];
            QString& called = part == 0   ? seen.workspaces[0].name
                              : part == 1 ? environment.name
                                          : environment.services[0].name;
            called = name;
            QCOMPARE(ui::FrontWindow::make(seen) != nullptr, isShown);
        }
    }

    void withoutAFontThereIsNone() {
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("font.ttf")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("no font");
        file.close();
        for (const QString& font : {QString(), QStringLiteral("/nonexistent"), file.fileName()}) {
            ui::LastSeen seen = shownExample();
            seen.font = font;
            QVERIFY(ui::FrontWindow::make(seen) == nullptr);
            seen = shownExample();
            seen.strongFont = font;
            QVERIFY(ui::FrontWindow::make(seen) == nullptr);
        }
    }

    void textIsCutWhereItHasNoRoom() {
        const auto font = ui::FrontFont::load(shownExample().font, 13);
        QVERIFY(font);
        const QString text = QStringLiteral("captions-of-the-conference");
        QCOMPARE(font->elided(text, font->widthOf(text)), text);
        const qreal room = font->widthOf(text) / 2;
        const QString cut = font->elided(text, room);
        QVERIFY(cut.endsWith(QChar(u'…')));
        QVERIFY(text.startsWith(cut.chopped(1)));
        QVERIFY(cut.size() > 5);
        QVERIFY(font->widthOf(cut) <= room);
        QCOMPARE(font->elided(text, 0), QStringLiteral("…"));
    }

    void itSaysWhenItIsPainted() {
        const std::unique_ptr<ui::FrontWindow> front = ui::FrontWindow::make(shownExample());
        QVERIFY(front != nullptr);
        QSignalSpy painted(front.get(), &ui::FrontWindow::painted);
        front->show();
        QTRY_COMPARE(painted.size(), 1);
        QCOMPARE(front->size(), shownExample().geometry.size());
        front->repaint();
        QCoreApplication::processEvents();
        QCOMPARE(painted.size(), 1);
    }
};

} // namespace tests

QTEST_MAIN(tests::TestFrontWindow)
#include "tst_frontwindow.moc"
