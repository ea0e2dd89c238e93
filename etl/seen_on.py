"""Where in the product the figures of files are seen: pages, areas, periods, what stands beside."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass

import pandas as pd

from etl.catalogue.indicator import Indicator
from etl.datadir import DataDir
from etl.loaded_parts import SERIES_COLUMNS, areas_of_loads, series_of_loads
from etl.observation import observations
from etl.partnerships import partnerships_of_areas, partnerships_of_authorities
from etl.periods import PERIOD_PLURALS, periods_in_words
from etl.raw import known_areas
from etl.reading import CheckedFile
from etl.sources import all_sources
from etl.unknown import DENOMINATORS, indicators_of_measures

#: The pages that show figures, by their titles.
CRIME_TYPES, INDICATOR, PERCEPTION = "Crime types", "Indicator", "Public perception"
PEERS, METHODS = "Most Similar Group", "Data and methods"
RATES = f"rates on {PEERS} and {CRIME_TYPES}"
#: What areas are called when there are several; the first kind that there is any of is told.
_KINDS = {
    "partnership": "partnerships",
    "force": "police forces",
    "district": "districts",
    "ward": "wards",
    "region": "regions",
    "country": "countries",
}
_CELL = [*SERIES_COLUMNS, "period_start"]


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen of files on a page.

    Attributes:
        page: The page.
        areas: Whose figures: "13 partnerships", or the name of the only one; "" for no figures.
        periods: Of which periods: "January to June 2025"; "" where it has none.
        beside: Other series of the same indicators and areas: "the ONS years".
    """

    page: str
    areas: str = ""
    periods: str = ""
    beside: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return it in words: "Crime types of 13 partnerships, January to June 2025"."""
        whose = f"{self.page} of {self.areas}" if self.areas else self.page
        beside = f"beside {' and '.join(self.beside)}" if self.beside else ""
        return ", ".join(filter(None, (whose, self.periods, beside)))


def seen_in_words(seen: Iterable[Seen]) -> str:
    """Return where files are seen, as it follows "Now to be seen on: "; "" for nowhere."""
    return "; ".join(map(str, seen))


def seen_for_scripts(seen: Iterable[Seen]) -> list[dict[str, object]]:
    """Return where files are seen, a mapping for each page."""
    return [asdict(each) for each in seen]


def seen_on(data: DataDir, files: Collection[CheckedFile]) -> list[Seen]:
    """Return the pages that show what is good in files, with areas, periods and what is beside.

    Args:
        data: The data folder: what is loaded in it, or comes with the product, is what figures
            stand beside, and has the lookups by which small areas are counted in larger ones.
        files: What was found in each.
    """
    areas = _areas(data, files)
    places = partnerships_of_areas(data, files)
    figures = _figures(files, places, areas)
    others = series_of_loads(data)
    measures = figures["measure_code"].unique()
    every, parts = indicators_of_measures(data, {*measures, *others["measure_code"].unique()})
    shown = _counted(parts, measures)
    pages = shown["indicator_id"].map({each.id: _page(each) for each in every})
    series = figures[[*SERIES_COLUMNS, "source_id"]].drop_duplicates().merge(shown)
    beside = _beside(series, others, parts, places)
    found = []
    for page in (CRIME_TYPES, INDICATOR, PERCEPTION):
        own = shown[pages.eq(page)]
        rows = figures[figures["measure_code"].isin(own["measure_code"])]
        if len(whose := _whose(rows, areas)):
            text = _areas_in_words(whose)
            rows = rows[rows["area_code"].isin(whose.index)]
            found.append(
                Seen(page, text, _periods(rows), _beside_in_words(beside, own["indicator_id"]))
            )
    return [*found, *_rates(figures, areas), *_without_figures(files)]


def _page(indicator: Indicator) -> str:
    if indicator.period_kind == "survey_wave":
        return PERCEPTION
    counted = indicator.unit == "count" and indicator.aggregation == "sum"
    return CRIME_TYPES if counted else INDICATOR


def _areas(data: DataDir, files: Iterable[CheckedFile]) -> pd.DataFrame:
    """Return name and kind of every area that is known, by code."""
    described = [known_areas(data), areas_of_loads(data), *(each.reading.areas for each in files)]
    areas = pd.concat(described, ignore_index=True).drop_duplicates("area_code", keep="last")
    return areas.set_index("area_code")


def _figures(files: Iterable[CheckedFile], places: pd.Series, areas: pd.DataFrame) -> pd.DataFrame:
    """Return the cells of files that are seen, with source_id.

    What a force counted in a small area or district is seen in the partnership, where that force
    polices it.
    """
    frames = [observations([])[_CELL].assign(source_id="")]
    forces = areas["force_code"]
    for checked in files:
        cells = checked.good[[*_CELL, "reported_by"]].drop_duplicates()
        code, force = (cells[name].astype("str") for name in ("area_code", "reported_by"))
        placed = code.map(places).astype("str")
        placed = placed.where(placed.map(forces).eq(force))
        cells = cells.assign(
            area_code=placed.where(force.ne(""), code),
            measure_code=cells["measure_code"].astype("str"),
            period_kind=cells["period_kind"].astype("str"),
            source_id=checked.source.source_id,
        )
        frames.append(cells.dropna(subset=["area_code"])[[*_CELL, "source_id"]].drop_duplicates())
    return pd.concat(frames, ignore_index=True)


def _counted(parts: pd.DataFrame, measures: Iterable[str]) -> pd.DataFrame:
    """Return measure_code and indicator_id of what measures make: all parts of an alternative."""
    there = parts[parts["measure_code"].isin(list(measures))]
    key = ["indicator_id", "alternative"]
    whole = there.groupby(key)["part"].transform("nunique").eq(there["parts_needed"])
    return there.loc[whole, ["measure_code", "indicator_id"]].drop_duplicates()


def _whose(rows: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Return the areas of figures, of the first of `_KINDS` that there is any of."""
    known = areas[areas.index.isin(rows["area_code"])]
    of_kinds = (known[known["area_kind"].eq(kind)] for kind in _KINDS)
    return next((found for found in of_kinds if len(found)), known.iloc[:0])


def _areas_in_words(whose: pd.DataFrame) -> str:
    if len(whose) == 1:
        return str(whose["area_name"].iloc[0])
    return f"{len(whose):,} {_KINDS[whose['area_kind'].iloc[0]]}"


def _periods(rows: pd.DataFrame) -> str:
    spans = rows[["period_kind", "period_start"]].drop_duplicates()
    starts = {kind: spans["period_start"][spans["period_kind"].eq(kind)] for kind in PERIOD_PLURALS}
    there = ((kind, [day.date() for day in each]) for kind, each in starts.items() if len(each))
    return " and ".join(periods_in_words(kind, each) for kind, each in there)


def _beside(
    series: pd.DataFrame, others: pd.DataFrame, parts: pd.DataFrame, places: pd.Series
) -> pd.DataFrame:
    """Return the other series of the indicators and areas of files.

    Args:
        series: area_code, indicator_id, source_id and period_kind of the files' own.
        others: As `etl.raw.series_of_loads` gives them.
        parts: What indicators are added up from.
        places: The partnerships of smaller areas.

    Returns:
        indicator_id, source_id and period_kind.
    """
    key = ["source_id", "period_kind"]
    own = series[key].drop_duplicates()
    there = others.merge(own, on=key, how="left", indicator=True)
    there = there[there["_merge"].eq("left_only")]
    code = there["area_code"]
    there = there.assign(area_code=code.map(places).astype("str").fillna(code))
    pairs = series[["indicator_id", "area_code"]].drop_duplicates()
    found = [pairs.iloc[:0].assign(source_id="", period_kind="")]
    for _, each in there.groupby("source_id"):
        made = each.merge(_counted(parts, each["measure_code"].unique()))
        found.append(made.merge(pairs))
    return pd.concat(found, ignore_index=True)[["indicator_id", *key]].drop_duplicates()


def _beside_in_words(beside: pd.DataFrame, indicators: pd.Series) -> tuple[str, ...]:
    found = beside[beside["indicator_id"].isin(indicators)]
    sources = all_sources()
    names = [
        f"the {sources[source].name_in_short} {PERIOD_PLURALS[kind]}"
        for source, kind in found.groupby(["source_id", "period_kind"]).groups
    ]
    return tuple(dict.fromkeys(names))


def _rates(figures: pd.DataFrame, areas: pd.DataFrame) -> list[Seen]:
    """Return what residents and households are divided by: those of whole partnerships."""
    rows = figures[figures["measure_code"].isin(DENOMINATORS)]
    if rows.empty:
        return []
    whose = _whose(partnerships_of_authorities(rows, areas), areas)
    years = sorted(rows["period_start"].dt.year.unique())
    span = f"{years[0]} to {years[-1]}" if len(years) > 1 else str(years[0])
    return [Seen(RATES, _areas_in_words(whose), span)] if len(whose) else []


def _without_figures(files: Iterable[CheckedFile]) -> list[Seen]:
    """Return where peer groups, lookups and absent files are seen."""
    found = []
    for reading in (checked.reading for checked in files):
        if count := reading.peers["of_area_code"].nunique():
            editions = " and ".join(sorted(reading.peers["edition"].unique()))
            found.append(Seen(PEERS, f"{count:,} partnerships", f"editions {editions}"))
        if len(reading.links):
            found.append(Seen(f"{CRIME_TYPES}, wherever figures of its areas are loaded"))
        if reading.notes["effect"].eq("absent").any():
            found.append(Seen(METHODS))
    return found
