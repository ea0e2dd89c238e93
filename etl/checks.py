"""Rules over observations, whatever source they come from."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from datetime import date

import pandas as pd

from etl.observation import KEY
from etl.problems import Problem

#: A figure may be published in the month after its period at the earliest, never before it ends.
_TODAY_HINT = "check the period, or the publication date given with --published"

_MAY_BE_NEGATIVE_PREFIXES = ("ons:", "ho:")


def check_observations(
    file: str, rows: pd.DataFrame, *, published: date, area_names: dict[str, str]
) -> list[Problem]:
    """Return what is wrong with the rows of one file.

    Args:
        file: Its name, for the problems.
        rows: Observations.
        published: When the file was published: no figure can be of a later period.
        area_names: Every known area code with its name.
    """
    rules = (
        _unknown_areas(file, rows, area_names),
        _future_periods(file, rows, published),
        _negative_values(file, rows),
        _contradicting_duplicates(file, rows),
    )
    return sorted(problem for found in rules for problem in found)


def _problems(
    file: str, rows: pd.DataFrame, column: str, rule: str, what_to_do: str
) -> Iterator[Problem]:
    for row in rows.itertuples():
        shown = getattr(row, column)
        value = shown.strftime("%Y-%m") if isinstance(shown, pd.Timestamp) else str(shown)
        yield Problem(file, int(row.row_number), column, value, rule, what_to_do)  # ty: ignore


def _unknown_areas(
    file: str, rows: pd.DataFrame, area_names: dict[str, str]
) -> Iterable[Problem]:
    unknown = rows[~rows["area_code"].isin(area_names)]
    by_name = {name.lower(): code for code, name in area_names.items()}
    for code in unknown["area_code"].unique():
        near = difflib.get_close_matches(code, area_names, n=1)
        same_name = by_name.get(code.lower())
        suggestion = same_name or (near[0] if near else "")
        hint = f"did you mean {suggestion} ({area_names[suggestion]})? " if suggestion else ""
        yield from _problems(
            file,
            unknown[unknown["area_code"].eq(code)],
            "area_code",
            "no area has this code",
            f"{hint}Use a code of data/reference/areas.csv, or add the area there",
        )


def _future_periods(file: str, rows: pd.DataFrame, published: date) -> Iterable[Problem]:
    future = rows[rows["period_start"].gt(pd.Timestamp(published))]
    rule = f"the period begins after the file was published ({published.isoformat()})"
    yield from _problems(file, future, "period_start", rule, _TODAY_HINT)


def _negative_values(file: str, rows: pd.DataFrame) -> Iterable[Problem]:
    """Yield negatives, which only official series may have: they correct earlier periods."""
    may_be_negative = rows["measure_code"].str.startswith(_MAY_BE_NEGATIVE_PREFIXES)
    yield from _problems(
        file,
        rows[rows["value"].lt(0) & ~may_be_negative],
        "value",
        "a count or percentage cannot be negative",
        "correct the value",
    )


def _contradicting_duplicates(file: str, rows: pd.DataFrame) -> Iterable[Problem]:
    doubled = rows[rows.duplicated(KEY, keep=False)]
    contradicting = doubled[doubled.groupby(KEY)["value"].transform("nunique").gt(1)]
    yield from _problems(
        file,
        contradicting,
        "value",
        "the same area, measure and period stands twice with different values",
        "keep the right one",
    )
