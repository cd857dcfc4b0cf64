// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/proselines.h"

#include "models/runbook/commandtext.h"
#include "models/runbook/expectationtext.h"

#include <array>

namespace models {

namespace {

using Line = std::string_view;

constexpr Line arrow = "→";

/// Bullets, numbers and check boxes in front of an item's text.
Line withoutMarker(Line line) {
    Line text = trimmed(line);
    if (text.size() > 1 && (text[0] == '-' || text[0] == '*' || text[0] == '+') && text[1] == ' ') {
        text = trimmed(text.substr(2));
    } else {
        const std::size_t digits = text.find_first_not_of("0123456789");
        if (digits != text.npos && digits > 0 && digits < 4 && digits + 1 < text.size() &&
            (text[digits] == '.' || text[digits] == ')') && text[digits + 1] == ' ') {
            text = trimmed(text.substr(digits + 2));
        }
    }
    const bool isTask = text.size() > 3 && text[0] == '[' && text[2] == ']';
    return isTask ? trimmed(text.substr(3)) : text;
}

/// "GET /healthz", also behind "Endpoint:".
std::optional<HttpRequest> requestFrom(Line text) {
    static constexpr auto methods =
        std::to_array<Line>({"GET ", "HEAD ", "POST ", "PUT ", "DELETE "});
    for (const Line method : methods) {
        if (text.substr(0, method.size()) != method) {
            continue;
        }
        const Line rest = trimmed(text.substr(method.size()));
        const Line path = rest.substr(0, rest.find_first_of(" \t"));
        if (path.empty() || (path[0] != '/' && path.substr(0, 4) != "http")) {
            return std::nullopt;
        }
        // A path alone needs to be told where: the base is asked for as a variable.
        const QString url =
            path[0] == '/' ? QStringLiteral("${BASE_URL}") + toString(path) : toString(path);
        return HttpRequest{toString(trimmed(method)), url};
    }
    return std::nullopt;
}

/// What stands behind a short label: "Verify: curl …", "Endpoint: GET …".
Line behindLabel(Line text) {
    const std::size_t colon = text.find(": ");
    const bool isLabel = colon != text.npos && colon < 24 && text.find(' ') >= colon;
    return isLabel ? trimmed(text.substr(colon + 2)) : text;
}

void readLine(ProseLine& line, bool isBehindRequest) {
    const Line text = line.title;
    if (const auto expected = expectedPart(text);
        expected && !expected->empty() && text.substr(0, arrow.size()) == arrow) {
        line.kind = ProseLine::Kind::Expectation;
        line.text = *expected;
        return;
    }
    if (isBehindRequest && !text.empty() && text.front() == '{') {
        line.kind = ProseLine::Kind::Expectation;
        line.text = text;
        return;
    }
    if (text.substr(0, arrow.size()) == arrow) {
        return;
    }
    const Line inner = behindLabel(text);
    if (auto request = requestFrom(inner)) {
        line.kind = ProseLine::Kind::Http;
        line.http = std::move(request);
        const std::size_t at = findArrow(inner);
        line.expected = at == inner.npos ? Line() : behindArrow(inner, at);
        return;
    }
    const bool isCommand = startsWithTool(inner) && inner.find(' ') != inner.npos;
    if (isCommand) {
        line.kind = ProseLine::Kind::Command;
        line.text = inner.substr(0, commandLength(inner));
        line.isWhole = line.text.size() == inner.size();
    }
}

} // namespace

std::vector<ProseLine> proseLines(const ParseContext& context, int paragraph) {
    const Block& block = context.tree[paragraph];
    std::vector<ProseLine> lines;
    bool isBehindRequest = false;
    for (int number = block.first; number <= context.lastLineOf(block); ++number) {
        ProseLine line;
        line.number = number;
        line.title = withoutMarker(context.source.line(number));
        readLine(line, isBehindRequest);
        isBehindRequest = line.kind == ProseLine::Kind::Http;
        lines.push_back(line);
    }
    return lines;
}

} // namespace models
