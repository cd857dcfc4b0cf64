// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/front/frontfont.h"

#include <QGlyphRun>
#include <QList>
#include <QPainter>

#include <algorithm>
#include <fontconfig/fontconfig.h>
#include <memory>
#include <utility>

namespace ui {

namespace {

const QString ellipsis = QStringLiteral("…");

/// Qt asks fontconfig how the text of a file is to be hinted, and that would read all fonts of the
/// machine. While this lives there are none; whoever asks after it reads them.
class WithoutFonts {
public:
    WithoutFonts() {
        FcConfig* const none = FcConfigCreate();
        FcConfigSetCurrent(none);
        FcConfigDestroy(none); // the current one is kept by fontconfig itself
    }
    ~WithoutFonts() { FcConfigSetCurrent(nullptr); }
    Q_DISABLE_COPY_MOVE(WithoutFonts)
};

/// Scripts that are written left to right, a glyph for each character.
bool isPlain(QChar character) {
    switch (character.script()) {
    case QChar::Script_Common:
    case QChar::Script_Latin:
    case QChar::Script_Greek:
    case QChar::Script_Cyrillic:
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
        return !character.isSurrogate() && character.isPrint();
    default:
        return false;
    }
}

struct PatternEnd {
    void operator()(FcPattern* pattern) const { FcPatternDestroy(pattern); }
};
using Pattern = std::unique_ptr<FcPattern, PatternEnd>;

} // namespace

FrontFont::FrontFont(QRawFont font)
    : m_font(std::move(font)) {}

std::optional<FrontFont> FrontFont::load(const QString& file, int size) {
    const WithoutFonts none;
    QRawFont font(file, size);
    if (!font.isValid())
        return std::nullopt;
    return FrontFont(std::move(font));
}

FrontFont FrontFont::at(int size) const {
    const WithoutFonts none;
    QRawFont other = m_font;
    other.setPixelSize(size);
    return FrontFont(std::move(other));
}

bool FrontFont::canShow(const QString& text) const {
    const QList<quint32> glyphs = m_font.glyphIndexesForString(text);
    return std::all_of(text.begin(), text.end(), isPlain) && !glyphs.contains(0U);
}

qreal FrontFont::widthOf(const QString& text) const {
    qreal width = 0;
    for (const QPointF& advance :
         m_font.advancesForGlyphIndexes(m_font.glyphIndexesForString(text)))
        width += advance.x();
    return width;
}

QString FrontFont::elided(const QString& text, qreal room) const {
    const QList<QPointF> advances =
        m_font.advancesForGlyphIndexes(m_font.glyphIndexesForString(text));
    qreal width = 0;
    for (const QPointF& advance : advances)
        width += advance.x();
    if (width <= room)
        return text;
    qsizetype kept = advances.size();
    const qreal left = room - widthOf(ellipsis);
    while (kept > 0 && width > left)
        width -= advances[--kept].x();
    return text.first(kept) + ellipsis;
}

void FrontFont::draw(QPainter& painter, const QPointF& from, const QString& text) const {
    const QList<quint32> glyphs = m_font.glyphIndexesForString(text);
    QList<QPointF> places;
    places.reserve(glyphs.size());
    QPointF place;
    for (const QPointF& advance : m_font.advancesForGlyphIndexes(glyphs)) {
        places.append(place);
        place += advance;
    }
    QGlyphRun run;
    run.setRawFont(m_font);
    run.setGlyphIndexes(glyphs);
    run.setPositions(places);
    painter.drawGlyphRun(from, run);
}

QString fontFileOf(const QString& family, bool isStrong) {
    const Pattern wanted(FcPatternCreate());
    const QByteArray name = family.toUtf8();
    FcPatternAddString(wanted.get(), FC_FAMILY, reinterpret_cast<const FcChar8*>(name.constData()));
    FcPatternAddInteger(wanted.get(), FC_WEIGHT, isStrong ? FC_WEIGHT_DEMIBOLD : FC_WEIGHT_REGULAR);
    FcConfigSubstitute(nullptr, wanted.get(), FcMatchPattern);
    FcDefaultSubstitute(wanted.get());
    FcResult result = FcResultNoMatch;
    const Pattern found(FcFontMatch(nullptr, wanted.get(), &result));
    FcChar8* file = nullptr;
    int number = 0;
    if (found == nullptr || FcPatternGetString(found.get(), FC_FILE, 0, &file) != FcResultMatch ||
        FcPatternGetInteger(found.get(), FC_INDEX, 0, &number) != FcResultMatch || number != 0)
        return {};
    return QString::fromUtf8(reinterpret_cast<const char*>(file));
}

} // namespace ui
