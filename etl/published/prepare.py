"""Makes what comes with the product from files as they were published."""

from __future__ import annotations

import fnmatch
import shutil
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

import pandas as pd

from etl.datadir import PROJECT_DATA, DataDir
from etl.manifest import FILE_ID_LENGTH, Load, manifest_text
from etl.prepared import folder_of, store_prepared
from etl.problems import InputError
from etl.published.boundaries import write_boundaries
from etl.published.publications import Publication, boundaries, publications
from etl.raw import known_areas
from etl.reading import CheckedFile, check_reading
from etl.sources import Reading, recognise

LOADED_BY = "etl.published"
BOUNDARIES = "boundaries"
#: The lookup of districts, partnerships and forces, from which partnerships are dissolved.
PARTNERSHIPS = "partnerships_2024"


def prepare(originals: Path, folder: Path) -> list[Path]:
    """Write everything that comes with the product, the same content every time.

    Args:
        originals: The folder with the files that the manifest names.
        folder: The folder with the manifest.

    Returns:
        The files written.

    Raises:
        InputError: An original is missing or another, or breaks a rule. Nothing is written then.
    """
    listed = publications(folder)
    found = {each.folder: each.original(originals) for each in listed}
    of_boundaries = boundaries(folder)
    shapes = of_boundaries.original(originals)
    checked = _checked(listed, found)
    written = []
    for publication in listed:
        shutil.rmtree(folder / publication.folder, ignore_errors=True)
        for each in checked[publication.folder]:
            written += _keep(publication, each, folder / publication.folder)
    (links,) = (each.reading.links for each in checked[PARTNERSHIPS])
    return [*written, *write_boundaries(shapes, links, of_boundaries, folder / BOUNDARIES)]


def _checked(listed: list[Publication], found: dict[str, Path]) -> dict[str, list[CheckedFile]]:
    """Return what is in each file, with every rule applied by the areas that any file describes."""
    readings = {
        folder: [(source, source.read(path)) for source in recognise(path)]
        for folder, path in found.items()
    }
    described = [reading.areas for of_file in readings.values() for _, reading in of_file]
    areas = pd.concat([known_areas(DataDir(PROJECT_DATA)), *described], ignore_index=True)
    checked = {
        each.folder: [
            check_reading(source, reading, each.file_name, published=each.published, areas=areas)
            for source, reading in readings[each.folder]
        ]
        for each in listed
    }
    problems = [p for files in checked.values() for each in files for p in each.problems]
    if problems:
        raise InputError(problems)
    return checked


def _keep(publication: Publication, checked: CheckedFile, folder: Path) -> list[Path]:
    source = checked.source
    load = Load(
        file_id=publication.checksum[:FILE_ID_LENGTH],
        file_name=publication.file_name,
        checksum=publication.checksum,
        source_id=source.source_id,
        published=publication.published,
        loaded_at=datetime.combine(publication.published, time(), UTC).isoformat(),
        loaded_by=LOADED_BY,
        accept_partial=False,
        illustrative=False,
        path=folder / publication.file_name,
        title=publication.title,
        with_product=True,
        needed_for=publication.needed_for,
    )
    written = store_prepared(_carried_over(publication, checked.reading), folder_of(load))
    load.manifest.write_text(manifest_text(load), encoding="utf-8")
    return [*written, load.manifest]


def _carried_over(publication: Publication, reading: Reading) -> Reading:
    """Return the reading with the measures and areas that the manifest names."""
    if not publication.measures and not publication.areas:
        return reading
    patterns = publication.measures or ("*",)
    named = [
        code
        for code in reading.observations["measure_code"].astype("str").unique()
        if any(fnmatch.fnmatchcase(code, pattern) for pattern in patterns)
    ]
    beginnings = publication.areas or ("",)
    rows = reading.observations
    rows = rows[
        rows["measure_code"].isin(named)
        & rows["area_code"].astype("str").str.startswith(beginnings)
    ]
    return replace(
        reading,
        observations=rows.reset_index(drop=True),
        areas=reading.areas[reading.areas["area_code"].str.startswith(beginnings)],
    )
