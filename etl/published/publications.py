"""What `data/published/published.toml` says of each publication that comes with the product."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from etl.manifest import checksum_of
from etl.problems import InputError

MANIFEST = "published.toml"


class Publication(BaseModel):
    """A file as its publisher released it, and what is carried over of it.

    Attributes:
        folder: Where what is made of it stands.
        file_name: As it was published.
        checksum: SHA-256 of its bytes.
        publisher: Who published it.
        title: What it is called.
        published: When.
        day_is: What was taken for the day where the file does not state it; "" where it does.
        licence: Under which terms.
        figures: What is carried over.
        reshaped: How, and what is left out.
        measures: Of the measures, where not all are carried over; `x:*` for all of a scheme.
        areas: Beginnings of the codes of areas, where not all are carried over.
        needed_for: Beginnings of area codes: it is read only when figures of such are loaded.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    folder: str = ""
    file_name: str
    checksum: str
    publisher: str
    title: str
    published: date
    day_is: str = ""
    licence: str
    figures: str
    reshaped: str
    measures: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    needed_for: tuple[str, ...] = ()

    def original(self, folder: Path) -> Path:
        """Return the file in a folder, however deep it lies.

        Raises:
            InputError: It is not there, or another file has its name.
        """
        named = sorted(folder.rglob(self.file_name))
        for path in named:
            if checksum_of(path) == self.checksum:
                return path
        rule = "another file has its name" if named else "the file is not in the folder"
        raise InputError.of(self.file_name, rule, f"download it again: {self.title}")


def publications(folder: Path) -> list[Publication]:
    """Return the publications with figures or lookups, in the order of the manifest."""
    return [Publication(**each) for each in _manifest(folder)["publication"]]


def boundaries(folder: Path) -> Publication:
    """Return the publication that the boundaries are made from."""
    return Publication(**_manifest(folder)["boundaries"])


def _manifest(folder: Path) -> dict:
    return tomllib.loads((folder / MANIFEST).read_text(encoding="utf-8"))
