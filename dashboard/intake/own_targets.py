"""A target that a person writes in the app: put into a plan of the data folder, and published."""

from __future__ import annotations

import pandas as pd

from dashboard.intake.own_process import in_own_process
from etl.build import Progress
from etl.datadir import DataDir
from etl.own_plans import PLAN, NewTarget, SavedTarget, add_target


def write_target(data: DataDir, new: NewTarget, progress: Progress) -> SavedTarget:
    """Write a target into a plan and publish it; see `etl.own_plans.add_target`.

    Raises:
        InputError: Something is wrong; nothing is kept then, and what was published stays.
        OSError: The files cannot be written; nothing is kept then either.
    """
    return in_own_process(add_target, data, new, progress=progress)


def plans_to_add_to(data: DataDir, plans: pd.DataFrame, area_code: str) -> dict[str, str]:
    """Return titles of the plans that are the partnership's own, by id, in order.

    Args:
        data: The data folder: plans that come with the product are not in it, unless it is theirs.
        plans: The query of that name.
        area_code: Of the partnership.
    """
    own = plans[plans["area_code"].eq(area_code) & plans["area_code"].ne("")]
    titles = dict(zip(own["plan_id"], own["title"], strict=True))
    return {
        known: title
        for known, title in titles.items()
        if (data.root / "plans" / known / PLAN).is_file()
    }


__all__ = ["NewTarget", "SavedTarget", "plans_to_add_to", "write_target"]
