// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/actionwords.h"

#include "ui/widgets/timeformat.h"

#include <QCoreApplication>

namespace ui {

namespace {

using State = app::ActionProgress::State;

struct ActionWords {
    Q_DECLARE_TR_FUNCTIONS(ui::ActionWords)
};

QString lengthOf(const app::ActionProgress& progress) {
    return formatDuration(
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::nanoseconds(
            progress.finishedAt.nanoseconds - progress.startedAt.nanoseconds)));
}

/// A sentence of its own behind another.
QString behind(const QString& first, const QString& second) {
    return second.isEmpty() ? first : first + u' ' + second;
}

} // namespace

QString actionWords(const app::ActionProgress& progress) {
    const QString title = progress.place.isEmpty()
                              ? progress.title
                              : ActionWords::tr("%1 at %2").arg(progress.title, progress.place);
    switch (progress.state) {
    case State::Starting:
        return ActionWords::tr("%1: starting.").arg(title);
    case State::Running:
        return ActionWords::tr("%1: running.").arg(title);
    case State::Passed:
        return ActionWords::tr("%1: passed in %2.").arg(title, lengthOf(progress));
    case State::Failed: {
        const QString words = behind(ActionWords::tr("%1: failed.").arg(title), progress.words);
        return progress.lastOutput.isEmpty()
                   ? words
                   : ActionWords::tr("%1 Its last line: %2").arg(words, progress.lastOutput);
    }
    case State::NeedsPerson:
        return behind(ActionWords::tr("%1: a person has to decide.").arg(title), progress.words);
    case State::Refused:
        return behind(ActionWords::tr("%1: nothing ran.").arg(title), progress.words);
    }
    return {};
}

BannerWidget::Level actionLevel(const app::ActionProgress& progress) {
    switch (progress.state) {
    case State::Starting:
    case State::Running:
    case State::Passed:
        return BannerWidget::Level::Info;
    case State::NeedsPerson:
        return BannerWidget::Level::Warning;
    case State::Failed:
    case State::Refused:
        return BannerWidget::Level::Error;
    }
    return BannerWidget::Level::Info;
}

} // namespace ui
