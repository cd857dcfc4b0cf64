// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace tests {

/// Permissions of files hold for this thread as long as it lives, also where root runs the tests:
/// the capabilities that pass over them (capabilities(7): CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH)
/// are laid down. Threads made meanwhile do not have them either.
class OrdinaryRights {
public:
    OrdinaryRights();
    ~OrdinaryRights();
    OrdinaryRights(const OrdinaryRights&) = delete;
    OrdinaryRights& operator=(const OrdinaryRights&) = delete;

private:
    unsigned m_effective[2] = {};
    int m_secureBits = 0;
};

} // namespace tests
