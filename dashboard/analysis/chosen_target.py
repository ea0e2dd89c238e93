"""Which target a question is about: its area under its plan, its row, and the month it is as at."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from dashboard.analysis.area_view import AreaView, NoFiguresError, UnknownChoiceError
from dashboard.analysis.rows import Target


class ChosenTarget(NamedTuple):
    """The area, target and month that every answer about one target starts from."""

    view: AreaView
    """The area under its plan."""
    target: Target
    """One of its targets."""
    as_at: pd.Period
    """The last month that counts."""

    @classmethod
    def of(cls, view: AreaView, indicator: str, target: str = "") -> ChosenTarget:
        """Return the target that is meant where a choice is named or left out.

        Args:
            view: An area under a plan; without a month, the latest with figures counts.
            indicator: An indicator id.
            target: A target id; "" for the indicator's principal target, the first of the plan.

        Raises:
            UnknownChoiceError: There is no such indicator or target.
            NoFiguresError: The plan sets no target on the indicator.
        """
        row = choose_target(view, indicator, target)
        return cls(view, row, view.as_at or latest_of(view, indicator))


def choose_target(view: AreaView, indicator: str, target: str = "") -> Target:
    """Return a target of an indicator: the one named, or the first of the plan.

    Raises:
        UnknownChoiceError: There is no such indicator or target.
        NoFiguresError: The plan sets no target on the indicator.
    """
    title = view.indicator(indicator).title
    own = {each.target_id: each for each in view.targets_on(indicator)}
    if not own:
        raise NoFiguresError(f"the plan sets no target on {title} for {view.area_name}")
    if target and target not in own:
        raise UnknownChoiceError("target", target, own)
    return own[target or next(iter(own))]


def latest_of(view: AreaView, indicator: str) -> pd.Period:
    """Return the latest month with figures of the indicator, or else of anything."""
    try:
        return view.latest_month(indicator)
    except NoFiguresError:
        return view.latest_month()
