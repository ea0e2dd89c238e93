"""Several targets on one indicator: what keeping to the path of one gives for the others."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from dashboard.metrics.polarity import is_at_least_as_good
from dashboard.metrics.trajectory import path_level_at


def what_each_path_gives(
    paths: Mapping[str, pd.DataFrame], goals: pd.DataFrame, lower_is_better: bool
) -> pd.DataFrame:
    """Return the level of each target's path on the due date of every other.

    A path says nothing before it begins. After it ends it keeps its last level, as
    :func:`~dashboard.metrics.trajectory.path_level_at` has it: the goal, held.

    Args:
        paths: month, level by target; empty where a target has no path.
        goals: target_id, level (the goal's), due (Period[M]); rows without both are left out.
        lower_is_better: of the indicator.

    Returns:
        path_of, goal_of, due, goal, level, meets: one row for each ordered pair of two targets.
    """
    known = goals.dropna(subset=["level", "due"])
    rows = [
        (name, goal["target_id"], goal["due"], goal["level"], path_level_at(path, goal["due"]))
        for name, path in paths.items()
        for goal in known.to_dict("records")
        if goal["target_id"] != name and len(path)
    ]
    columns = ["path_of", "goal_of", "due", "goal", "level"]
    found = pd.DataFrame(rows, columns=columns).astype({"goal": float, "level": float})
    found = found[found["level"].notna()].reset_index(drop=True)
    return found.assign(meets=is_at_least_as_good(found["level"], found["goal"], lower_is_better))


def strictest(goals: pd.DataFrame, lower_is_better: bool) -> str:
    """Return the target whose goal asks for the best level; the earliest due of equals, "" of none.

    Args:
        goals: target_id, level, due (Period[M]), all of one indicator and unit.
        lower_is_better: of the indicator.
    """
    known = goals.dropna(subset=["level", "due"])
    if known.empty:
        return ""
    size = known["level"].to_numpy(dtype=float)
    order = np.lexsort((pd.PeriodIndex(known["due"]).asi8, size if lower_is_better else -size))
    return str(known["target_id"].iloc[order[0]])
