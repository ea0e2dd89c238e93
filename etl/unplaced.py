"""Figures of small areas that no lookup puts into a partnership: loaded, and on no page of one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from etl.datadir import DataDir
from etl.raw import links_of_loads
from etl.reading import CheckedFile

SMALL_AREA, DISTRICT, PARTNERSHIP = "lsoa", "district", "partnership"
_TO_DISTRICTS = "of small areas (LSOA) to local authority districts, of the codes' year"
_TO_PARTNERSHIPS = "of local authority districts to Community Safety Partnerships and police forces"


@dataclass(frozen=True, slots=True)
class Unplaced:
    """What no partnership will show.

    Attributes:
        areas: Small areas that lie in no partnership, as far as is known.
        figures: Their figures.
        lookups: What is to be loaded, each in words; () where nothing is.
    """

    areas: int = 0
    figures: int = 0
    lookups: tuple[str, ...] = ()

    def sentence(self) -> str:
        """Return what will not be seen and what to load; "" where everything has its place."""
        if not self.figures:
            return ""
        lookups = " and one ".join(self.lookups)
        return (
            f"No partnership will show {self.figures:,} of these figures: nothing loaded says in "
            f"which one {self.areas:,} small {'area lies' if self.areas == 1 else 'areas lie'}. "
            f"Load a lookup {lookups}, from the ONS Open Geography portal."
        )


def unplaced_in(data: DataDir, files: Iterable[CheckedFile]) -> Unplaced:
    """Return which figures in files lie in no partnership by any lookup loaded so far.

    Args:
        data: The data folder: lookups loaded before count.
        files: What was found in each, and so lookups among them.
    """
    files = list(files)
    small = [_figures_of_small_areas(checked) for checked in files]
    figures = pd.concat(small, ignore_index=True) if small else pd.Series(dtype="str")
    if figures.empty:
        return Unplaced()
    links = pd.concat(
        [links_of_loads(data), *(checked.reading.links for checked in files)], ignore_index=True
    )
    leads_on = links["area_kind"].eq(DISTRICT) & links["parent_kind"].eq(PARTNERSHIP)
    in_district = links.loc[
        links["area_kind"].eq(SMALL_AREA) & links["parent_kind"].eq(DISTRICT), "area_code"
    ]
    lost = figures[~figures.isin(in_district)]
    lookups = (_TO_DISTRICTS,) if len(lost) else ()
    if not leads_on.any():
        lost, lookups = figures, (*lookups, _TO_PARTNERSHIPS)
    return Unplaced(lost.nunique(), len(lost), lookups)


def _figures_of_small_areas(checked: CheckedFile) -> pd.Series:
    """Return the code of the small area of each figure that has one."""
    areas = checked.reading.areas
    small = areas.loc[areas["area_kind"].eq(SMALL_AREA), "area_code"]
    codes = checked.reading.observations["area_code"].astype("str")
    return codes[codes.isin(small)]
