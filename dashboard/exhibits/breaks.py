"""What a person can decide about breaks in a series, in words."""

from __future__ import annotations

from typing import Literal, NamedTuple

from dashboard.analysis.control import ControlAnswer
from dashboard.analysis.rows import records_of
from dashboard.metrics.periods import month_label, parse_month


class BreakToDecide(NamedTuple):
    """One decision that can be taken.

    Attributes:
        decision: confirmed or withdrawn.
        month: First month of the new series, "2009-04".
        area: The area that it is for; "" for all.
        text: What it is, for a list to choose from.
    """

    decision: Literal["confirmed", "withdrawn"]
    month: str
    area: str
    text: str


def breaks_to_decide(answer: ControlAnswer) -> list[BreakToDecide]:
    """Return what can be decided: breaks to withdraw, those that the figures suggest, the rest.

    Of the plan's own breaks none can be withdrawn here: they are in its notes.
    """
    applied = [each for each in records_of(answer.breaks) if each.month]
    decided = [
        _withdrawal(each.month, each.area_code, each.decided_by, answer)
        for each in applied
        if each.decided_by
    ]
    taken = {each.month for each in applied}
    suggested = [str(month)[:7] for month in answer.suggested["month"]]
    months = [str(month)[:7] for month in answer.points["month"]][1:]
    first = [_confirmation(month, answer, "the figures suggest it") for month in suggested]
    rest = [
        _confirmation(month, answer, "") for month in reversed(months) if month not in suggested
    ]
    return [*decided, *(each for each in [*first, *rest] if each.month not in taken)]


def _withdrawal(month: str, area: str, decided_by: str, answer: ControlAnswer) -> BreakToDecide:
    where = answer.area_name if area else "all areas"
    text = f"Withdraw the break from {_month(month)}, {where}, confirmed by {decided_by}"
    return BreakToDecide("withdrawn", month[:7], area, text)


def _confirmation(month: str, answer: ControlAnswer, why: str) -> BreakToDecide:
    text = f"New series from {_month(month)}{f': {why}' if why else ''}"
    return BreakToDecide("confirmed", month, answer.area, text)


def _month(month: str) -> str:
    return month_label(parse_month(month[:7]))
