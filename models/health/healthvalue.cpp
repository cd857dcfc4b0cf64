// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/healthvalue.h"

#include <cmath>

namespace models {

namespace {

template <class... Handlers>
struct Overloaded : Handlers... {
    using Handlers::operator()...;
};
template <class... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;

/// At most four digits that count, and no zeros behind the point.
QString numberWords(double number) {
    const double rounded = std::round(number * 1000) / 1000;
    return std::abs(number) >= 1000 ? QString::number(std::round(number), 'f', 0)
                                    : QString::number(rounded, 'g', 6);
}

QString timeWords(double seconds) {
    const double size = std::abs(seconds);
    if (size < 1)
        return numberWords(seconds * 1000) + u" ms"_qs;
    if (size < 120)
        return numberWords(seconds) + u" s"_qs;
    if (size < 7200)
        return numberWords(seconds / 60) + u" min"_qs;
    if (size < 172'800)
        return numberWords(seconds / 3600) + u" h"_qs;
    return numberWords(seconds / 86'400) + u" d"_qs;
}

QString byteWords(double bytes) {
    const double size = std::abs(bytes);
    if (size < 1e3)
        return numberWords(bytes) + u" B"_qs;
    if (size < 1e6)
        return numberWords(bytes / 1e3) + u" KB"_qs;
    if (size < 1e9)
        return numberWords(bytes / 1e6) + u" MB"_qs;
    return numberWords(bytes / 1e9) + u" GB"_qs;
}

} // namespace

QString valueWords(const HealthValue& value, NumberForm form) {
    return std::visit(Overloaded{
                          [](const Missing&) { return u"unknown"_qs; },
                          [](const Null&) { return u"null"_qs; },
                          [](bool truth) { return truth ? u"true"_qs : u"false"_qs; },
                          [form](const Quantity& quantity) -> QString {
                              switch (quantity.unit) {
                              case Unit::Time:
                                  return timeWords(quantity.number);
                              case Unit::Bytes:
                                  return byteWords(quantity.number);
                              case Unit::None:
                                  break;
                              }
                              return form == NumberForm::Percent
                                         ? numberWords(quantity.number * 100) + u" %"_qs
                                         : numberWords(quantity.number);
                          },
                          [](const QString& text) -> QString { return u'"' + text + u'"'; },
                      },
                      value);
}

QString durationWords(std::chrono::nanoseconds duration) {
    return valueWords(Quantity{std::chrono::duration<double>(duration).count(), Unit::Time});
}

ValueType typeOf(const HealthValue& value) {
    if (const auto* quantity = std::get_if<Quantity>(&value)) {
        switch (quantity->unit) {
        case Unit::Time:
            return ValueType::Time;
        case Unit::Bytes:
            return ValueType::Bytes;
        case Unit::None:
            return ValueType::Number;
        }
    }
    if (std::holds_alternative<bool>(value))
        return ValueType::Truth;
    if (std::holds_alternative<QString>(value))
        return ValueType::Text;
    return std::holds_alternative<Null>(value) ? ValueType::Null : ValueType::Any;
}

QString typeWords(ValueType type) {
    switch (type) {
    case ValueType::Any:
        return u"anything"_qs;
    case ValueType::Number:
        return u"a number"_qs;
    case ValueType::Time:
        return u"a duration"_qs;
    case ValueType::Bytes:
        return u"a size"_qs;
    case ValueType::Truth:
        return u"true or false"_qs;
    case ValueType::Text:
        return u"text"_qs;
    case ValueType::Null:
        return u"null"_qs;
    }
    return {};
}

} // namespace models
