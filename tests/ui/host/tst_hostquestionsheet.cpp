// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/host/hostquestionsheet.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/textlabel.h"

#include <QApplication>
#include <QCheckBox>
#include <QLineEdit>
#include <QPointer>
#include <QTest>

namespace tests {

using app::SshAnswer;
using app::SshQuestion;
using ui::Comparison;
using ui::HostQuestionSheet;

namespace {

const QString fingerprint = QStringLiteral("SHA256:uNiVztksCsDhcc0u9e8BgrJXVGDohTJu9xwy7ztFz5A");

SshQuestion hostKeyQuestion() {
    SshQuestion question;
    question.id = 7;
    question.kind = SshQuestion::Kind::UnknownHostKey;
    question.host = QStringLiteral("web-1");
    question.knownAs = QStringLiteral("[web-1.example.com]:2222");
    question.hostKey = {QStringLiteral("ssh-ed25519"), fingerprint, QByteArray("blob")};
    return question;
}

SshQuestion secretQuestion(SshQuestion::Kind kind) {
    SshQuestion question;
    question.kind = kind;
    question.host = QStringLiteral("web-1");
    question.user = QStringLiteral("deploy");
    question.keyFile = QStringLiteral("/home/deploy/.ssh/id_ed25519");
    question.prompts = {{QStringLiteral("Code:"), true}};
    return question;
}

} // namespace

class TestHostQuestionSheet : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void comparesFingerprints_data();
    void comparesFingerprints();
    void trustIsNeverTheDefault();
    void trustTakesAClick();
    void anotherKeyCannotBeTrusted();
    void closingDeclines();
    void aSecretIsAnsweredByReturn();
    void onlyAPassphraseMayBeKept();
    void aWrongAnswerIsSaid();
    void everyPromptHasItsField();
    void wordsOfTheHostAreShownPlain();
    void aWithdrawnQuestionIsNotAnswered();

private:
    HostQuestionSheet& show(const SshQuestion& question);
    template <class T>
    T& part(const char* name) {
        T* found = m_sheet->findChild<T*>(QLatin1String(name));
        Q_ASSERT(found);
        return *found;
    }

    QPointer<HostQuestionSheet> m_sheet;
    QList<SshAnswer> m_answers;
    HostQuestionSheet::Keep m_keep = HostQuestionSheet::Keep::No;
};

void TestHostQuestionSheet::initTestCase() {
    ui::Theme::instance().install(*qApp);
}

void TestHostQuestionSheet::init() {
    m_answers.clear();
    m_keep = HostQuestionSheet::Keep::No;
}

void TestHostQuestionSheet::cleanup() {
    delete m_sheet;
}

HostQuestionSheet& TestHostQuestionSheet::show(const SshQuestion& question) {
    m_sheet = new HostQuestionSheet(
        question,
        [this](const SshAnswer& answer, HostQuestionSheet::Keep keep) {
            m_answers.append(answer);
            m_keep = keep;
        },
        nullptr);
    m_sheet->show();
    return *m_sheet;
}

void TestHostQuestionSheet::comparesFingerprints_data() {
    QTest::addColumn<QString>("pasted");
    QTest::addColumn<int>("expected");
    const auto row = [](const char* name, const QString& pasted, Comparison expected) {
        QTest::newRow(name) << pasted << int(expected);
    };
    row("nothing", QStringLiteral("  \n"), Comparison::Nothing);
    row("itself", fingerprint, Comparison::Same);
    row("with space", QStringLiteral(" %1\n").arg(fingerprint), Comparison::Same);
    row("a line of ssh-keygen", QStringLiteral("256 %1 root@web-1 (ED25519)").arg(fingerprint),
        Comparison::Same);
    row("another", QStringLiteral("SHA256:AAAAztksCsDhcc0u9e8BgrJXVGDohTJu9xwy7ztFz5A"),
        Comparison::Different);
    row("its beginning", fingerprint.left(20), Comparison::Different);
    row("longer", fingerprint + QLatin1Char('x'), Comparison::Different);
    row("another case", fingerprint.toLower(), Comparison::Different);
    row("other words", QStringLiteral("yes"), Comparison::Different);
}

void TestHostQuestionSheet::comparesFingerprints() {
    QFETCH(QString, pasted);
    QFETCH(int, expected);
    QCOMPARE(int(ui::compareFingerprints(pasted, fingerprint)), expected);
}

void TestHostQuestionSheet::trustIsNeverTheDefault() {
    HostQuestionSheet& sheet = show(hostKeyQuestion());
    QTest::keyClick(&sheet, Qt::Key_Return);
    QCOMPARE(m_answers.size(), 1);
    QVERIFY(m_answers.first().decision == SshAnswer::Decision::Decline);
}

void TestHostQuestionSheet::trustTakesAClick() {
    show(hostKeyQuestion());
    part<QLineEdit>("pastedFingerprint").setText(fingerprint);
    QCOMPARE(part<ui::TextLabel>("fingerprintVerdict").tone(), ui::Colour::Pass);
    QTest::mouseClick(&part<ui::ActionButton>("hostConfirm"), Qt::LeftButton);
    QCOMPARE(m_answers.size(), 1);
    QVERIFY(m_answers.first().decision == SshAnswer::Decision::Continue);
}

void TestHostQuestionSheet::anotherKeyCannotBeTrusted() {
    show(hostKeyQuestion());
    part<QLineEdit>("pastedFingerprint").setText(fingerprint.left(20));
    QVERIFY(!part<ui::ActionButton>("hostConfirm").isEnabled());
    QCOMPARE(part<ui::TextLabel>("fingerprintVerdict").tone(), ui::Colour::Fail);
    part<QLineEdit>("pastedFingerprint").clear();
    QVERIFY(part<ui::ActionButton>("hostConfirm").isEnabled());
}

void TestHostQuestionSheet::closingDeclines() {
    HostQuestionSheet& sheet = show(secretQuestion(SshQuestion::Kind::Password));
    part<QLineEdit>("hostAnswer0").setText(QStringLiteral("half a pass"));
    sheet.close();
    QCOMPARE(m_answers.size(), 1);
    QVERIFY(m_answers.first().decision == SshAnswer::Decision::Decline);
    QVERIFY(m_answers.first().texts.isEmpty());
}

void TestHostQuestionSheet::aSecretIsAnsweredByReturn() {
    HostQuestionSheet& sheet = show(secretQuestion(SshQuestion::Kind::Password));
    QVERIFY(!part<ui::ActionButton>("hostConfirm").isEnabled());
    auto& field = part<QLineEdit>("hostAnswer0");
    QCOMPARE(field.echoMode(), QLineEdit::Password);
    QTest::keyClicks(&field, QStringLiteral("s3cret"));
    QTest::keyClick(&sheet, Qt::Key_Return);
    QCOMPARE(m_answers.size(), 1);
    QCOMPARE(m_answers.first().texts, QList<QByteArray>{QByteArray("s3cret")});
    QVERIFY(field.text().isEmpty());
}

void TestHostQuestionSheet::onlyAPassphraseMayBeKept() {
    for (const SshQuestion::Kind kind :
         {SshQuestion::Kind::Password, SshQuestion::Kind::Interactive}) {
        show(secretQuestion(kind));
        QVERIFY(!m_sheet->findChild<QCheckBox*>());
        delete m_sheet;
    }
    show(secretQuestion(SshQuestion::Kind::Passphrase));
    QVERIFY(!part<QCheckBox>("keepPassphrase").isChecked());
    part<QCheckBox>("keepPassphrase").setChecked(true);
    part<QLineEdit>("hostAnswer0").setText(QStringLiteral("open"));
    m_sheet->accept();
    QCOMPARE(m_keep, HostQuestionSheet::Keep::InKeychain);
}

void TestHostQuestionSheet::aWrongAnswerIsSaid() {
    const auto warnings = [](QWidget& sheet) {
        int count = 0;
        for (const ui::TextLabel* label : sheet.findChildren<ui::TextLabel*>())
            count += label->tone() == ui::Colour::Warn;
        return count;
    };
    SshQuestion question = secretQuestion(SshQuestion::Kind::Passphrase);
    QCOMPARE(warnings(show(question)), 0);
    delete m_sheet;
    question.round = 2;
    QCOMPARE(warnings(show(question)), 1);
    delete m_sheet;
    // The keychain was wrong, and not the person.
    question.round = 1;
    question.kept = SshQuestion::Kept::Wrong;
    QCOMPARE(warnings(show(question)), 1);
}

void TestHostQuestionSheet::everyPromptHasItsField() {
    SshQuestion question = secretQuestion(SshQuestion::Kind::Interactive);
    question.prompts = {{QStringLiteral("Account:"), false}, {QStringLiteral("Code:"), true}};
    show(question);
    QCOMPARE(part<QLineEdit>("hostAnswer0").echoMode(), QLineEdit::Normal);
    QCOMPARE(part<QLineEdit>("hostAnswer1").echoMode(), QLineEdit::Password);
    part<QLineEdit>("hostAnswer1").setText(QStringLiteral("123"));
    m_sheet->accept();
    const QList<QByteArray> expected{QByteArray(), QByteArray("123")};
    QCOMPARE(m_answers.first().texts, expected);
}

void TestHostQuestionSheet::wordsOfTheHostAreShownPlain() {
    SshQuestion question = secretQuestion(SshQuestion::Kind::Interactive);
    question.host = QStringLiteral("<b>web</b>");
    question.prompts = {{QStringLiteral("<img src=x>"), true}};
    for (const QLabel* label : show(question).findChildren<QLabel*>())
        QCOMPARE(label->textFormat(), Qt::PlainText);
}

void TestHostQuestionSheet::aWithdrawnQuestionIsNotAnswered() {
    show(secretQuestion(SshQuestion::Kind::Password)).withdraw();
    QVERIFY(m_answers.isEmpty());
    QTRY_VERIFY(!m_sheet);
}

} // namespace tests

QTEST_MAIN(tests::TestHostQuestionSheet)
#include "tst_hostquestionsheet.moc"
