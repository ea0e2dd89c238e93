"""Figures of small areas and districts that no partnership will show, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from etl.datadir import DataDir
from etl.partnerships import (
    DISTRICT,
    SMALL_AREA,
    districts_of_small_areas,
    links_with,
    partnerships_of_districts,
)
from etl.reading import CheckedFile
from etl.settings import with_published
from etl.unknown import DENOMINATORS

_TO_DISTRICTS = "of small areas (LSOA) to local authority districts, of the codes' year"
_TO_PARTNERSHIPS = "of local authority districts to Community Safety Partnerships and police forces"
#: Kinds of area that a lookup puts into a partnership, and what one of them is called.
_CALLED = {SMALL_AREA: "small area", "ward": "ward", DISTRICT: "district"}


@dataclass(frozen=True, slots=True)
class Unplaced:
    """What no partnership will show.

    Attributes:
        areas: Small areas and districts that lie in no partnership, as far as is known.
        figures: Their figures.
        lookups: What is to be loaded, each in words; () where nothing is.
        called: What one of the areas is called.
        not_added: Figures of areas below a partnership that are not a force's counts, and so are
            not added up to one.
        with_product: Whether the lookups that come with the product are used.
    """

    areas: int = 0
    figures: int = 0
    lookups: tuple[str, ...] = ()
    called: str = "area"
    not_added: int = 0
    with_product: bool = True

    def sentence(self) -> str:
        """Return what will not be seen and what to load; "" where everything has its place."""
        return " ".join(filter(None, (self._without_lookup(), self._not_added())))

    def _without_lookup(self) -> str:
        if not self.figures:
            return ""
        lookups = " and one ".join(self.lookups)
        return (
            f"No partnership will show {self.figures:,} of these figures: nothing loaded says in "
            f"which one {self.areas:,} {self.called}{' lies' if self.areas == 1 else 's lie'}. "
            f"Load a lookup {lookups}, from the ONS Open Geography portal{self._of_product()}."
        )

    def _of_product(self) -> str:
        if self.with_product:
            return ""
        return ", or use those that come with the product (safecity build --with-published)"

    def _not_added(self) -> str:
        if not self.not_added:
            return ""
        return (
            f"No partnership will show {self.not_added:,} of these figures: they are of districts, "
            "wards or small areas, of which only the counts of a police force are added up. Load "
            "the figures of the partnership itself, by its code (E22... or W22...)."
        )


def unplaced_in(data: DataDir, files: Iterable[CheckedFile]) -> Unplaced:
    """Return which figures in files lie in no partnership by any lookup loaded so far.

    Args:
        data: The data folder: lookups loaded before count.
        files: What was found in each, and so lookups among them.
    """
    files = list(files)
    links = links_with(data, files)
    figures = _below_partnerships(files, links)
    not_added = int(
        (figures["reported_by"].eq("") & ~figures["measure_code"].isin(DENOMINATORS)).sum()
    )
    counted = figures[figures["reported_by"].ne("")]
    is_small = counted["area_kind"].eq(SMALL_AREA)
    district = counted["area_code"].map(districts_of_small_areas(links)).astype("str")
    district = district.where(is_small, counted["area_code"])
    ends = partnerships_of_districts(data, links)["area_code"]
    lost = counted[~district.isin(ends)]
    if lost.empty:
        return Unplaced(not_added=not_added)
    lookups = []
    if district.isna().any():
        lookups.append(_TO_DISTRICTS)
    if ends.empty or not district.dropna().isin(ends).all():
        lookups.append(_TO_PARTNERSHIPS)
    kinds = set(lost["area_kind"])
    called = _CALLED[kinds.pop()] if len(kinds) == 1 else "area"
    return Unplaced(
        lost["area_code"].nunique(), len(lost), tuple(lookups), called, not_added,
        with_product=with_published(data.root),
    )  # fmt: skip


def _below_partnerships(files: list[CheckedFile], links: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of areas below a partnership: area_code, area_kind and by whom."""
    described = [links, *(checked.reading.areas for checked in files)]
    areas = pd.concat(described, ignore_index=True)[["area_code", "area_kind"]]
    areas = areas[areas["area_kind"].isin(list(_CALLED))].drop_duplicates("area_code")
    columns = ["area_code", "measure_code", "reported_by"]
    figures = [checked.reading.observations[columns].astype("str") for checked in files]
    return pd.concat(figures, ignore_index=True).merge(areas)
