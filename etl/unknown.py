"""Areas that nobody knows and measures that no indicator is made of, with the nearest known."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Mapping

import pandas as pd

from etl.catalogue import load_catalogue
from etl.catalogue.indicator import Indicator
from etl.checks import likely_codes
from etl.datadir import DataDir
from etl.loaded_parts import areas_of_loads
from etl.numerators import numerator_table
from etl.offence_indicators import OF_SMALL_AREAS, offence_indicators
from etl.raw import known_areas
from etl.reading import CheckedFile

#: Measures that are divided by, which no indicator adds up.
DENOMINATORS = ("ons:population", "ons:census_population", "ons:households")

#: How alike a code must be to be named as the nearest: as a slip of the keyboard leaves it. Less,
#: and one offence is offered for another.
ALIKE = 0.85

UNKNOWN_COLUMNS = ["what", "value", "rows", "nearest", "nearest_name"]


def unknown_in(data: DataDir, files: Iterable[CheckedFile]) -> pd.DataFrame:
    """Return the codes in files that mean nothing here.

    Args:
        data: The data folder: areas of its reference tables and of files loaded before are known.
        files: What was found in each.

    Returns:
        `UNKNOWN_COLUMNS`: what is area or measure; rows are the figures of it; nearest is the code
        that is written or called most alike, "" where none is.
    """
    files = list(files)
    areas = _names(known_areas(data))
    for checked in files:
        areas |= _names(checked.reading.areas)
    areas = _with_areas_of_loads(data, files, areas)
    measures = _measures(data, files)
    rows = [
        (what, code, count, *_nearest(code, _likely(code, known) if what == "area" else known))
        for checked in files
        for what, known in (("area", areas), ("measure", measures))
        for code, count in _counted(checked.reading.observations[f"{what}_code"], known)
    ]
    return pd.DataFrame(rows, columns=UNKNOWN_COLUMNS)


def _names(areas: pd.DataFrame) -> dict[str, str]:
    return dict(zip(areas["area_code"], areas["area_name"], strict=True))


def _with_areas_of_loads(
    data: DataDir, files: list[CheckedFile], areas: dict[str, str]
) -> dict[str, str]:
    codes = (checked.reading.observations["area_code"] for checked in files)
    if not any(_counted(each, areas) for each in codes):
        return areas
    return _names(areas_of_loads(data)) | areas


def indicators_of_measures(
    data: DataDir, measures: Collection[str]
) -> tuple[list[Indicator], pd.DataFrame]:
    """Return the catalogue's indicators and those of single offences that measures make.

    Returns:
        The indicators; and what each is added up from, as `etl.numerators.numerator_table` gives
        it.
    """
    catalogue = load_catalogue(data)
    own = catalogue.indicators.values()
    every = [*own, *offence_indicators(own, catalogue.classification, measures)]
    return every, numerator_table(every, catalogue.classification)


def _measures(data: DataDir, files: list[CheckedFile]) -> dict[str, str]:
    """Return the title of the indicator that a measure is part of, by measure."""
    codes = (checked.reading.observations["measure_code"].unique() for checked in files)
    every, measures = indicators_of_measures(data, {str(code) for each in codes for code in each})
    titles = {indicator.id: indicator.title for indicator in every}
    parts = zip(measures["measure_code"], measures["indicator_id"].map(titles), strict=True)
    return dict(parts) | dict.fromkeys((*DENOMINATORS, OF_SMALL_AREAS), "")


def _counted(codes: pd.Series, known: Mapping[str, str]) -> list[tuple[str, int]]:
    """Return the codes that are not known, in their order, and how often each stands there."""
    # As text: of a category, those that do not occur would be counted too, as 0.
    unknown = codes[~codes.isin(list(known))].astype("str")
    return [(str(code), int(count)) for code, count in unknown.value_counts().sort_index().items()]


def _likely(code: str, areas: Mapping[str, str]) -> dict[str, str]:
    return {each: areas[each] for each in likely_codes(code, areas)}


def _nearest(given: str, named: Mapping[str, str]) -> tuple[str, str]:
    """Return the code that is written or called most alike, and its name; "" for none."""
    by_name = {name.lower(): code for code, name in named.items() if name}
    written = difflib.get_close_matches(given, named, n=1, cutoff=ALIKE)
    called = difflib.get_close_matches(given.lower(), by_name, n=1, cutoff=ALIKE)
    near = written[0] if written else by_name[called[0]] if called else ""
    return near, named.get(near, "")
