// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/reportformats.h"
#include "app/run/reportmarks.h"

namespace app {

namespace {

QString escaped(const QString& text) {
    // Beside mark-up, the quotes, so that a text may stand in an attribute as well.
    return text.toHtmlEscaped().replace(QLatin1Char('\''), QStringLiteral("&#39;"));
}

QString element(const QString& name, const QString& text) {
    return QStringLiteral("<%1>%2</%1>\n").arg(name, escaped(text));
}

QString cells(const QString& tag, const QStringList& texts) {
    QString row;
    for (const QString& text : texts)
        row += QStringLiteral("<%1>%2</%1>").arg(tag, escaped(text));
    return QStringLiteral("<tr>%1</tr>\n").arg(row);
}

/// Colours go by the status's own name, which is one of ours.
QString statusBadge(const QString& status, const QString& words) {
    return QStringLiteral("<span class=\"status %1\">%2</span>")
        .arg(escaped(status.section(QLatin1Char(' '), 0, 0)), escaped(words));
}

class HtmlMarks final : public ReportMarks {
public:
    [[nodiscard]] QString title(const QString& text) const override {
        return element(QStringLiteral("h1"), text);
    }
    [[nodiscard]] QString heading(const QString& text) const override {
        return element(QStringLiteral("h2"), text);
    }
    [[nodiscard]] QString sectionName(const QString& text) const override {
        return QStringLiteral("<p class=\"label\">%1</p>\n").arg(escaped(text));
    }
    [[nodiscard]] QString paragraph(const QString& text) const override {
        return element(QStringLiteral("p"), text);
    }
    [[nodiscard]] QString field(const QString& name, const QString& text) const override {
        return QStringLiteral("<p><b>%1</b> %2</p>\n").arg(escaped(name), escaped(text));
    }
    [[nodiscard]] QString block(const QString& name, const QString& text) const override {
        return QStringLiteral("<p class=\"label\">%1</p>\n").arg(escaped(name)) + verbatim(text);
    }
    [[nodiscard]] QString verbatim(const QString& text) const override {
        return element(QStringLiteral("pre"), text);
    }
    [[nodiscard]] QString list(const QStringList& items) const override {
        QString text;
        for (const QString& item : items)
            text += element(QStringLiteral("li"), item);
        return QStringLiteral("<ul>\n%1</ul>\n").arg(text);
    }
    [[nodiscard]] QString pairs(const QString& /*header*/,
                                const QList<QPair<QString, QString>>& values) const override {
        QString rows;
        for (const auto& [name, value] : values)
            rows += QStringLiteral("<tr><th scope=\"row\">%1</th><td>%2</td></tr>\n")
                        .arg(escaped(name), escaped(value));
        return QStringLiteral("<table>\n%1</table>\n").arg(rows);
    }
    [[nodiscard]] QString table(const QStringList& header,
                                const QList<QStringList>& rows) const override {
        QString text = cells(QStringLiteral("th"), header);
        for (const QStringList& row : rows)
            text += cells(QStringLiteral("td"), row);
        return QStringLiteral("<table>\n%1</table>\n").arg(text);
    }
    [[nodiscard]] QString step(const StepRecord& record, const QString& content) const override {
        return QStringLiteral("<section class=\"step\">\n<h3>%1 %2</h3>\n")
                   .arg(escaped(record.title), statusBadge(record.status, record.standing)) +
               content + QStringLiteral("</section>\n");
    }
    [[nodiscard]] QString attempt(const QString& content) const override {
        return QStringLiteral("<div class=\"attempt\">\n") + content + QStringLiteral("</div>\n");
    }
    [[nodiscard]] QString chain(const RunRecord& record) const override {
        return QStringLiteral("<p%1>%2</p>\n<p>Head: <code>%3</code></p>\n")
            .arg(record.damage.isEmpty() ? QString() : QStringLiteral(" class=\"damage\""),
                 escaped(chainSentence(record)), record.head);
    }
};

QString style() {
    return QStringLiteral(R"(
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #59636e; --paper: #ffffff;
  --plate: #f3f5f7; --line: #d0d7de; --good: #1a7f37; --bad: #c6262f; --unsure: #8a5a00;
  --curve: #0b62c4; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ed; --soft: #9aa5b1; --paper: #14181d;
  --plate: #1e242b; --line: #38414b; --good: #4cc26a; --bad: #ff7b7b; --unsure: #e3b341;
  --curve: #6cb0ff; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; margin-top: 2rem; }
h3 { font-size: 1rem; margin: 0 0 .25rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .25rem .5rem;
  border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { font-weight: 600; white-space: nowrap; }
pre { background: var(--plate); border: 1px solid var(--line); border-radius: 4px; padding: .5rem;
  white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.4 ui-monospace, monospace; }
p { margin: .25rem 0; } .label { color: var(--soft); }
.step { border-top: 1px solid var(--line); padding: .75rem 0; } .attempt { margin-left: 1rem; }
.status { font-size: .8rem; font-weight: 600; border: 1px solid; border-radius: 1rem;
  padding: 0 .5rem; color: var(--soft); }
.passed { color: var(--good); } .failed { color: var(--bad); } .unknown { color: var(--unsure); }
.damage { color: var(--bad); font-weight: 600; }
.timeline { width: 100%; height: auto; }
.timeline .quiet { fill: var(--soft); } .timeline .good { fill: var(--good); }
.timeline .bad { fill: var(--bad); } .timeline .unsure { fill: var(--unsure); }
.timeline .line { fill: var(--line); } .timeline .curve { fill: none;
  stroke: var(--curve); stroke-width: 1.5; stroke-linecap: round; } .timeline .soft { fill: var(--soft); }
@media print { body { max-width: none; margin: 0; font-size: 10pt; }
  h2, h3 { break-after: avoid; } tr { break-inside: avoid; } }
)");
}

QString head(const RunRecord& record) {
    return QStringLiteral(
               "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
               "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
               "style-src 'unsafe-inline'\">\n"
               "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
               "<title>%1</title>\n<style>%2</style>\n</head>\n<body>\n")
        .arg(escaped(reportTitle(record)), style());
}

} // namespace

QString htmlBody(const RunRecord& record, const QString& timeline) {
    return writtenReport(record, HtmlMarks(), timeline);
}

QByteArray htmlReport(const RunRecord& record) {
    return (head(record) + htmlBody(record, timelineSvg(record.timeline)) +
            QStringLiteral("</body>\n</html>\n"))
        .toUtf8();
}

} // namespace app
