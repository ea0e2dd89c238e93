"""How far work is: a stage of it and of what, and the share that is behind."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple


class Stage(StrEnum):
    """What is done now, as a person reads it before the name of what it is done to."""

    ASKING = "Asking"
    FETCHING = "Fetching"
    CHECKING = "Checking"
    READING = "Reading"
    MAKING_TABLE = "Making"
    PUBLISHED = "Published"


class Step(NamedTuple):
    """A stage of the work, and what it is done to: a file, a table, or "" for nothing.

    Its text is the two in words: "Reading figures.csv".
    """

    stage: Stage
    name: str = ""

    @property
    def is_of_a_table(self) -> bool:
        """Whether it names a table, which means nothing to those who read pages."""
        return self.stage is Stage.MAKING_TABLE

    def __str__(self) -> str:
        """Return the step in words."""
        return f"{self.stage} {self.name}".rstrip()


Progress = Callable[[Step, float], None]
"""Told what is done now, and which share of the work (0 to 1) is behind."""
