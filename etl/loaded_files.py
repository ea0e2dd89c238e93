"""What all loaded files hold: read first, then checked by the areas that any of them describes."""

from __future__ import annotations

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
    frames = [known_areas(data).assign(precedence=0)]
    readings: list[tuple[Load, Reading]] = []
    problems: list[Problem] = []
    for position, load in enumerate(loaded, start=1):
        progress(Step(Stage.READING, load.file_name), position / (len(loaded) + 1))
        try:
            reading = reading_of(load)
        except InputError as error:
            problems += error.problems
            continue
        readings.append((load, reading))
        own = reading.areas.assign(illustrative=load.illustrative, precedence=position)
        frames.append(own)
    areas = pd.concat(frames, ignore_index=True)
    files: list[tuple[Load, CheckedFile]] = []
    for load, reading in readings:
        try:
            files.append((load, check_load(load, reading, areas)))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return files, areas
