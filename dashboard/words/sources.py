"""Where figures come from, as the line under every chart and table says it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.rows import Indicator, records_of, rows_of
from dashboard.charts.wording import day_text, number_text
from dashboard.metrics.window_rows import ends_of
from dashboard.metrics.windows import IMPLIED
from dashboard.store.cache import cached_per_build
from dashboard.words.indicator import period_name
from dashboard.words.levels import date_text

OWN_FIGURES = "own_figures"
MOST_FILES = 3
"""More of them are counted instead of named."""
ILLUSTRATIVE = "illustrative figures made to agree with the plan"
NO_SOURCE = "Source: the plan; no figures are loaded"


@dataclass(frozen=True, slots=True)
class Load:
    """A file that was loaded: a row of the mart `load`."""

    file_name: str
    source_id: str
    source_title: str
    publisher: str
    licence: str
    published: date
    illustrative: bool
    with_product: bool


def source_of(about: Indicator, series: pd.DataFrame, loads: pd.DataFrame) -> str:
    """Return source and vintage of the figures of an indicator.

    Args:
        about: The indicator, as `AreaView.indicator` gives it.
        series: Its figures, as `AreaView.series` gives them.
        loads: The query of that name.

    Returns:
        Such as "Source: Office for National Statistics (tables.xlsx), published 24 April 2025", and
        which figures no table prints.
    """
    used = loads[loads["file_id"].isin(series["file_id"])]
    if used.empty:
        return NO_SOURCE
    publishers = [_publisher(about, load) for load in rows_of(used, Load)]
    if len(set(publishers)) > MOST_FILES:
        of_files = used.groupby("publisher", sort=False)["file_name"].nunique()
        publishers = [
            f"{publisher} ({files} {'file' if files == 1 else 'files'})"
            for publisher, files in of_files.items()
        ]
    published = pd.to_datetime(series["published"]).max()
    said = f"Source: {'; '.join(dict.fromkeys(publishers))}, published {day_text(published)}"
    return f"{said}{_implied(series)}"


@cached_per_build
def source_of_indicators(view: AreaView, *indicators: str) -> str:
    """Return the source and latest vintage of the figures of several indicators in an area."""
    loads = view.warehouse.cached_frame("loads")
    series = {each: _shown(view, each) for each in indicators}
    lines = [
        source_of(view.indicator(each), own, loads) for each, own in series.items() if len(own)
    ]
    said = dict.fromkeys(line.removeprefix("Source: ") for line in lines)
    return f"Source: {'; '.join(said)}" if said else NO_SOURCE


def _shown(view: AreaView, indicator: str) -> pd.DataFrame:
    """Return the figures that can be shown as at the view's month: what is later is no source."""
    series = view.series(indicator)
    if view.as_at is None:
        return series
    return series[ends_of(series) <= view.as_at.ordinal]


def _implied(series: pd.DataFrame) -> str:
    """Return which figures only a published percentage gives: "; year to Dec 2017 implied by …"."""
    implied = series[series["status"].eq(IMPLIED)]
    if implied.empty:
        return ""
    one = next(implied.itertuples())
    which = (
        period_name(one.period_start, one.period_kind)
        if len(implied) == 1
        else f"{len(implied)} years"
    )
    return f"; {which} implied by the published percentage change"


def source_of_area(series: Iterable[pd.DataFrame], loads: pd.DataFrame) -> str:
    """Return source and vintage of everything that an area has figures of, by file.

    Args:
        series: Of `AreaView.series`, one for each indicator.
        loads: The query of that name.
    """
    files: set[str] = set()
    for part in series:
        files.update(part["file_id"].unique())
    used = loads[loads["file_id"].isin(files)]
    said = [
        f"{_short_publisher(load)}, published {day_text(load.published)}"
        for load in rows_of(used, Load)
    ]
    return f"Source: {'; '.join(dict.fromkeys(said))}" if said else NO_SOURCE


def loads_table(loads: pd.DataFrame) -> pd.DataFrame:
    """Return the files that are loaded, as texts; the query `loads`."""
    return pd.DataFrame(
        [
            {
                "File": f"{each.file_name}{' (illustrative)' if each.illustrative else ''}",
                "Publisher": each.publisher,
                "Published": date_text(each.published),
                "Read": number_text(each.rows_read),
                "Good": number_text(each.rows_good),
                "Rejected": number_text(each.rows_rejected),
                "Withheld": number_text(each.rows_withheld),
                "Loaded": date_text(each.loaded_at)
                + (", with the illustrative set" if each.illustrative else f" by {each.loaded_by}"),
            }
            for each in records_of(loads)
        ]
    )


def _short_publisher(load: Load) -> str:
    """Return the publisher alone, but what the licence asks for of figures that were reshaped."""
    if load.illustrative:
        return ILLUSTRATIVE
    return _of_product(load) if load.with_product else load.publisher


def _publisher(about: Indicator, load: Load) -> str:
    if load.illustrative:
        return ILLUSTRATIVE
    if load.source_id == OWN_FIGURES:
        return f"{about.source} ({load.file_name})"
    if load.with_product:
        return _of_product(load)
    return f"{load.publisher} ({load.file_name})"


def _of_product(load: Load) -> str:
    """Return publisher, title and licence, and that the figures were reshaped, as that one asks."""
    return f"{load.publisher}, {load.source_title} ({load.licence}, reshaped)"
