"""Numbers that several pages ask first of an indicator: the latest figure, and the place."""

from __future__ import annotations

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.change import ChangeAnswer
from dashboard.analysis.ranking import RankingAnswer, ranking
from dashboard.charts.wording import number_text
from dashboard.metrics.change import Change
from dashboard.metrics.periods import month_label, parse_month
from dashboard.metrics.ranking import ordinal
from dashboard.ui.big_number import BigNumber
from dashboard.words.levels import level_text, short_period
from dashboard.words.ranking import rank_before

USUAL = {"ytd": "Year to date", "rolling_year": "12 months"}


def latest_number(view: AreaView, answer: ChangeAnswer) -> BigNumber | None:
    """Return the later figure of a change, and how far it moved; None without a figure."""
    change = answer.change
    if change.current is None:
        return None
    note = "not compared"
    if change.number is not None:
        note = f"{_against(change)}{'' if answer.basis == 'rolling_year' else ' in a year'}"
    # What ends in the month that stands at the top of the page needs no date of its own.
    ends_now = change.current_label.endswith(month_label(parse_month(view.as_at_text)))
    usual = USUAL.get(answer.basis, "") if ends_now else ""
    label = usual or short_period(change.current_label)
    return BigNumber(label, level_of(change.current, change), note)


def level_of(value: float, change: Change) -> str:
    """Return a figure as its change is measured: a percentage, or a count."""
    return level_text(value, "percent" if change.in_points else "count")


def _against(change: Change) -> str:
    if change.in_points:
        return f"{number_text(change.number, 'change', places=1)} points"
    if change.percent is None:
        return number_text(change.number, "change")
    return number_text(change.percent, "percent_change")


def place_number(view: AreaView, indicator: str, basis: str = "") -> BigNumber | None:
    """Return the place in the group and the one before; None where there is none."""
    answer = _ranking(view, indicator, basis)
    if answer is None or answer.place.is_withheld or answer.place.rank is None:
        return None
    before = rank_before(answer)
    note = f"of {answer.place.of}{'' if before is None else f', was {ordinal(before)}'}"
    return BigNumber("Place", ordinal(answer.place.rank), note)


def _ranking(view: AreaView, indicator: str, basis: str) -> RankingAnswer | None:
    try:
        return ranking(view, indicator, basis)
    except NoFiguresError:
        return None
