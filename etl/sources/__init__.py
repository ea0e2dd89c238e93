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


@dataclass(frozen=True, slots=True)
class Reading:
    """What a source found in a file.

    Attributes:
        observations: Rows as `etl.observation.observations` gives them.
        rows_read: How many cells or lines that hold a figure were looked at.
        areas: Areas that the file itself describes, with `AREA_COLUMNS`; may be empty.
        problems: Rows that could not be used, each with its reason.
        withheld: How many cells hold a publisher's marker instead of a figure, by marker.
    """

    observations: pd.DataFrame
    rows_read: int
    areas: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=AREA_COLUMNS))
    problems: tuple[Problem, ...] = ()
    withheld: dict[str, int] = field(default_factory=dict)


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
    """

    source_id: str
    title: str
    publisher: str
    licence: str
    landing_page: str
    cadence: str
    recognises: Callable[[Path], bool]
    read: Callable[[Path], Reading]


@cache
def all_sources() -> dict[str, Source]:
    """Return every source of this package by its id."""
    modules = (
        importlib.import_module(f"{__name__}.{found.name}")
        for found in pkgutil.iter_modules(__path__)
    )
    sources = [module.SOURCE for module in modules if hasattr(module, "SOURCE")]
    return {source.source_id: source for source in sources}


def recognise(path: Path) -> Source:
    """Return the source whose format a file has.

    Raises:
        InputError: No source recognises the content, or the file is not there or empty.
    """
    if not path.is_file():
        raise InputError.of(path.name, "the file does not exist", f"check the path {path}")
    if path.stat().st_size == 0:
        raise InputError.of(path.name, "the file is empty", "download or export it again")
    for source in all_sources().values():
        if source.recognises(path):
            return source
    known = "; ".join(source.title for source in all_sources().values())
    raise InputError.of(
        path.name,
        "no source recognises the content of this file",
        f"Safe City reads: {known}. If this is one of them, the file may be cut short or its "
        "layout may have changed: download it again, or use the own-figures template",
    )
