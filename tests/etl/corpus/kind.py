"""A kind of bad or odd file: how one is made, and what it must end in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.etl.corpus.material import Material

Make = Callable[[Material], Path]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file.

    Attributes:
        name: Words for it, unique: the name of the function that makes it.
        group: The module that it is in.
        make: Writes such a file into the material's folder and returns its path.
        rule: Regular expression of a rule that a problem must name; None for a correct load.
        good: How many figures are good: those loaded, or those that wait beside the bad ones;
            None where the file as a whole is refused.
        needs_real: Whether it is made from a real file.
    """

    name: str
    group: str
    make: Make
    rule: str | None
    good: int | None
    needs_real: bool


KINDS: dict[str, Kind] = {}


def refused(rule: str, *, good: int | None = None, real: bool = False) -> Callable[[Make], Make]:
    """Register a kind that ends in an `InputError` with such a rule."""
    return _registered(rule, good, real)


def loaded(good: int, *, real: bool = False) -> Callable[[Make], Make]:
    """Register a kind that loads, with so many figures."""
    return _registered(None, good, real)


def _registered(rule: str | None, good: int | None, real: bool) -> Callable[[Make], Make]:
    def register(make: Make) -> Make:
        group = make.__module__.rpartition(".")[2]
        if make.__name__ in KINDS:
            raise ValueError(f"two kinds have the name {make.__name__}")
        KINDS[make.__name__] = Kind(make.__name__, group, make, rule, good, real)
        return make

    return register
