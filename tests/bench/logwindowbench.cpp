// SPDX-License-Identifier: GPL-3.0-or-later
// What logs cost the window: a paint, lines that are appended, and a rain of them while a person
// scrolls. The real pane on the real keeper, painted without a display.
#include "benchmark.h"
#include "logparty.h"
#include "lograin.h"

#include "app/diagnostics/stalls.h"
#include "models/log/logreader.h"
#include "tests/support/fakelogservice.h"
#include "ui/log/logpane.h"
#include "ui/log/logview.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QImage>
#include <QScrollBar>
#include <QTimer>
#include <QWheelEvent>

#include <algorithm>
#include <chrono>
#include <time.h>

namespace tests {

namespace {

using models::ErrorCode;
using models::failure;
using models::Result;

constexpr QSize windowSize(1440, 900);
constexpr int paintRows = 60;
constexpr int paintColumns = 200;
constexpr int paints = 41;
constexpr int appends = 15;
constexpr int appendedLines = 10'000;
constexpr double frameBudget = 16; ///< ms
constexpr int linesInASecond = 50'000;
constexpr int sources = 4;
constexpr int patience = 300'000; ///< ms
constexpr std::chrono::milliseconds frame{16};
constexpr std::chrono::milliseconds settling{500};
constexpr std::chrono::seconds rainTime{10};

double threadMilliseconds() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

void turn(std::chrono::milliseconds time) {
    QEventLoop loop;
    QTimer::singleShot(time, Qt::PreciseTimer, &loop, &QEventLoop::quit);
    loop.exec();
}

bool turnUntil(const std::function<bool()>& condition) {
    QElapsedTimer timer;
    timer.start();
    while (!condition() && timer.elapsed() < patience)
        turn(std::chrono::milliseconds(2));
    return condition();
}

// --- a paint ---

/// All lines of one store.
class StoreRows final : public ui::LogLines {
public:
    explicit StoreRows(const models::LogSnapshot& snapshot) { m_reader.setSnapshot(snapshot); }

    [[nodiscard]] qint64 firstRow() const override { return m_reader.snapshot().firstLine(); }
    [[nodiscard]] qint64 endRow() const override { return m_reader.snapshot().lineCount(); }
    [[nodiscard]] ui::LogRow row(qint64 number) override {
        return {m_reader.line(number), m_reader.spans(number), 0};
    }

private:
    models::LogReader m_reader;
};

/// Lines of so many columns in four colours that change every few words.
models::LogSnapshot colouredLines() {
    models::LogStore store;
    for (int line = 0; line < paintRows; ++line) {
        QByteArray text = "INFO ";
        for (int part = 0; text.size() < paintColumns + 5 * (part + 1); ++part)
            text += "\x1b[3" + QByteArray::number(1 + part % 4) + "mrequest " +
                    QByteArray::number(1000 + line * part) + " served by worker, ";
        store.append(models::LogChannel::Stdout, text + '\n', {1'700'000'000'000'000'000 + line});
    }
    return store.snapshot();
}

double timeOfPaint(ui::LogView& view, qreal ratio) {
    QWidget& viewport = *view.viewport();
    QImage image((QSizeF(viewport.size()) * ratio).toSize(), QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    QList<double> times;
    for (int paint = 0; paint < paints; ++paint)
        times.append(millisecondsOf([&] { viewport.render(&image, {}, {}, {}); }));
    return median(times);
}

Result<Measurements> measurePaint() {
    ui::Theme::instance().install(*qApp);
    StoreRows rows(colouredLines());
    ui::LogView view;
    view.setLines(&rows);
    view.resize(windowSize);
    view.show();
    // As many rows and columns as promised, whatever the font is.
    while (view.pageRows() != paintRows)
        view.resize(view.width(), view.height() + (view.pageRows() < paintRows ? 1 : -1));
    while (view.horizontalScrollBar()->pageStep() != paintColumns)
        view.resize(view.width() + (view.horizontalScrollBar()->pageStep() < paintColumns ? 1 : -1),
                    view.height());
    turn(settling);
    return Measurements{{QStringLiteral("logs.paint"), timeOfPaint(view, 1), QStringLiteral("ms"),
                         QStringLiteral("budget 2 ms for 60 x 200 at DPR 1"), 2, paints},
                        {QStringLiteral("logs.paint"), timeOfPaint(view, 2), QStringLiteral("ms"),
                         QStringLiteral("budget 5 ms for 60 x 200 at DPR 2"), 5, paints}};
}

// --- lines that are appended ---

/// A pane as the window has it, and who brings it lines.
struct Stage {
    FakeLogs logs;
    ui::LogPane pane{logs.keeper};
    QList<quint64> numbers; ///< of the logs

    explicit Stage(int count = 1) {
        QList<ui::LogBoard::Source> shown;
        for (int i = 0; i < count; ++i) {
            app::LogSource source;
            source.container = QStringLiteral("web-%1").arg(i);
            numbers.append(logs.follower.follow(source));
            shown.append({numbers.last(), source.container});
        }
        pane.setSources(shown);
        pane.resize(windowSize);
        pane.show();
        turn(settling);
    }

    [[nodiscard]] qint64 lines() const {
        qint64 all = 0;
        for (const quint64 number : numbers)
            all += logs.keeper.snapshot(number).lineCount();
        return all;
    }
};

Result<Measurements> measureAppend() {
    ui::Theme::instance().install(*qApp);
    Stage stage;
    LogRain rain(stage.logs.service);
    if (const auto opened = rain.open(0, (appends + 1) * appendedLines); !opened)
        return tl::unexpected(opened.error());
    QList<double> times;
    for (int run = 0; run <= appends; ++run) {
        const double before = threadMilliseconds();
        rain.pour(appendedLines);
        const qint64 wanted = rain.poured();
        if (!turnUntil([&] { return stage.pane.board().endRow() == wanted; }))
            return failure(ErrorCode::Internal, QStringLiteral("the lines were never shown"));
        turn(settling); // with all that the pane does about them afterwards
        if (run > 0)    // the first finds nothing at hand
            times.append(threadMilliseconds() - before);
    }
    return Measurements{{QStringLiteral("logs.append"), median(times), QStringLiteral("ms"),
                         QStringLiteral("budget 5 ms of the window's thread for 10,000 lines"), 5,
                         appends}};
}

// --- a rain of lines, and a person who scrolls ---

/// Turns the wheel up and down, drags the bar about, and goes back to the end, again and again.
class Person {
public:
    explicit Person(ui::LogView& view)
        : m_view(view) {
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { act(); });
        m_timer.start(frame);
    }

private:
    void act() {
        constexpr int round = 400; // frames
        const int at = m_frame++ % round;
        QScrollBar& bar = *m_view.verticalScrollBar();
        if (at < 80)
            return; // looks on as it follows
        if (at < 200)
            wheel(120);
        else if (at < 280)
            bar.setValue(int(qint64(bar.maximum()) * ((at * 37) % 100) / 100));
        else if (at < 380)
            wheel(-120);
        else if (at == 380)
            m_view.follow();
    }

    void wheel(int delta) {
        QWidget& viewport = *m_view.viewport();
        const QPointF middle(viewport.width() / 2.0, viewport.height() / 2.0);
        QWheelEvent event(middle, viewport.mapToGlobal(middle), {}, {0, delta}, Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&viewport, &event);
    }

    ui::LogView& m_view;
    QTimer m_timer;
    int m_frame = 0;
};

Measurements rowsOf(const QString& name, const app::StallFigures& figures) {
    return {{name, figures.worstProcessor, QStringLiteral("ms"),
             QStringLiteral("budget 16 ms of the window's thread's processor time"), frameBudget,
             1},
            {name + QStringLiteral(".wall999"), figures.wall999, QStringLiteral("ms"),
             QStringLiteral("budget 16 ms of wall time for 99.9 % of the turns"), frameBudget, 1}};
}

/// What turns took while it rained for so long.
Result<app::StallFigures> figuresOf(Stage& stage, LogRain& rain) {
    turn(settling);
    const qint64 before = rain.poured();
    const app::StallMeter meter;
    const Person person(stage.pane.view());
    rain.start(linesInASecond);
    turn(rainTime);
    rain.stop();
    const app::StallFigures figures = meter.figures();
    const qint64 wanted = qint64(linesInASecond) * rainTime.count();
    if (rain.poured() - before < wanted * 95 / 100)
        return failure(ErrorCode::Internal,
                       QStringLiteral("only %1 of %2 lines came").arg(rain.poured()).arg(wanted));
    if (!turnUntil([&] { return stage.lines() == rain.poured(); }))
        return failure(ErrorCode::Internal, QStringLiteral("lines were lost"));
    return figures;
}

Result<Measurements> measureStall() {
    ui::Theme::instance().install(*qApp);
    Stage stage(sources);
    LogRain rain(stage.logs.service);
    if (const auto opened = rain.open(0, -1); !opened)
        return tl::unexpected(opened.error());
    return figuresOf(stage, rain).map([](const app::StallFigures& figures) {
        return rowsOf(QStringLiteral("logs.stall"), figures);
    });
}

/// The same behind a great many lines that are there already, filtered and searched.
Result<Measurements> measureLargeStall() {
    ui::Theme::instance().install(*qApp);
    Stage stage(sources);
    const qint64 all = LogParty::instance().lineCount();
    const qint64 rainLines = qint64(linesInASecond) * (rainTime.count() + 1);
    LogRain rain(stage.logs.service);
    if (const auto opened = rain.open(0, -1); !opened)
        return tl::unexpected(opened.error());
    const auto filter =
        models::LogFilter::parse(QStringLiteral("level:info+ -deadline-7f3a9c")).value();
    const auto found =
        models::LogFilter::parse(QStringLiteral("level:info+ -deadline-7f3a9c reset")).value();
    const app::StallMeter meter;
    while (rain.poured() < all - rainLines) {
        rain.pour(linesInASecond / 10);
        if (!turnUntil([&] { return rain.poured() - stage.lines() < linesInASecond; }))
            return failure(ErrorCode::Internal, QStringLiteral("the lines were not kept"));
    }
    ui::LogBoard& board = stage.pane.board();
    board.setFilter(filter, models::CompiledFilter::compile(filter).value());
    if (!turnUntil([&board] { return !board.isBusy(); }))
        return failure(ErrorCode::Internal, QStringLiteral("the filter did not come to an end"));
    board.setSearch(models::CompiledFilter::compile(found).value());
    if (!turnUntil([&board] { return !board.isBusy(); }))
        return failure(ErrorCode::Internal, QStringLiteral("the search did not come to an end"));
    const app::StallFigures before = meter.figures();
    return figuresOf(stage, rain).map([&before](app::StallFigures figures) {
        figures.worstProcessor = std::max(figures.worstProcessor, before.worstProcessor);
        return rowsOf(QStringLiteral("logs.stall_large"), figures);
    });
}

const QString group = QStringLiteral("logs");
const Registration paint(group, QStringLiteral("logs.paint"), &measurePaint);
const Registration append(group, QStringLiteral("logs.append"), &measureAppend);
const Registration stall(group, QStringLiteral("logs.stall"), &measureStall);
const Registration largeStall(group, QStringLiteral("logs.stall_large"), &measureLargeStall);

} // namespace

} // namespace tests
