"""What all loaded files hold: read first, then checked by the areas that any of them describes."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from etl.datadir import DataDir
from etl.manifest import Load
from etl.problems import InputError, Problem
from etl.progress import Progress, Stage, Step
from etl.raw import check_load, known_areas, reading_of
from etl.reading import CheckedFile
from etl.sources import Reading


def read_files(
    data: DataDir, loaded: list[Load], progress: Progress
) -> tuple[list[tuple[Load, CheckedFile]], pd.DataFrame]:
    """Read loaded files and apply every rule.

    Which file describes an area does not depend on when either was published: figures of 2019 can
    be of areas that only a lookup of 2024 names.

    Args:
        data: The data folder.
        loaded: Its loads, or some of them.
        progress: Told which file is read and the share of files behind.

    Returns:
        Each load with its content; and all areas, with `AREA_COLUMNS`, illustrative and
        precedence: a later file's areas come last.

    Raises:
        InputError: Files cannot be used; carries the problems of all of them.
    """
    found: dict[int, tuple[Load, Reading]] = {}
    problems: list[Problem] = []
    # What is read only where it is needed comes after all that may need it.
    in_turn = sorted(enumerate(loaded, start=1), key=lambda each: bool(each[1].needed_for))
    for done, (precedence, load) in enumerate(in_turn, start=1):
        if load.needed_for and not _has_areas_of(found.values(), load.needed_for):
            continue
        progress(Step(Stage.READING, load.file_name), done / (len(loaded) + 1))
        try:
            found[precedence] = load, reading_of(load)
        except InputError as error:
            problems += error.problems
    described = [
        reading.areas.assign(illustrative=load.illustrative, precedence=precedence)
        for precedence, (load, reading) in sorted(found.items())
    ]
    areas = pd.concat([known_areas(data).assign(precedence=0), *described], ignore_index=True)
    files: list[tuple[Load, CheckedFile]] = []
    for _, (load, reading) in sorted(found.items()):
        try:
            files.append((load, check_load(load, reading, areas)))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return files, areas


def _has_areas_of(readings: Iterable[tuple[Load, Reading]], beginnings: tuple[str, ...]) -> bool:
    """Return whether there are figures of areas whose codes begin so."""
    codes = (reading.observations["area_code"] for _, reading in readings)
    return any(str(code).startswith(beginnings) for each in codes for code in each.unique())
