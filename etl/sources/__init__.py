"""Publication formats. Each module of this package describes one, as its `SOURCE`.

A source is found by being here: to add one, add a module that defines `SOURCE`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pandas as pd

from etl.problems import InputError, Problem

AREA_COLUMNS = [
    "area_code",
    "area_name",
    "area_kind",
    "force_code",
    "force_name",
    "local_authority_codes",
]


#: An area that lies in another, by the codes of one vintage: a small area in its district, say.
LINK_COLUMNS = ["area_code", "area_name", "area_kind", "parent_code", "parent_kind", "vintage"]
#: A member of a peer group; the columns of a plan's `peers.csv`.
PEER_COLUMNS = [
    "peer_group",
    "edition",
    "of_area_code",
    "area_code",
    "area_name",
    "closeness_rank",
    "valid_from",
    "valid_to",
    "source",
]
#: An offence code as a file prints it, with the group that the file has it in.
PRINTED_OFFENCE_COLUMNS = ["offence_code", "description", "offence_group", "offence_subgroup"]
#: What must be known of a source's figures: `effect` as in a plan's `notes.csv`, or absent, or
#: no_rate of an area whose publisher gives counts and no rates.
NOTE_COLUMNS = ["measure_code", "area_code", "period_start", "effect", "statement"]


def _empty(columns: list[str]) -> Callable[[], pd.DataFrame]:
    return lambda: pd.DataFrame(columns=columns, dtype="str")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a source found in a file.

    Attributes:
        observations: Rows as `etl.observation.observations` gives them.
        rows_read: How many cells or lines that hold a figure were looked at.
        areas: Areas that the file itself describes, with `AREA_COLUMNS`; may be empty.
        problems: Rows that could not be used, each with its reason.
        withheld: How many cells hold a publisher's marker instead of a figure, by marker.
        links: Which area lies in which, with `LINK_COLUMNS`; may be empty.
        peers: Members of peer groups, with `PEER_COLUMNS`; may be empty.
        notes: What must be known of the figures, with `NOTE_COLUMNS`; may be empty.
        offences: Offence codes that it prints, with `PRINTED_OFFENCE_COLUMNS`; may be empty.
        rows_used: How many of the rows read are in the observations, where several rows make one;
            None where each row is one.
    """

    observations: pd.DataFrame
    rows_read: int
    areas: pd.DataFrame = field(default_factory=_empty(AREA_COLUMNS))
    problems: tuple[Problem, ...] = ()
    withheld: dict[str, int] = field(default_factory=dict)
    links: pd.DataFrame = field(default_factory=_empty(LINK_COLUMNS))
    peers: pd.DataFrame = field(default_factory=_empty(PEER_COLUMNS))
    notes: pd.DataFrame = field(default_factory=_empty(NOTE_COLUMNS))
    offences: pd.DataFrame = field(default_factory=_empty(PRINTED_OFFENCE_COLUMNS))
    rows_used: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One publication format.

    Attributes:
        source_id: Snake case name, kept with every load.
        title: What the publication is called.
        publisher: Who publishes it.
        licence: Under which terms.
        landing_page: Where it is published, or "" where it has no page.
        cadence: How often it appears.
        recognises: Whether a file's content (not its name) has this format.
        read: Reads such a file; raises `InputError` when it is not usable at all.
        csv_columns: Columns that its CSV has, by which one that lacks some is known; a year or
            month in one stands for any. () where it is never a CSV.
        short_name: What it is called in a line, "ONS"; "" where that is its publisher.
        openly_published: Whether its publisher releases the figures for anyone to use, having
            settled which small counts may be seen: they are shown as released. What a partnership
            counts or asks itself is not, and goes through disclosure control.
    """

    source_id: str
    title: str
    publisher: str
    licence: str
    landing_page: str
    cadence: str
    recognises: Callable[[Path], bool]
    read: Callable[[Path], Reading]
    csv_columns: tuple[str, ...] = ()
    short_name: str = ""
    openly_published: bool = False

    @property
    def name_in_short(self) -> str:
        """Return what the source is called in a line."""
        return self.short_name or self.publisher


@cache
def all_sources() -> dict[str, Source]:
    """Return every source of this package by its id."""
    modules = (
        importlib.import_module(f"{__name__}.{found.name}")
        for found in pkgutil.iter_modules(__path__)
    )
    sources = [module.SOURCE for module in modules if hasattr(module, "SOURCE")]
    return {source.source_id: source for source in sources}


def recognise(path: Path) -> list[Source]:
    """Return the sources whose format a file has: mostly one, two for a workbook of both's tables.

    Raises:
        InputError: No source recognises the content, or the file is not there or empty, is cut
            short, or is a pipe or device.
    """
    # They describe files with modules that import this one.
    from etl.sources._foreign import check_foreign, check_whole  # noqa: PLC0415
    from etl.sources._nearest import unrecognised  # noqa: PLC0415

    try:
        path.stat()
    except (OSError, ValueError):
        raise InputError.of(
            path.name, "the file does not exist", f"check the path {path}"
        ) from None
    if not path.is_file() and not path.is_dir():
        rule = "this is neither a file nor a folder"
        raise InputError.of(path.name, rule, "copy what it gives to a file and add that")
    if path.is_file() and path.stat().st_size == 0:
        raise InputError.of(path.name, "the file is empty", "download or export it again")
    check_whole(path)
    found = [source for source in all_sources().values() if source.recognises(path)]
    if found:
        return found
    check_foreign(path)
    raise unrecognised(path, all_sources().values())
