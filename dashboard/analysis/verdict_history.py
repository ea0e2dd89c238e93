"""Verdict and chance of a plan's targets over the last quarters, as each was at a quarter's end."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.levels import baseline_window
from dashboard.analysis.rows import Target, Verdict
from dashboard.analysis.status import verdicts_on
from dashboard.metrics.periods import MONTHS_A_QUARTER, later, month_label, quarter_label
from dashboard.store.cache import cached_per_build

QUARTERS = 4
"""A year: the quarter that is looked at, and the three before it."""


class TargetHistory(NamedTuple):
    """One target over the quarters."""

    now: Verdict
    verdicts: tuple[Verdict | None, ...]
    """Oldest first, the last is `now`; None where its baseline was not over yet."""


class VerdictHistory(NamedTuple):
    """The targets of a plan over the quarters."""

    periods: tuple[str, ...]
    """Oldest first: "Q3 2009/10"; the month where that ends no quarter."""
    targets: tuple[TargetHistory, ...]

    @property
    def changed(self) -> list[TargetHistory]:
        """The targets whose verdict is another than a quarter before."""
        if len(self.periods) < 2:  # noqa: PLR2004 - one period has none before it
            return []
        return [
            each
            for each in self.targets
            if (before := each.verdicts[-2]) is not None and before.status != each.now.status
        ]


@cached_per_build
def verdict_history(view: AreaView, *, is_made_up: bool = False) -> VerdictHistory:
    """Return the verdict on every target with a goal that is a level, quarter by quarter.

    Each is what `dashboard.analysis.status` gives as at the quarter's last month. Places are left
    out: their history is that of the group.

    Args:
        view: An area under its plan, as at a month.
        is_made_up: The goals made up for the worked example; else those that the plan gives.
    """
    month = view.as_at or view.latest_month()
    chosen = [
        each
        for each in view.targets
        if each.goal not in ("rank", "not_given") and each.illustrative == is_made_up
    ]
    months = [later(month, -MONTHS_A_QUARTER * back) for back in reversed(range(QUARTERS))]
    by_month = [_as_at(view, chosen, each) for each in months]
    begin = next((at for at, found in enumerate(by_month) if found), len(months) - 1)
    return VerdictHistory(
        tuple(_named(each) for each in months[begin:]),
        tuple(
            TargetHistory(now, (*(found.get(now.target_id) for found in by_month[begin:-1]), now))
            for now in verdicts_on(view, chosen, month)
        ),
    )


def _as_at(view: AreaView, targets: list[Target], month: pd.Period) -> dict[str, Verdict]:
    """Return the verdicts on those targets whose baseline is over by a month."""
    known = [each for each in targets if _is_set(each, month)]
    return {each.target_id: each for each in verdicts_on(view, known, month)}


def _is_set(target: Target, month: pd.Period) -> bool:
    window = baseline_window(target.baseline_period)
    return window is None or window.last_month.ordinal < month.ordinal


def _named(month: pd.Period) -> str:
    return quarter_label(month) if month.month % MONTHS_A_QUARTER == 0 else month_label(month)
