"""What needs attention: in one area, or of many areas and indicators in one family of tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import pandas as pd

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.chance_of_changes import EVER, FOREVER, PARTNERSHIP, changes_with_chance
from dashboard.analysis.quarter_changes import quarter_before
from dashboard.analysis.question import question
from dashboard.analysis.review import ExceptionsAnswer, exceptions_of_area
from dashboard.analysis.series import ILLUSTRATIVE, REAL, Series, end_of, headline_order, series_in
from dashboard.metrics.comparability import why_not_comparable
from dashboard.metrics.exceptions import exceptions_among
from dashboard.metrics.false_discovery import BENJAMINI_HOCHBERG, FALSE_DISCOVERY_RATE
from dashboard.metrics.periods import parse_month, windows_for
from dashboard.metrics.window_rows import month_ordinals
from dashboard.store.errors import check_choice
from dashboard.store.warehouse import Warehouse

KEYS = ["area_code", "indicator_id"]
SHOWN = [
    "area_code", "area_name", "indicator_id", "title", "current", "previous", "worse_by",
    "percent", "dispersion", "p_value", "p_adjusted", "why",
]  # fmt: skip


@dataclass(frozen=True)
class AreasExceptionsAnswer:
    """The exceptions of many areas and indicators, tested together.

    Attributes:
        basis: What is compared with the year before.
        changes: One row an area and indicator that was tested, exceptions first.
        quiet: Area and indicator of what was an exception a quarter earlier and is none now.
        not_compared: How many changes a data note or a confirmed break leaves out.
        illustrative: Whether the figures are those of the worked example.
    """

    JSON = """
        as_at basis period false_discovery_rate method left_out_for_notes_or_breaks=not_compared
        *counts exceptions=shown gone_quiet=quiet illustrative
    """
    false_discovery_rate = FALSE_DISCOVERY_RATE

    as_at: str
    basis: str
    period: str
    changes: pd.DataFrame
    quiet: pd.DataFrame
    method: str
    not_compared: int
    illustrative: bool

    @property
    def exceptions(self) -> pd.DataFrame:
        """The rows that are exceptions, the most events for the worse first."""
        return self.changes[self.changes["is_exception"]]

    def counts(self) -> dict[str, int]:
        """Return how many were tested, significant each alone, and exceptions."""
        return {
            "tests_together": int(self.changes["p_value"].notna().sum()),
            "for_the_worse_each_tested_alone": int(self.changes["is_alone"].sum()),
            "for_the_worse_with_false_discovery_controlled": len(self.exceptions),
        }

    @property
    def shown(self) -> pd.DataFrame:
        """The exceptions, in the columns that are shown."""
        return self.exceptions[SHOWN]


@question
def exceptions(
    view: AreaView,
    areas: Annotated[str, "Many areas at once: codes with commas, or all."] = "",
    force: Annotated[str, "Or the partnerships of a force, by its code."] = "",
    basis: Annotated[str, "Of many areas: month, quarter, ytd, rolling_year."] = "",
    method: Annotated[str, "Of many areas: bh, or by for any dependence."] = BENJAMINI_HOCHBERG,
) -> ExceptionsAnswer | AreasExceptionsAnswer:
    """What a meeting must look at, false discoveries controlled, and what has gone quiet.

    Raises:
        UnknownChoiceError: There is no such area or force.
        NoFiguresError: There are no figures.
        ValueError: basis or method is not one.
    """
    if areas or force:
        codes = [] if areas in ("", "all") else [each.strip() for each in areas.split(",")]
        return exceptions_of_areas(view, codes, force, basis, method)
    return exceptions_of_area(view)


def exceptions_of_areas(
    view: AreaView,
    areas: Sequence[str] = (),
    force: str = "",
    basis: str = "",
    method: str = BENJAMINI_HOCHBERG,
) -> AreasExceptionsAnswer:
    """Return the exceptions among all counts of many areas, in one family of tests.

    Seen through the plan of the worked example, its illustrative figures are taken where none of
    the areas has real ones. They are never beside real ones, nor seen otherwise.

    Args:
        view: Whose plan and month count; without a month, the latest with figures.
        areas: Area codes; none for all partnerships.
        force: A force code, for its partnerships alone; "" for all.
        basis: month, quarter, ytd or rolling_year; "" for the quarter, or the rolling year where
            nothing is counted more often.
        method: "bh" or "by"; see `dashboard.metrics.false_discovery`.

    See `exceptions` for the errors.
    """
    warehouse = view.warehouse
    places = _places(warehouse, areas, force)
    known_series, figure_set = _series(warehouse, places, view.shows_illustrative)
    month = view.as_at or _latest(known_series)
    figures = _headline_figures(known_series, month)
    often = figures["period_kind"].isin(["month", "quarter"]).any()
    basis = basis or ("quarter" if often else "rolling_year")
    notes = _notes(warehouse, places, figure_set)
    known = warehouse.frame("indicators")[["indicator_id", "title", "lower_is_better"]]
    both = [
        _changes(_headline_figures(known_series, each), notes, each, basis)
        .merge(known, on="indicator_id")
        .merge(places[["area_code", "area_name"]], on="area_code")
        for each in (month, parse_month(quarter_before(str(month))))
    ]
    now, before = (
        exceptions_among(each[~each["is_left_out"]].drop(columns="is_left_out"), method=method)
        for each in both
    )
    return AreasExceptionsAnswer(
        as_at=str(month),
        basis=basis,
        period=windows_for(basis, month)[0].label(),
        changes=now,
        quiet=_quiet(now, before),
        method=method,
        not_compared=int(both[0]["is_left_out"].sum()),
        illustrative=figure_set != REAL,
    )


def _places(warehouse: Warehouse, areas: Sequence[str], force: str) -> pd.DataFrame:
    known = warehouse.frame("areas")
    for each in areas:
        check_choice("area", each, known["area_code"])
    if areas:
        return known[known["area_code"].isin(list(areas))]
    partnerships = known[known["area_kind"].eq(PARTNERSHIP)]
    check_choice("force", force, partnerships["force_code"].unique())
    return partnerships[partnerships["force_code"].eq(force)] if force else partnerships


def _series(
    warehouse: Warehouse, places: pd.DataFrame, of_worked_example: bool
) -> tuple[list[list[Series]], str]:
    """Return the series of each indicator and area, and the one set of figures they are all of."""
    codes = places["area_code"].tolist()
    facts = warehouse.frame("series_facts_of_areas", areas=codes)
    figures = warehouse.frame("counts_of_areas", areas=codes, since=EVER, until=FOREVER)
    has_real = facts["figure_set"].eq(REAL).any()
    figure_set = ILLUSTRATIVE if of_worked_example and not has_real else REAL
    found: dict[tuple[str, str], list[Series]] = {}
    for each in series_in(facts, figures):
        if each.figure_set == figure_set:
            found.setdefault((each.area, each.indicator), []).append(each)
    if not any(len(each.ends) for many in found.values() for each in many):
        raise NoFiguresError("no figures that add up over time in these areas: load some, build")
    return list(found.values()), figure_set


def _latest(known: list[list[Series]]) -> pd.Period:
    ends = [end for many in known for each in headline_order(many)[:1] if (end := end_of(each))]
    return max(ends, key=lambda end: end.ordinal)


def _headline_figures(known: list[list[Series]], month: pd.Period) -> pd.DataFrame:
    """Return the figures of each indicator's headline series in each area, as at a month."""
    first = [headline_order(many, month)[:1] for many in known]
    parts = [each.figures for many in first for each in many]
    return pd.concat(parts or [known[0][0].figures.iloc[:0]], ignore_index=True)


def _notes(warehouse: Warehouse, places: pd.DataFrame, figure_set: str) -> pd.DataFrame:
    """Return area_code, indicator_id, period and effect of notes and breaks; "" stands for all.

    The worked example's notes are of its own figures, and no others are of those.
    """
    parts = [warehouse.frame("breaks_of_areas", areas=places["area_code"].tolist())]
    plans = warehouse.frame("plans")
    is_meant = plans["figure_set"].eq(ILLUSTRATIVE) == (figure_set == ILLUSTRATIVE)
    for plan in plans[is_meant & plans["area_code"].isin(places["area_code"])].itertuples():
        notes = warehouse.frame("notes", plan=plan.plan_id)
        parts.append(notes.assign(area_code=plan.area_code))
    return pd.concat([part[[*KEYS, "period", "effect"]] for part in parts], ignore_index=True)


def _changes(
    figures: pd.DataFrame,
    notes: pd.DataFrame,
    month: pd.Period,
    basis: str,
) -> pd.DataFrame:
    """Return every change that can be tested, and whether notes or breaks leave it out."""
    # A later figure than as at has no say: not in the totals, nor in how uneven the series is.
    known = figures[month_ordinals(figures["period_start"]) <= month.ordinal]
    changes = changes_with_chance(known, month, basis).dropna(subset=["p_value"])
    windows = windows_for(basis, month)
    is_left_out = pd.Series(False, index=changes.index)
    for area, indicator in notes[KEYS].drop_duplicates().itertuples(index=False):
        own = notes[notes["area_code"].eq(area) & notes["indicator_id"].eq(indicator)]
        is_meant = changes["area_code"].eq(area) | (area == "")
        is_meant &= changes["indicator_id"].eq(indicator) | (indicator == "")
        if why_not_comparable(list(zip(own["period"], own["effect"], strict=True)), *windows):
            is_left_out |= is_meant
    return changes.assign(is_left_out=is_left_out)


def _quiet(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    then = before.loc[before["is_exception"], [*KEYS, "area_name", "title", "why"]]
    still = now.loc[~now["is_exception"], [*KEYS, "current", "previous", "p_adjusted"]]
    return then.rename(columns={"why": "why_before"}).merge(still, on=KEYS)
