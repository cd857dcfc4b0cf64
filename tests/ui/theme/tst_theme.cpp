// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/temporaryhome.h"
#include "ui/theme/icon.h"
#include "ui/theme/preferences.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QDirIterator>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>

namespace tests {

class TestTheme : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theChoiceDecides();
    void theEnvironmentVariableWins();
    void settingsAreKept();
    void wordsOfThePaletteAreReadable_data();
    void wordsOfThePaletteAreReadable();
    void fontSizeStaysReadable();
    void iconsAreNeverEmpty_data();
    void iconsAreNeverEmpty();
    void iconsFollowTheTheme();
    void aFieldOfSeveralLinesShowsItsFocus();
    void colourLiteralsLiveInTheThemeOnly();
};

void TestTheme::initTestCase() {
    qunsetenv("GANTRY_THEME");
    ui::Theme::instance().install(*qApp);
}

void TestTheme::theChoiceDecides() {
    ui::Theme& theme = ui::Theme::instance();
    theme.setChoice(ui::ThemeChoice::Light);
    QSignalSpy spy(&theme, &ui::Theme::changed);
    theme.setChoice(ui::ThemeChoice::Dark);
    QCOMPARE(spy.count(), 1);
    QVERIFY(theme.isDark());
    QCOMPARE(QApplication::palette().color(QPalette::Window), theme.colour(ui::Colour::Window));
    theme.setChoice(ui::ThemeChoice::Light);
    QVERIFY(!theme.isDark());
    QCOMPARE(QApplication::palette().color(QPalette::Window), theme.colour(ui::Colour::Window));
}

void TestTheme::theEnvironmentVariableWins() {
    ui::Theme& theme = ui::Theme::instance();
    qputenv("GANTRY_THEME", "dark");
    theme.setChoice(ui::ThemeChoice::Light);
    QVERIFY(theme.isDark());
    qunsetenv("GANTRY_THEME");
    theme.setChoice(ui::ThemeChoice::Light);
    QVERIFY(!theme.isDark());
}

void TestTheme::settingsAreKept() {
    ui::Theme& theme = ui::Theme::instance();
    theme.setDensity(ui::Density::Dense);
    theme.setTimeDisplay(ui::TimeDisplay::Local);
    theme.setMotion(ui::Motion::Reduced);
    QCOMPARE(theme.turnDegrees(), 0);
    ui::Preferences::instance().finish();
    const QSettings settings;
    QCOMPARE(settings.value(QStringLiteral("appearance/density")).toInt(), int(ui::Density::Dense));
    QCOMPARE(settings.value(QStringLiteral("appearance/time")).toInt(),
             int(ui::TimeDisplay::Local));
    QCOMPARE(settings.value(QStringLiteral("appearance/motion")).toInt(), int(ui::Motion::Reduced));
}

void TestTheme::wordsOfThePaletteAreReadable_data() {
    QTest::addColumn<ui::ThemeChoice>("choice");
    QTest::addColumn<QPalette::ColorGroup>("group");
    for (const auto& [scheme, choice] :
         {std::pair("light", ui::ThemeChoice::Light), std::pair("dark", ui::ThemeChoice::Dark)}) {
        for (const auto& [name, group] :
             {std::pair("active", QPalette::Active), std::pair("inactive", QPalette::Inactive),
              std::pair("disabled", QPalette::Disabled)})
            QTest::addRow("%s, %s", scheme, name) << choice << group;
    }
}

/// Also of what cannot be pressed: what it says is often the reason.
void TestTheme::wordsOfThePaletteAreReadable() {
    QFETCH(const ui::ThemeChoice, choice);
    QFETCH(const QPalette::ColorGroup, group);
    ui::Theme::instance().setChoice(choice);
    const QPalette palette = QApplication::palette();
    const QList<std::pair<QPalette::ColorRole, QPalette::ColorRole>> pairs{
        {QPalette::WindowText, QPalette::Window},
        {QPalette::Text, QPalette::Base},
        {QPalette::Text, QPalette::AlternateBase},
        {QPalette::PlaceholderText, QPalette::Base},
        {QPalette::ButtonText, QPalette::Button},
        {QPalette::ButtonText, QPalette::Window},
        {QPalette::HighlightedText, QPalette::Highlight},
        {QPalette::Link, QPalette::Base},
        {QPalette::LinkVisited, QPalette::Base},
        {QPalette::ToolTipText, QPalette::ToolTipBase}};
    for (const auto& [ink, ground] : pairs) {
        const qreal ratio =
            ui::contrastRatio(palette.color(group, ink), palette.color(group, ground));
        QVERIFY2(ratio >= 4.5,
                 qPrintable(QStringLiteral("%1 on %2: %3").arg(ink).arg(ground).arg(ratio)));
    }
}

void TestTheme::fontSizeStaysReadable() {
    ui::Theme& theme = ui::Theme::instance();
    theme.setFontSize(400);
    QCOMPARE(theme.fontSize(), 20);
    QVERIFY(theme.rowHeight() > theme.font(ui::TextRole::Body).pixelSize());
    theme.setFontSize(13);
    QVERIFY(theme.font(ui::TextRole::Quiet).pixelSize() <
            theme.font(ui::TextRole::Body).pixelSize());
    QCOMPARE(theme.font(ui::TextRole::Body, ui::Emphasis::Strong).weight(), QFont::DemiBold);
}

void TestTheme::iconsAreNeverEmpty_data() {
    QTest::addColumn<QString>("theme");
    QTest::addColumn<QString>("name");
    const QStringList names = {QStringLiteral("configure"), QStringLiteral("folder-open"),
                               QStringLiteral("media-playback-start"),
                               QStringLiteral("no-such-icon-anywhere")};
    for (const QString& name : names) {
        QTest::addRow("breeze: %s", qPrintable(name)) << QStringLiteral("breeze") << name;
        QTest::addRow("no theme: %s", qPrintable(name)) << QStringLiteral("absent") << name;
    }
}

void TestTheme::iconsAreNeverEmpty() {
    QFETCH(QString, theme);
    QFETCH(QString, name);
    QIcon::setThemeName(theme);
    QIcon::setFallbackThemeName(theme);
    const QImage image = ui::icon(name).pixmap(QSize(16, 16), 1.0).toImage();
    QCOMPARE(image.size(), QSize(16, 16));
    int inked = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            inked += qAlpha(image.pixel(x, y)) > 0 ? 1 : 0;
    }
    QVERIFY(inked > 8);
}

void TestTheme::iconsFollowTheTheme() {
    QIcon::setThemeName(QStringLiteral("breeze"));
    const QIcon icon = ui::icon(QStringLiteral("folder-open"));
    ui::Theme::instance().setChoice(ui::ThemeChoice::Light);
    const QImage light = icon.pixmap(QSize(16, 16), 1.0).toImage();
    ui::Theme::instance().setChoice(ui::ThemeChoice::Dark);
    const QImage dark = icon.pixmap(QSize(16, 16), 1.0).toImage();
    QVERIFY(light != dark);
}

void TestTheme::aFieldOfSeveralLinesShowsItsFocus() {
    QWidget window;
    auto* lines = new QPlainTextEdit(&window);
    auto* other = new QLineEdit(&window);
    lines->setGeometry(10, 10, 120, 80);
    other->setGeometry(10, 100, 120, 30);
    window.show();
    window.activateWindow();
    const auto edge = [&] { return window.grab().toImage().pixelColor(70, 10); };
    other->setFocus();
    QTRY_VERIFY(other->hasFocus());
    QCOMPARE(edge(), ui::colour(ui::Colour::Line));
    lines->setFocus();
    QTRY_VERIFY(lines->hasFocus());
    QCOMPARE(edge(), ui::colour(ui::Colour::Accent));
}

void TestTheme::colourLiteralsLiveInTheThemeOnly() {
    static const QRegularExpression literal(QStringLiteral(
        "\"#[0-9a-fA-F]{3,8}\"|qRgba?\\(|QColor\\(\\s*(?:0x|\\d)|Qt::(?:black|white|red|"
        "green|blue|cyan|magenta|yellow|gray|darkGray|lightGray)\\b"));
    QDirIterator files(sourceDir() + QStringLiteral("/ui"),
                       {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files,
                       QDirIterator::Subdirectories);
    QStringList found;
    int seen = 0;
    while (files.hasNext()) {
        const QString path = files.next();
        if (path.contains(QLatin1String("/ui/theme/")))
            continue;
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        ++seen;
        if (literal.match(QString::fromUtf8(file.readAll())).hasMatch())
            found.append(path);
    }
    QVERIFY(seen > 0);
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
}

} // namespace tests

int main(int argc, char** argv) {
    const tests::TemporaryHome home;
    QApplication application(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("gantry"));
    QCoreApplication::setApplicationName(QStringLiteral("gantry"));
    tests::TestTheme test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_theme.moc"
