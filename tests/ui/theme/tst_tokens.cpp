// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/tokens.h"

#include <QTest>

namespace tests {

class TestTokens : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void contrastIsMeasuredAsWcagDoes();
    void textIsReadable_data();
    void textIsReadable();
    void glyphsAreVisible_data();
    void glyphsAreVisible();
    void filledButtonsAreReadable_data();
    void filledButtonsAreReadable();
    void ansiIsReadable_data();
    void ansiIsReadable();
};

namespace {

const std::pair<const char*, ui::Scheme> schemes[] = {{"light", ui::Scheme::Light},
                                                      {"dark", ui::Scheme::Dark}};
const std::pair<const char*, ui::Colour> grounds[] = {{"window", ui::Colour::Window},
                                                      {"surface", ui::Colour::Surface},
                                                      {"raised", ui::Colour::Raised},
                                                      {"hover", ui::Colour::Hover},
                                                      {"selection", ui::Colour::Selection}};
const std::pair<const char*, ui::Colour> inks[] = {
    {"text", ui::Colour::Text},       {"quiet", ui::Colour::Quiet},
    {"accent", ui::Colour::Accent},   {"pass", ui::Colour::Pass},
    {"fail", ui::Colour::Fail},       {"warn", ui::Colour::Warn},
    {"waiting", ui::Colour::Waiting}, {"unknown", ui::Colour::Unknown}};

void everyCombination(int grounds_) {
    QTest::addColumn<int>("scheme");
    QTest::addColumn<int>("ink");
    QTest::addColumn<int>("ground");
    for (const auto& [schemeName, scheme] : schemes) {
        for (const auto& [inkName, ink] : inks) {
            for (int index = 0; index < grounds_; ++index) {
                QTest::addRow("%s: %s on %s", schemeName, inkName, grounds[index].first)
                    << int(scheme) << int(ink) << int(grounds[index].second);
            }
        }
    }
}

qreal contrast(int scheme, int ink, int ground) {
    const auto wanted = static_cast<ui::Scheme>(scheme);
    return ui::contrastRatio(ui::tokenColour(static_cast<ui::Colour>(ink), wanted),
                             ui::tokenColour(static_cast<ui::Colour>(ground), wanted));
}

} // namespace

void TestTokens::contrastIsMeasuredAsWcagDoes() {
    QCOMPARE(ui::contrastRatio(Qt::black, Qt::white), 21.0);
    QCOMPARE(ui::contrastRatio(Qt::white, Qt::white), 1.0);
    QVERIFY(qAbs(ui::contrastRatio(QColor(0x77, 0x77, 0x77), Qt::white) - 4.48) < 0.01);
}

void TestTokens::textIsReadable_data() {
    everyCombination(3);
}

void TestTokens::textIsReadable() {
    QFETCH(int, scheme);
    QFETCH(int, ink);
    QFETCH(int, ground);
    const qreal ratio = contrast(scheme, ink, ground);
    QVERIFY2(ratio >= 4.5, qPrintable(QString::number(ratio)));
}

void TestTokens::glyphsAreVisible_data() {
    everyCombination(5);
}

void TestTokens::glyphsAreVisible() {
    QFETCH(int, scheme);
    QFETCH(int, ink);
    QFETCH(int, ground);
    const qreal ratio = contrast(scheme, ink, ground);
    QVERIFY2(ratio >= 3.0, qPrintable(QString::number(ratio)));
}

void TestTokens::filledButtonsAreReadable_data() {
    QTest::addColumn<int>("scheme");
    for (const auto& [name, scheme] : schemes)
        QTest::addRow("%s", name) << int(scheme);
}

void TestTokens::filledButtonsAreReadable() {
    QFETCH(int, scheme);
    QVERIFY(contrast(scheme, int(ui::Colour::OnAccent), int(ui::Colour::Accent)) >= 4.5);
    QVERIFY(contrast(scheme, int(ui::Colour::OnFail), int(ui::Colour::Fail)) >= 4.5);
    QVERIFY(contrast(scheme, int(ui::Colour::Text), int(ui::Colour::Hover)) >= 4.5);
    QVERIFY(contrast(scheme, int(ui::Colour::Quiet), int(ui::Colour::Hover)) >= 4.5);
    QVERIFY(contrast(scheme, int(ui::Colour::Text), int(ui::Colour::Selection)) >= 4.5);
    QVERIFY(contrast(scheme, int(ui::Colour::Quiet), int(ui::Colour::Selection)) >= 4.5);
}

void TestTokens::ansiIsReadable_data() {
    filledButtonsAreReadable_data();
}

void TestTokens::ansiIsReadable() {
    QFETCH(int, scheme);
    const auto wanted = static_cast<ui::Scheme>(scheme);
    const QColor ground = ui::tokenColour(ui::Colour::Surface, wanted);
    int index = 0;
    for (const QColor& ink : ui::ansiColours(wanted)) {
        const qreal ratio = ui::contrastRatio(ink, ground);
        QVERIFY2(ratio >= 4.5, qPrintable(QStringLiteral("%1: %2").arg(index).arg(ratio)));
        ++index;
    }
}

} // namespace tests

QTEST_APPLESS_MAIN(tests::TestTokens)
#include "tst_tokens.moc"
