"""Files of boundaries that readers bring: kept in the folder that maps are drawn from."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pandas as pd

from dashboard.analysis.places import areas_of_places
from dashboard.intake.boundaries import FOLDER, boundary_files, shapes_of
from dashboard.store.warehouse import NothingPublishedError, Warehouse
from etl.datadir import DataDir

ENDING = ".geojson"
PLACES = ["place", "place_name", "area_name"]


@dataclass(frozen=True)
class StoredBoundaries:
    """Files of boundaries that were brought.

    Attributes:
        names: What they are called in the folder.
        new: Those of them that were not there before.
    """

    names: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


def places_in(data: DataDir, path: Path) -> pd.DataFrame:
    """Return the areas of a file of boundaries, and whose figures each would be shaded by.

    Args:
        data: The data folder.
        path: A file in which nothing is wrong.

    Returns:
        `PLACES`: the code and name in the file, and the name of the area that has figures, "" where
        none has; in the order of the file.
    """
    shapes = shapes_of(path).rename(columns={"area_code": "place", "area_name": "place_name"})
    codes = shapes["place"].tolist()
    try:
        with Warehouse(data) as warehouse:
            known = areas_of_places(warehouse, codes)
            small = warehouse.frame("areas_named", areas=codes)
    except NothingPublishedError:
        return shapes.assign(area_name="")[PLACES]
    names = dict(zip(small["area_code"], small["area_name"], strict=True))
    names |= dict(zip(known["place"], known["area_name"], strict=True))
    return shapes.assign(area_name=shapes["place"].map(names).fillna(""))[PLACES]


@contextmanager
def stored(data: DataDir, paths: Iterable[Path]) -> Generator[StoredBoundaries]:
    """Keep files of boundaries, and take them out again if what is done inside fails.

    A file that is there is never overwritten: another of its name gets a number. One that is there
    already, to the byte, is not kept twice.

    Args:
        data: The data folder.
        paths: Files in which nothing is wrong.

    Yields:
        What they are kept as.
    """
    written: list[Path] = []
    try:
        names = [_keep(data, path, written) for path in paths]
        yield StoredBoundaries(tuple(names), tuple(path.name for path in written))
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise


def take_out(data: DataDir, names: Iterable[str]) -> None:
    """Delete files of boundaries that were kept; others of the folder stay."""
    for name in names:
        (data.root / FOLDER / Path(name).name).unlink(missing_ok=True)


def _keep(data: DataDir, path: Path, written: list[Path]) -> str:
    content = path.read_bytes()
    for name, there in boundary_files(data).items():
        if there.stat().st_size == len(content) and there.read_bytes() == content:
            return name
    folder = data.root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    # Only what ends so is looked for there.
    stem, ending = (path.stem, path.suffix) if path.name.endswith("json") else (path.name, ENDING)
    numbers = ("" if number == 1 else f" ({number})" for number in count(1))
    taken = boundary_files(data)
    name = next(each for number in numbers if (each := f"{stem}{number}{ending}") not in taken)
    waiting = folder / f".{name}.part"
    try:
        waiting.write_bytes(content)
        waiting.rename(folder / name)
    finally:
        waiting.unlink(missing_ok=True)
    written.append(folder / name)
    return name
