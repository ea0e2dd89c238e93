"""What loaded files describe, together: areas, which lies in which, and which series they have."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from etl.datadir import DataDir
from etl.manifest import Load, loads
from etl.prepared import prepared_part
from etl.problems import InputError
from etl.reading import part_again
from etl.sources import AREA_COLUMNS, LINK_COLUMNS

SERIES_COLUMNS = ["area_code", "measure_code", "period_kind"]


def areas_of_loads(data: DataDir) -> pd.DataFrame:
    """Return the areas that loaded files describe, with `AREA_COLUMNS`; later files' come last.

    A file that cannot be read has none; the next build says why.
    """
    return _of_loads(data, "areas", AREA_COLUMNS)


def links_of_loads(data: DataDir) -> pd.DataFrame:
    """Return which area lies in which by the loaded files, with `LINK_COLUMNS`.

    A file that cannot be read says nothing; the next build says why.
    """
    return _of_loads(data, "links", LINK_COLUMNS)


def series_of_loads(data: DataDir) -> pd.DataFrame:
    """Return the series of the loaded files that are not made up: source_id and `SERIES_COLUMNS`.

    A file that cannot be read has none; the next build says why.
    """
    frames = [pd.DataFrame(columns=["source_id", *SERIES_COLUMNS], dtype="str")]
    for load, figures in _parts(data, "observations"):
        series = figures[SERIES_COLUMNS].drop_duplicates().astype("str")
        frames.append(series.assign(source_id=load.source_id))
    return pd.concat(frames, ignore_index=True).drop_duplicates(ignore_index=True)


def _of_loads(data: DataDir, part: str, columns: list[str]) -> pd.DataFrame:
    frames = [pd.DataFrame(columns=columns, dtype="str")]
    frames += [each for _, each in _parts(data, part)]
    return pd.concat(frames, ignore_index=True)


def _parts(data: DataDir, part: str) -> Iterator[tuple[Load, pd.DataFrame]]:
    for load in loads(data):
        # Made-up figures are of areas that reference tables have, and describe none.
        if load.illustrative:
            continue
        try:
            yield load, _part_of(load, part)
        except (InputError, FileNotFoundError):
            continue


def _part_of(load: Load, part: str) -> pd.DataFrame:
    if load.with_product:
        return prepared_part(load, part)
    return part_again(part, load.source, load.path, keep=True)
