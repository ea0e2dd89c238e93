"""Which target a question is about: its area under its plan, its row, and the month it is as at."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from dashboard.analysis.picture import NoFiguresError, Picture, UnknownChoiceError


class ChosenTarget(NamedTuple):
    """The area, target and month that every answer about one target starts from."""

    picture: Picture
    """The area under its plan."""
    target: pd.Series
    """A row of its targets."""
    as_at: pd.Period
    """The last month that counts."""

    @classmethod
    def of(cls, view: Picture, indicator: str, target: str = "") -> ChosenTarget:
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


def choose_target(picture: Picture, indicator: str, target: str = "") -> pd.Series:
    """Return a target of an indicator: the one named, or the first of the plan.

    Raises:
        UnknownChoiceError: There is no such indicator or target.
        NoFiguresError: The plan sets no target on the indicator.
    """
    title = picture.indicator(indicator)["title"]
    own = picture.targets[picture.targets["indicator_id"].eq(indicator)]
    if own.empty:
        raise NoFiguresError(f"the plan sets no target on {title} for {picture.area_name}")
    if target and target not in set(own["target_id"]):
        raise UnknownChoiceError("target", target, own["target_id"])
    return own[own["target_id"].eq(target)].iloc[0] if target else own.iloc[0]


def latest_of(picture: Picture, indicator: str) -> pd.Period:
    """Return the latest month with figures of the indicator, or else of anything."""
    try:
        return picture.latest_month(indicator)
    except NoFiguresError:
        return picture.latest_month()
