// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace models {

/// Who wants a host to be reached. One that a person has given up is connected again for people
/// alone.
enum class AskedBy {
    Person,  ///< with a run, a log, a look
    Program, ///< which looks by itself, again and again
};

} // namespace models
