// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/ordinaryrights.h"

#include <QtGlobal>

#include <linux/capability.h>
#include <linux/securebits.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace tests {
namespace {

/// A thread's capabilities have no function of the C library; of libcap none other is needed here.
class Capabilities {
public:
    Capabilities() { call(SYS_capget); }
    void set() { call(SYS_capset); }

    __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = {};

private:
    void call(long number) {
        __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
        if (::syscall(number, &header, data) != 0)
            qFatal("The capabilities of this thread can be neither read nor changed.");
    }
};

/// Only root's threads have something to lay down.
void setSecureBits(int bits) {
    if (bits != ::prctl(PR_GET_SECUREBITS) && ::prctl(PR_SET_SECUREBITS, bits) != 0 &&
        ::geteuid() == 0)
        qFatal("The secure bits of this thread cannot be changed.");
}

} // namespace

OrdinaryRights::OrdinaryRights() {
    Capabilities own;
    for (int i = 0; i < _LINUX_CAPABILITY_U32S_3; ++i)
        m_effective[i] = own.data[i].effective;
    for (const unsigned capability : {CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH})
        own.data[CAP_TO_INDEX(capability)].effective &= ~CAP_TO_MASK(capability);
    own.set();
    // access(2) would give root's thread all that it is permitted for as long as it asks.
    m_secureBits = ::prctl(PR_GET_SECUREBITS);
    setSecureBits(m_secureBits | SECBIT_NO_SETUID_FIXUP);
}

OrdinaryRights::~OrdinaryRights() {
    setSecureBits(m_secureBits);
    Capabilities own;
    for (int i = 0; i < _LINUX_CAPABILITY_U32S_3; ++i)
        own.data[i].effective = m_effective[i];
    own.set();
}

} // namespace tests
