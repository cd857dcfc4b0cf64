// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/temporaryhome.h"
#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QPainter>
#include <QSet>
#include <QTest>

namespace tests {

class TestGlyph : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyStateHasItsOwnShape();
    void everyKindHasItsOwnShape();
    void aRunningRingTurnsUnlessMotionIsReduced();
    void everyStateHasAWord();
    void anEmptyRectangleIsLeftAlone();
};

namespace {

const QList<models::StepStatus> states = {models::StepStatus::Pending, models::StepStatus::Blocked,
                                          models::StepStatus::Running, models::StepStatus::Waiting,
                                          models::StepStatus::Passed,  models::StepStatus::Failed,
                                          models::StepStatus::Unknown, models::StepStatus::Skipped};
const QList<models::StepKind> kinds = {models::StepKind::Manual,  models::StepKind::Command,
                                       models::StepKind::Http,    models::StepKind::Check,
                                       models::StepKind::Gate,    models::StepKind::Wait,
                                       models::StepKind::Approval};

/// The shape alone: which pixels hold ink.
QByteArray shape(ui::Glyph glyph) {
    QImage image(32, 32, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    ui::paintGlyph(painter, QRectF(0, 0, 32, 32), glyph, Qt::black);
    painter.end();
    return {reinterpret_cast<const char*>(image.constBits()),
            static_cast<int>(image.sizeInBytes())};
}

} // namespace

void TestGlyph::initTestCase() {
    ui::Theme::instance().install(*qApp);
    ui::Theme::instance().setMotion(ui::Motion::Reduced);
}

void TestGlyph::everyStateHasItsOwnShape() {
    QSet<QByteArray> shapes = {QByteArray(32 * 32 * 4, '\0')};
    for (const models::StepStatus state : states) {
        const QByteArray drawn = shape(ui::statusGlyph(state));
        QVERIFY2(!shapes.contains(drawn), qPrintable(ui::statusWord(state)));
        shapes.insert(drawn);
    }
    for (const ui::Glyph glyph : {ui::Glyph::Stale, ui::Glyph::Warning, ui::Glyph::Information}) {
        const QByteArray drawn = shape(glyph);
        QVERIFY(!shapes.contains(drawn));
        shapes.insert(drawn);
    }
}

void TestGlyph::everyKindHasItsOwnShape() {
    QSet<QByteArray> shapes = {QByteArray(32 * 32 * 4, '\0')};
    for (const models::StepKind kind : kinds) {
        const QByteArray drawn = shape(ui::kindGlyph(kind));
        QVERIFY2(!shapes.contains(drawn), qPrintable(ui::kindWord(kind)));
        shapes.insert(drawn);
    }
}

void TestGlyph::aRunningRingTurnsUnlessMotionIsReduced() {
    QCOMPARE(ui::Theme::instance().turnDegrees(), 0);
    ui::Theme::instance().setMotion(ui::Motion::Full);
    QTRY_VERIFY(ui::Theme::instance().turnDegrees() > 0);
    ui::Theme::instance().setMotion(ui::Motion::Reduced);
    QCOMPARE(ui::Theme::instance().turnDegrees(), 0);
}

void TestGlyph::everyStateHasAWord() {
    QSet<QString> words;
    for (const models::StepStatus state : states)
        words.insert(ui::statusWord(state));
    QCOMPARE(words.size(), states.size());
    QVERIFY(!words.contains(QString()));
}

void TestGlyph::anEmptyRectangleIsLeftAlone() {
    QImage image(4, 4, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    const QImage before = image;
    QPainter painter(&image);
    ui::paintStatus(painter, QRectF(), models::StepStatus::Failed);
    painter.end();
    QCOMPARE(image, before);
}

} // namespace tests

int main(int argc, char** argv) {
    const tests::TemporaryHome home;
    QApplication application(argc, argv);
    tests::TestGlyph test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_glyph.moc"
