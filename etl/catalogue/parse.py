"""From a TOML or CSV file to validated entries; every error names file, entry and field."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from etl.catalogue.entry import Entry
from etl.problems import InputError, Problem

E = TypeVar("E", bound=Entry)


def read_toml(path: Path) -> dict[str, Any]:
    """Return the content of a TOML file.

    Raises:
        InputError: It is not valid TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError.of(
            place(path), f"this is not valid TOML: {error}", "correct it at the place named"
        ) from error


def read_csv_entries(path: Path, model: type[E], problems: list[Problem]) -> list[E]:
    """Return the lines of a CSV as entries; what is wrong is added to `problems`."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        entries = [
            entry
            for line in reader
            if (entry := _csv_entry(path, model, line, reader.line_num, problems)) is not None
        ]
    return entries


def _csv_entry(
    path: Path, model: type[E], line: dict[str | Any, Any], number: int, problems: list[Problem]
) -> E | None:
    if None in line or None in line.values():
        columns = len(model.model_fields)
        problems.append(
            Problem(
                place(path), number, "", "", "the line has more or fewer values than the header",
                f"give a value or nothing between commas for each of the {columns} columns",
            )
        )  # fmt: skip
        return None
    return entry(model, line, file=place(path), line=number, problems=problems)


def entry(
    model: type[E],
    fields: Mapping[str, Any],
    *,
    file: str,
    problems: list[Problem],
    line: int = 0,
    name: str = "",
) -> E | None:
    """Return one validated entry, or None with its errors added to `problems`.

    Args:
        model: The kind of entry.
        fields: Its fields as read.
        file: Where it stands, for the error.
        problems: Collects what is wrong.
        line: The line of a CSV, or 0.
        name: How the entry is called in a TOML file, such as `target all_crime`.
    """
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        for detail in error.errors():
            field = ".".join(str(part) for part in detail["loc"])
            problems.append(
                Problem(
                    file,
                    line,
                    " ".join(part for part in (name, field) if part),
                    _shown(detail.get("input")),
                    detail["msg"],
                    "correct this field; CONTRIBUTING.md describes each file",
                )
            )
        return None


def _shown(value: object) -> str:
    return "" if isinstance(value, dict | list) or value is None else str(value)


def place(path: Path) -> str:
    """Return a catalogue file as people speak of it: its folder and name."""
    return f"{path.parent.name}/{path.name}"
