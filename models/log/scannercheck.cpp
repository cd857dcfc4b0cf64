// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/scannercheck.h"

#include <QByteArray>

#include <hs/hs.h>

#include <cctype>
#include <memory>
#include <string_view>

namespace models {

namespace {

constexpr int longestText = 160; ///< two of the widest registers, and what is left over

struct Release {
    void operator()(hs_database_t* database) const { hs_free_database(database); }
    void operator()(hs_scratch_t* scratch) const { hs_free_scratch(scratch); }
};

int report(unsigned, unsigned long long, unsigned long long, unsigned, void* found) {
    *static_cast<bool*>(found) = true;
    return 1;
}

/// Whether the needle is found by the pattern at each place of texts of each length.
bool findsEverywhere(const char* pattern, const QByteArray& needle) {
    hs_database_t* compiled = nullptr;
    hs_compile_error_t* error = nullptr;
    if (hs_compile(pattern, 0, HS_MODE_BLOCK, nullptr, &compiled, &error) != HS_SUCCESS) {
        hs_free_compile_error(error);
        return false;
    }
    const std::unique_ptr<hs_database_t, Release> database(compiled);
    hs_scratch_t* allocated = nullptr;
    if (hs_alloc_scratch(compiled, &allocated) != HS_SUCCESS)
        return false;
    const std::unique_ptr<hs_scratch_t, Release> scratch(allocated);
    for (int length = int(needle.size()); length <= longestText; ++length) {
        for (int at = 0; at + int(needle.size()) <= length; ++at) {
            QByteArray text(length, '.');
            text.replace(at, needle.size(), needle);
            bool found = false;
            hs_scan(compiled, text.constData(), static_cast<unsigned>(length), 0, allocated,
                    &report, &found);
            if (!found)
                return false;
        }
    }
    return true;
}

/// Hyperscan says when it was released, as in "5.4.0 2021-01-26"; Vectorscan leaves that empty.
bool isHyperscan() {
    return std::isdigit(static_cast<unsigned char>(std::string_view(hs_version()).back())) != 0;
}

bool tryScanner() {
    // Vectorscan has had more than one mistake at 512 bits; they are not searched for one by one.
    hs_platform_info_t platform{};
    if (hs_populate_platform(&platform) != HS_SUCCESS ||
        (!isHyperscan() && (platform.cpu_features & HS_CPU_FEATURES_AVX512) != 0))
        return false;
    return findsEverywhere("[ab]c", "ac") && findsEverywhere("ab", "ab") &&
           findsEverywhere("[^.]x", "yx");
}

} // namespace

bool scannerFindsAll() {
    static const bool finds = tryScanner();
    return finds;
}

} // namespace models
