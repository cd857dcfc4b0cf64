// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/runbooknames.h"

#include <array>

namespace models {

namespace {

/// The enumerator among `all` whose name this is.
template <class Enum, std::size_t count>
std::optional<Enum> find(const std::array<Enum, count>& all, const QString& name) {
    for (const Enum value : all) {
        if (nameOf(value) == name) {
            return value;
        }
    }
    return std::nullopt;
}

} // namespace

QString nameOf(Lane lane) {
    switch (lane) {
    case Lane::Main:
        return QStringLiteral("main");
    case Lane::Rollback:
        return QStringLiteral("rollback");
    case Lane::Reference:
        return QStringLiteral("reference");
    }
    Q_UNREACHABLE();
}

QString nameOf(StepKind kind) {
    switch (kind) {
    case StepKind::Manual:
        return QStringLiteral("manual");
    case StepKind::Command:
        return QStringLiteral("command");
    case StepKind::Http:
        return QStringLiteral("http");
    case StepKind::Check:
        return QStringLiteral("check");
    case StepKind::Gate:
        return QStringLiteral("gate");
    case StepKind::Wait:
        return QStringLiteral("wait");
    case StepKind::Approval:
        return QStringLiteral("approval");
    }
    Q_UNREACHABLE();
}

QString nameOf(ExpectationKind kind) {
    switch (kind) {
    case ExpectationKind::HttpStatus:
        return QStringLiteral("http-status");
    case ExpectationKind::Json:
        return QStringLiteral("json");
    case ExpectationKind::Comparison:
        return QStringLiteral("comparison");
    case ExpectationKind::Contains:
        return QStringLiteral("contains");
    case ExpectationKind::Similar:
        return QStringLiteral("similar");
    case ExpectationKind::Manual:
        return QStringLiteral("manual");
    }
    Q_UNREACHABLE();
}

QString nameOf(DocumentKind kind) {
    switch (kind) {
    case DocumentKind::Runbook:
        return QStringLiteral("runbook");
    case DocumentKind::RollbackRunbook:
        return QStringLiteral("rollback-runbook");
    case DocumentKind::History:
        return QStringLiteral("history");
    case DocumentKind::Reference:
        return QStringLiteral("reference");
    }
    Q_UNREACHABLE();
}

QString nameOf(Severity severity) {
    switch (severity) {
    case Severity::Error:
        return QStringLiteral("error");
    case Severity::Warning:
        return QStringLiteral("warning");
    case Severity::Hint:
        return QStringLiteral("hint");
    }
    Q_UNREACHABLE();
}

std::optional<Lane> laneFromName(const QString& name) {
    return find(std::array{Lane::Main, Lane::Rollback, Lane::Reference}, name);
}

std::optional<StepKind> stepKindFromName(const QString& name) {
    return find(std::array{StepKind::Manual, StepKind::Command, StepKind::Http, StepKind::Check,
                           StepKind::Gate, StepKind::Wait, StepKind::Approval},
                name);
}

std::optional<ExpectationKind> expectationKindFromName(const QString& name) {
    return find(std::array{ExpectationKind::HttpStatus, ExpectationKind::Json,
                           ExpectationKind::Comparison, ExpectationKind::Contains,
                           ExpectationKind::Similar, ExpectationKind::Manual},
                name);
}

std::optional<DocumentKind> documentKindFromName(const QString& name) {
    return find(std::array{DocumentKind::Runbook, DocumentKind::RollbackRunbook,
                           DocumentKind::History, DocumentKind::Reference},
                name);
}

std::optional<Severity> severityFromName(const QString& name) {
    return find(std::array{Severity::Error, Severity::Warning, Severity::Hint}, name);
}

} // namespace models
