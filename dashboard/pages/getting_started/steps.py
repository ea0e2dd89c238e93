"""How far a partnership has come: chosen, with files of its own, with targets."""

from __future__ import annotations

from typing import NamedTuple

from dashboard.analysis.series import REAL
from dashboard.store.warehouse import Warehouse


class Steps(NamedTuple):
    """What is done of the three steps.

    Attributes:
        is_chosen: Whether somebody said which partnership it is.
        files: How many files of its own the installation has.
        plan: The plan of the partnership that has targets; "" for none.
        targets: How many it has.
    """

    is_chosen: bool
    files: int
    plan: str
    targets: int


def steps_done(warehouse: Warehouse, area_code: str, *, is_chosen: bool) -> Steps:
    """Return what is done.

    Args:
        warehouse: A published database.
        area_code: Of the partnership.
        is_chosen: Whether the address names it; an installation may have one of its own too.
    """
    loads = warehouse.cached_frame("loads")
    own = loads[~loads["illustrative"] & ~loads["with_product"]]
    plans = warehouse.cached_frame("plans")
    real = plans[plans["area_code"].eq(area_code) & plans["figure_set"].eq(REAL)]
    counts = {plan: len(warehouse.cached_frame("targets", plan=plan)) for plan in real["plan_id"]}
    plan = next((known for known, count in counts.items() if count), "")
    return Steps(
        is_chosen or warehouse.own_partnership() == area_code,
        own["file_id"].nunique(),
        plan,
        sum(counts.values()),
    )
