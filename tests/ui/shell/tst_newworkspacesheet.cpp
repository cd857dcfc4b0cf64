// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/environment/workspaceservice.h"
#include "app/runbook/runbookservice.h"
#include "tests/support/filecontent.h"
#include "tests/support/temporaryhome.h"
#include "ui/shell/newworkspacesheet.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLayout>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using ui::NewWorkspaceSheet;

namespace {

constexpr int patience = 30'000;
constexpr char runbook[] = R"(# Release

## Environment

| Variable | Requirement |
| --- | --- |
| SECRET_KEY | at least 32 characters |
| DATABASE_URL | required |

## Steps

- [ ] Copy it

  ```sh
  scp a.tar deploy@web-1.example.com:/srv
  ```
)";

} // namespace

class TestNewWorkspaceSheet : public QObject {
    Q_OBJECT

    QString write(const QString& path, const QByteArray& bytes) {
        const QString whole = m_home.path() + u'/' + path;
        tests::writeFile(whole, bytes);
        return whole;
    }
    QLineEdit& field(const char* name) {
        return *m_sheet->findChild<QLineEdit*>(QLatin1String(name));
    }
    QPushButton& button() {
        return *m_sheet->findChild<QPushButton*>(QStringLiteral("createWorkspace"));
    }
    QString remark() { return m_sheet->findChild<QLabel*>(QStringLiteral("newRemark"))->text(); }

private Q_SLOTS:
    void initTestCase() { ui::Theme::instance().install(*qApp); }
    void init() {
        m_sheet = new NewWorkspaceSheet(m_workspaces, m_runbooks, m_home.path(), nullptr);
        m_sheet->show();
    }
    void cleanup() { delete m_sheet; }

    void aRunbookIsWhereItStarts() {
        QSignalSpy created(m_sheet, &NewWorkspaceSheet::created);
        QVERIFY(!button().isEnabled());
        const QString path = write(QStringLiteral("portal/release.md"), runbook);
        field("newRunbook").setText(path);
        auto* offer = m_sheet->findChild<QCheckBox*>(QStringLiteral("offerContract"));
        QTRY_VERIFY_WITH_TIMEOUT(offer->isVisible(), patience);
        QVERIFY2(offer->text().contains(QStringLiteral("2 variables")), qPrintable(offer->text()));
        QCOMPARE(field("newFolder").text(), QFileInfo(path).path());
        QCOMPARE(field("newName").text(), QStringLiteral("portal"));
        QCOMPARE(field("placeHosts2").text(), QStringLiteral("deploy@web-1.example.com"));
        QTRY_VERIFY_WITH_TIMEOUT(button().isEnabled(), patience);
        QTest::mouseClick(&button(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(created.size(), 1, patience);
        const auto workspace = app::WorkspaceService::read(created[0][0].toString());
        QVERIFY(workspace);
        QVERIFY2(workspace->diagnostics.isEmpty(),
                 qPrintable(workspace->diagnostics.value(0).message));
        QCOMPARE(workspace->runbooks, QStringList{QStringLiteral("release.md")});
        QCOMPARE(workspace->environments[1].hosts.value(0).name, QStringLiteral("web-1"));
        QCOMPARE(workspace->environments[1].services.value(0).contract.size(), 2);
    }

    void whatIsOfferedTakesNoRoomFromTheFields() {
        const int tall = field("newFolder").height();
        QCOMPARE(tall, field("newFolder").sizeHint().height());
        field("newRunbook").setText(write(QStringLiteral("portal/release.md"), runbook));
        auto* offer = m_sheet->findChild<QCheckBox*>(QStringLiteral("offerContract"));
        QTRY_VERIFY_WITH_TIMEOUT(offer->isVisible(), patience);
        for (const char* name : {"newRunbook", "newFolder", "newName", "placeName2"})
            QTRY_COMPARE_WITH_TIMEOUT(field(name).height(), tall, patience);
        QTest::keyClicks(&field("placeName3"), QStringLiteral("lab")); // and one more row comes
        QTRY_VERIFY_WITH_TIMEOUT(field("placeName4").isVisible(), patience);
        for (const char* name : {"newRunbook", "newFolder", "newName", "placeName2"})
            QTRY_COMPARE_WITH_TIMEOUT(field(name).height(), tall, patience);
    }

    void wordsStandAtTheirOwnField_data() {
        QTest::addColumn<int>("taller");
        QTest::newRow("as it opens") << 0;
        QTest::newRow("made taller") << 160;
    }
    /// They belong to the field that they stand closer to.
    void wordsStandAtTheirOwnField() {
        QFETCH(const int, taller);
        m_sheet->resize(m_sheet->width(), m_sheet->height() + taller);
        m_sheet->layout()->activate();
        const auto placeOf = [this](const QWidget& widget) {
            return QRect(widget.mapTo(m_sheet, QPoint()), widget.size());
        };
        int above = -1;
        int seen = 0;
        for (const QLabel* label : m_sheet->findChildren<QLabel*>()) {
            const QWidget* const field = label->buddy();
            if (field == nullptr || !label->isVisible())
                continue;
            const QRect words = placeOf(*label);
            QVERIFY(label->alignment().testFlag(Qt::AlignBottom));
            const int top = words.bottom() + 1 - label->heightForWidth(words.width());
            const int below = placeOf(*field).top() - words.bottom() - 1;
            if (above >= 0)
                QVERIFY2(2 * below <= top - above, qPrintable(label->text()));
            above = placeOf(*field).bottom() + 1;
            ++seen;
        }
        QCOMPARE(seen, 3);
    }

    void aFileThatIsThereStays() {
        const QString yaml = write(QStringLiteral("old/gantry.yaml"), "gantry: 1\nname: Old\n");
        field("newFolder").setText(QFileInfo(yaml).path());
        QTRY_VERIFY_WITH_TIMEOUT(button().isEnabled(), patience);
        QTest::mouseClick(&button(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(remark().contains(QStringLiteral("not replaced")), patience);
        QVERIFY(m_sheet->isVisible());
        QFile file(yaml);
        QVERIFY(file.open(QFile::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("gantry: 1\nname: Old\n"));
    }

    void whatIsMissingIsSaid() {
        QVERIFY(remark().contains(QStringLiteral("Choose the folder")));
        field("newFolder").setText(m_home.path() + QStringLiteral("/fresh"));
        QVERIFY2(button().isEnabled(), qPrintable(remark()));
        field("placeName1").setText(QStringLiteral("../dev"));
        QVERIFY(remark().contains(QStringLiteral("cannot be the name")));
        QVERIFY(!button().isEnabled());
        field("placeName1").setText(QStringLiteral("dev"));
        field("newRunbook").setText(write(QStringLiteral("elsewhere/a.md"), "# A\n"));
        QVERIFY2(remark().contains(QStringLiteral("not within the folder")), qPrintable(remark()));
    }

    void oneMoreEnvironmentCanBeNamed() {
        auto* third = m_sheet->findChild<QLineEdit*>(QStringLiteral("placeName3"));
        QVERIFY(third);
        QVERIFY(!m_sheet->findChild<QLineEdit*>(QStringLiteral("placeName4")));
        QTest::keyClicks(third, QStringLiteral("lab"));
        QVERIFY(m_sheet->findChild<QLineEdit*>(QStringLiteral("placeName4")));
    }

private:
    const tests::TemporaryHome m_home;
    app::WorkspaceService m_workspaces;
    app::RunbookService m_runbooks;
    QPointer<NewWorkspaceSheet> m_sheet;
};

QTEST_MAIN(TestNewWorkspaceSheet)
#include "tst_newworkspacesheet.moc"
