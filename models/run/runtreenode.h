// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/runtreemodel.h"

#include <vector>

namespace models {

/// A row of the tree: a section of a lane, or a step.
struct RunTreeModel::Node {
    Node* parent = nullptr; ///< null for a section
    int row = 0;
    int step = -1; ///< index into Plan::steps, -1 for a section
    int section = -1;
    int depth = 0;
    Lane lane = Lane::Main;
    StepStatus status = StepStatus::Pending;
    int diagnostics = 0;
    std::vector<Node*> children;
};

} // namespace models
