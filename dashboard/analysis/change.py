"""How an indicator changed, on any basis."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.gaps import held_months, with_held
from dashboard.analysis.levels import day_published
from dashboard.analysis.question import (
    ALL_CRIME,
    BasisOrBaseline,
    Indicator,
    IndicatorAnswer,
    question,
)
from dashboard.analysis.significance import (
    factor_of,
    rate_change,
    significance_in,
    tested_window,
)
from dashboard.metrics.change import Change, change_on_basis
from dashboard.metrics.comparability import why_not_comparable
from dashboard.metrics.contribution import nearest_wholes
from dashboard.metrics.periods import Window, windows_for
from dashboard.metrics.reasons import NO_REASON, Reasons

CRIMES = "crimes"
"""What is counted under all crime; other counts have no noun of their own."""


@dataclass(frozen=True)
class ChangeAnswer(IndicatorAnswer):
    """A change, with what it is of and what it rests on."""

    JSON = """
        indicator area as_at basis current=change.current previous=change.previous
        change=change.number percent=change.percent illustrative area_name
        current_period=change.current_label previous_period=change.previous_label sentence
        percent_withheld=change.percent_withheld not_comparable=change.not_comparable
        missing=change.missing status=change.status published test=change.significance rate
    """

    basis: str
    change: Change
    published: str
    rate: Change | None = None
    """The same change as a rate, where it was asked for and both periods have a denominator."""


@question
def change(
    view: AreaView,
    indicator: Indicator,
    basis: BasisOrBaseline = "ytd",
    *,
    as_at: str | pd.Period = "",
    regardless_of_notes: bool = False,
    with_rate: bool = True,
    is_tested: bool = True,
) -> ChangeAnswer:
    """How an indicator changed, on any basis.

    Args:
        view: An area under a plan.
        indicator: What changed.
        basis: month, quarter, ytd, rolling_year or baseline.
        as_at: The last month that counts; "" for the view's.
        regardless_of_notes: Compare even what a note calls unreliable or broken: for setting a
            document's own figure beside the data, and for parts that must add up.
        with_rate: Give the change as a rate as well.
        is_tested: Say what chance has to do with it; where nobody is told, that is time saved.

    Raises:
        UnknownChoiceError: There is no such indicator.
        NoFiguresError: The area has no figures of it.
        ValueError: basis is not a basis, or it is "baseline" and no target gives a baseline year.
    """
    about = view.indicator(indicator)
    view, month = view.own_period(indicator, as_at)
    series = view.series(indicator)
    year = baseline_year_of(view, indicator) if basis == "baseline" else None
    found = change_on_basis(
        view.counted(indicator),
        month,
        basis,
        aggregation=about.aggregation,
        baseline_year=year,
        unit="percent" if about.unit == "percent" else "count",
    )
    found = replace(found, noun=CRIMES if _is_a_crime(view, indicator) else "")
    why = with_held(found.not_comparable, found.missing, held_months(view, indicator))
    if why != found.not_comparable:
        found = replace(found, not_comparable=why, percent_withheld=why)
    windows = windows_for(basis, month, year)
    if found.is_comparable and not regardless_of_notes:
        found = _heeding_notes(view, indicator, found, windows)
    rate = None
    if found.is_comparable and is_tested:
        factor = factor_of(view, indicator, tested_window(windows))
        tested = significance_in(series, about, found, windows, factor)
        rate = rate_change(series, about, found, windows, factor) if with_rate else None
        found = replace(found, significance=tested)
    return ChangeAnswer(
        **view.header(month, indicator),
        basis=basis,
        change=found,
        published=day_published(series, windows[0].last_month, windows[0].first_month),
        rate=rate,
    )


def baseline_year_of(view: AreaView, indicator: str) -> str:
    """Return the financial year that the indicator's targets are measured from.

    Raises:
        ValueError: No target of the plan gives one.
    """
    for target in view.targets_on(indicator):
        if "/" in target.baseline_period:
            return target.baseline_period
    raise ValueError(f"no target of the plan gives a baseline year for {indicator}")


def forbidden_by_notes(
    view: AreaView, indicator: str, area: str, windows: tuple[Window, Window]
) -> Reasons:
    """Return why the notes of the view's area forbid a change; no reason of any other area.

    For tables of many areas, whose changes are worked out together.
    """
    if area != view.area_code:
        return NO_REASON
    return why_not_comparable(view.effects_on(indicator), *windows)


def _heeding_notes(
    view: AreaView, indicator: str, found: Change, windows: tuple[Window, Window]
) -> Change:
    """Return the change, or why a data note forbids it."""
    reason = why_not_comparable(view.effects_on(indicator), *windows, found.surveys)
    if not reason:
        return found
    return replace(found, number=None, percent=None, percent_withheld=reason, not_comparable=reason)


def _is_a_crime(view: AreaView, indicator: str) -> bool:
    """Return whether an indicator counts a part of all crime."""
    part_of = view.indicators["part_of"].to_dict()
    return ALL_CRIME in (indicator, nearest_wholes(part_of, {ALL_CRIME, indicator})[indicator])
