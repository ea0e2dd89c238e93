"""Rules over observations, whatever source they come from."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from etl.observation import KEY
from etl.problems import Problem

#: Letters and figures of a code that say what kind of area it is: E22 is a partnership of England.
_BEGINNING = 3
_SMALL_AREAS = ("E01", "W01")
#: Official series, in which a negative corrects an earlier period, and what partnerships count
#: themselves, which may do so too: `etl.sources.own_figures` says it of each.
_MAY_BE_NEGATIVE_PREFIXES = ("ons:", "ho:", "ho_total:", "local:")


def check_observations(
    file: str, rows: pd.DataFrame, *, published: date, area_names: dict[str, str]
) -> tuple[list[Problem], pd.DataFrame]:
    """Return what is wrong with the rows of one file, and the rows that are right.

    Args:
        file: Its name, for the problems.
        rows: Observations.
        published: When the file was published: no figure can be of a later period.
        area_names: Every known area code with its name.
    """
    broken = [
        *_unknown_areas(rows, area_names),
        _future_periods(rows, published),
        _negative_values(rows),
        _contradicting_duplicates(rows),
        _impossible_percentages(rows),
        _impossible_samples(rows),
    ]
    problems = sorted(problem for rule in broken for problem in _problems(file, rule))
    # By index, not by row number: sheets of one workbook number their rows alike.
    spoiled = {index for rule in broken for index in rule.rows.index}
    return problems, rows[~rows.index.isin(list(spoiled))] if spoiled else rows


#: Per cent.
_WHOLE = 100.0


@dataclass(frozen=True, slots=True)
class _Broken:
    """A rule, and the rows that break it by what stands in one column."""

    rows: pd.DataFrame
    column: str
    rule: str
    what_to_do: str
    #: Whether the rows all have the same value, and are one problem.
    is_one: bool = False


def _problems(file: str, broken: _Broken) -> Iterator[Problem]:
    shown = broken.rows[broken.column]
    if broken.is_one:
        lines, value = broken.rows["row_number"].tolist(), str(shown.iloc[0])
        rule, what_to_do = broken.rule, broken.what_to_do
        yield Problem.of_lines(file, lines, broken.column, value, rule, what_to_do)
        return
    if broken.column == "period_start":
        shown = shown.dt.strftime("%Y-%m")
    for line, value in zip(broken.rows["row_number"], shown.astype("str"), strict=True):
        yield Problem(file, int(line), broken.column, value, broken.rule, broken.what_to_do)


def _unknown_areas(rows: pd.DataFrame, area_names: dict[str, str]) -> Iterator[_Broken]:
    unknown = rows[~rows["area_code"].isin(area_names)]
    by_name = {name.lower(): code for code, name in area_names.items()}
    for code, of_code in unknown.groupby("area_code"):
        near = difflib.get_close_matches(str(code), likely_codes(str(code), area_names), n=1)
        suggestion = by_name.get(str(code).lower()) or (near[0] if near else "")
        hint = f"did you mean {suggestion} ({area_names[suggestion]})? " if suggestion else ""
        yield _Broken(
            of_code,
            "area_code",
            "no area has this code",
            f"{hint}Use a code of data/reference/areas.csv, or add the area there",
            is_one=True,
        )


def likely_codes(code: str, known: Iterable[str]) -> list[str]:
    """Return the codes that one may be meant for: those that begin like it, of the same kind.

    Where there are none, all but the tens of thousands of small areas, which take too long to try.
    """
    codes = list(known)
    alike = [each for each in codes if each[:_BEGINNING] == code[:_BEGINNING]]
    return alike or [each for each in codes if not each.startswith(_SMALL_AREAS)]


def _future_periods(rows: pd.DataFrame, published: date) -> _Broken:
    return _Broken(
        rows[rows["period_start"].gt(pd.Timestamp(published))],
        "period_start",
        f"the period begins after the file was published ({published.isoformat()})",
        "check the period, or the publication date given with --published",
    )


def _negative_values(rows: pd.DataFrame) -> _Broken:
    """Find negatives where none can be: only counts correct those of earlier periods."""
    may_be_negative = rows["measure_code"].str.startswith(_MAY_BE_NEGATIVE_PREFIXES)
    return _Broken(
        rows[rows["value"].lt(0) & ~may_be_negative],
        "value",
        "a count or percentage cannot be negative",
        "correct the value",
    )


def _contradicting_duplicates(rows: pd.DataFrame) -> _Broken:
    doubled = rows[rows.duplicated(KEY, keep=False)]
    return _Broken(
        doubled[doubled.groupby(KEY)["value"].transform("nunique").gt(1)],
        "value",
        "the same area, measure and period stands twice with different values",
        "keep the right one",
    )


def _impossible_percentages(rows: pd.DataFrame) -> _Broken:
    is_survey = rows["measure_code"].astype("str").str.startswith("survey:")
    return _Broken(
        rows[is_survey & rows["value"].gt(_WHOLE)],
        "value",
        "a percentage of people asked cannot be over 100",
        "correct the value",
    )


def _impossible_samples(rows: pd.DataFrame) -> _Broken:
    return _Broken(
        rows[rows["sample_size"].lt(1)],
        "sample_size",
        "a survey asks at least one person",
        "correct the number of people asked, or leave it out",
    )
