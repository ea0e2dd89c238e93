"""Residents and households of local authorities as observations and areas."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from etl.observation import observations
from etl.problems import Problem
from etl.sources import AREA_COLUMNS, Reading
from etl.sources._cells import figures
from etl.sources._csv import ROW_NUMBER

#: Codes of the Government Statistical Service; the letter is the country's.
AUTHORITY_CODE = re.compile(r"[EWSN][0-9]{8}")
BLANK = "blank"


def heading_like(header: Iterable[str], pattern: re.Pattern[str]) -> str:
    """Return the first heading that is as the pattern says; "" for none."""
    return next((name for name in header if pattern.fullmatch(name)), "")


def counted(path: Path, cells: pd.DataFrame, problems: list[Problem]) -> Reading:
    """Return counts of people of authorities and years, all ages and sexes together.

    Args:
        path: The file.
        cells: One row a figure: `area_code`, `area_name`, `measure_code`, `year`, `text`,
            `heading` and `row_number`. Rows that differ only in what they count (ages) are added.
        problems: What is wrong so far; takes more.

    Returns:
        Observations of the kind `year` that start on 1 January of the year, as the tables of
        partnerships have them, and the authorities as areas of the kind `district`.
    """
    unknown = cells[~cells["area_code"].str.fullmatch(AUTHORITY_CODE)].drop_duplicates(ROW_NUMBER)
    advice = "write the code as the Office for National Statistics publishes it"
    problems.extend(
        Problem(path.name, line, "", code, "this is not the code of a local authority", advice)
        for line, code in zip(unknown[ROW_NUMBER], unknown["area_code"], strict=True)
    )
    value = figures(path.name, cells, problems)
    spoiled = {problem.line for problem in problems}
    good = cells.assign(value=value)[~cells[ROW_NUMBER].isin(spoiled)]
    empty = good["value"].isna()
    key = ["area_code", "measure_code", "year"]
    by_key = good.groupby(key, sort=False, as_index=False)
    # An age that is missing is not nobody: the sum of its authority and year is then missing too.
    summed = by_key.agg(
        value=("value", lambda parts: parts.sum(skipna=False)),
        row_number=(ROW_NUMBER, "first"),
    ).dropna(subset=["value"])
    starts = pd.to_datetime(summed["year"].astype("str") + "-01-01")
    used = good.merge(summed[key], on=key)
    left_out = good[~empty].shape[0] - len(used)
    withheld = Counter(good.loc[empty, "text"].str.lower().replace("", BLANK))
    if left_out:
        withheld["part of an incomplete total"] = left_out
    return Reading(
        observations(summed.assign(period_start=starts, period_kind="year")),
        rows_read=len(cells),
        areas=_areas(good),
        problems=tuple(sorted(problems)),
        withheld=dict(sorted(withheld.items())),
        rows_used=len(used),
    )


def _areas(good: pd.DataFrame) -> pd.DataFrame:
    named = good[["area_code", "area_name"]].drop_duplicates("area_code")
    blank = {name: "" for name in AREA_COLUMNS if name not in named}
    return named.assign(**(blank | {"area_kind": "district"}))[AREA_COLUMNS].astype("str")
