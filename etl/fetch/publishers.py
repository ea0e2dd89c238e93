"""The rules by which releases are found: `publishers.toml`, and what a data folder adds to it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from etl.catalogue.entry import Entry
from etl.catalogue.parse import entry, read_toml
from etl.datadir import DataDir
from etl.fetch.asking import Place
from etl.problems import InputError, Problem
from etl.sources import all_sources

RULES = "publishers.toml"
_WITH_PROJECT = Path(__file__).parent / RULES


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"this is no regular expression: {error}") from None
    return text


def _form(text: str) -> str:
    sample = datetime(2025, 4, 24)  # noqa: DTZ001 - a day, wherever
    try:
        datetime.strptime(sample.strftime(text), text)  # noqa: DTZ007
    except ValueError:
        raise ValueError("this is no form of a date, such as %d %B %Y") from None
    return text


Pattern = Annotated[str, AfterValidator(_pattern)]
DateForm = Annotated[str, AfterValidator(_form)]
First = Literal["listed", "latest period"]


class Hop(Entry):
    """The link from a landing page to the page of a release.

    Attributes:
        link: What its text has in it.
        address: What its address has in it.
        first: Which of several such links.
    """

    link: Pattern
    address: Pattern
    first: First = "listed"


class Publication(Entry):
    """How the newest release of a publication is found; the fields are told in publishers.toml."""

    id: str
    sources: tuple[str, ...] = Field(min_length=1)
    landing: str
    address: str = ""
    kind: Literal["html", "dcat"] = "html"
    hop: Hop | None = None
    link: Pattern = ""
    file: Pattern = ""
    first: First = "listed"
    dates: tuple[tuple[Pattern, DateForm], ...] = ()
    hosts: tuple[str, ...] = ()
    repeats: bool = True

    @model_validator(mode="after")
    def _is_found(self) -> Publication:
        if unknown := [each for each in self.sources if each not in all_sources()]:
            raise ValueError(f"there is no source {unknown[0]}")
        if not self.address and not (self.link and self.file):
            raise ValueError("give either an address, or what link and file have in them")
        for address in filter(None, (self.landing, self.address)):
            if not Place(address).is_safe:
                raise ValueError(f"{address} is not https")
        return self

    def is_of(self, file_name: str) -> bool:
        """Return whether a file is called as this publication's files are."""
        return not self.file or re.search(self.file, file_name) is not None


def publications(data: DataDir) -> dict[str, Publication]:
    """Return how every publication is found, by its id; what the data folder says goes first.

    Raises:
        InputError: A rule is not as it should be; carries every problem.
    """
    found: dict[str, Publication] = {}
    problems: list[Problem] = []
    for path in (_WITH_PROJECT, data.root / RULES):
        if path.is_file():
            parsed = (
                entry(Publication, {"id": name} | fields, file=RULES, problems=problems, name=name)
                for name, fields in _tables(path).items()
            )
            found |= {each.id: each for each in parsed if each is not None}
    if problems:
        raise InputError(problems)
    return found


def _tables(path: Path) -> dict[str, dict[str, object]]:
    found = read_toml(path)
    for name, fields in found.items():
        if not isinstance(fields, dict):
            raise InputError.of(RULES, f"{name} stands in no table", "put it below [a_publication]")
    return found


def of_source(known: Iterable[Publication], name: str) -> list[Publication]:
    """Return the publications that a name means: the one of this id, or those of a source."""
    return [each for each in known if name == each.id or name in each.sources]
