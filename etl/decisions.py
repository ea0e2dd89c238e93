"""A file of what people decided: one line a decision, only ever added to."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from etl.problems import InputError, Problem

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")


@dataclass(frozen=True)
class DecisionsFile(Generic[T]):
    """A CSV file whose columns are the fields of a decision, all of them text.

    Attributes:
        path: The file; may not be there.
        kind: The dataclass of a decision.
        recorded_by: What is recorded and by which command, for a problem: "breaks are recorded by
            safecity break".
        mend: What to do about a line that is no decision.
    """

    path: Path
    kind: type[T]
    recorded_by: str
    mend: str

    @property
    def columns(self) -> list[str]:
        """The first line of the file."""
        return [field.name for field in fields(self.kind)]

    def add(self, decisions: Iterable[T]) -> None:
        """Add decisions at the end."""
        is_new = not self.path.is_file()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, self.columns, lineterminator="\n")
            if is_new:
                writer.writeheader()
            writer.writerows(asdict(decision) for decision in decisions)

    def lines(self) -> list[tuple[int, T]]:
        """Return every decision with its line, in the order in which they were taken.

        Raises:
            InputError: The first line is not the one that the command wrote.
        """
        if not self.path.is_file():
            return []
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if reader.fieldnames != self.columns:
                raise InputError.of(
                    self.path.name,
                    f"the first line is not {','.join(self.columns)}",
                    f"put it back: {self.recorded_by}, and the file only added to",
                )
            return [
                (reader.line_num, self.kind(**{name: row[name] or "" for name in self.columns}))
                for row in reader
            ]

    def problem(self, line: int, column: str, value: str, rule: str) -> Problem:
        """Return what is wrong with a line."""
        return Problem(self.path.name, line, column, value, rule, self.mend)
