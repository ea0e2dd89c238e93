"""A column of text kept as its distinct texts and a number a row, so that each is parsed once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import pyarrow as pa

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Coded:
    """A column.

    Attributes:
        codes: For each row, the place of its text in `texts`.
        texts: The distinct texts, "" for a blank cell, runs of white space made one blank.
    """

    codes: np.ndarray
    texts: list[str]

    @classmethod
    def of(cls, column: pa.Array) -> Coded:
        """Return an Arrow column of strings, or a dictionary of them; null is a blank cell."""
        is_encoded = pa.types.is_dictionary(column.type)
        encoded = column if is_encoded else column.dictionary_encode(null_encoding="encode")
        texts = [" ".join((text or "").split()) for text in encoded.dictionary.to_pylist()]
        return cls(encoded.indices.to_numpy(zero_copy_only=False), texts)

    @classmethod
    def joined(cls, parts: Sequence[Coded]) -> Coded:
        """Return columns one below the other as one."""
        texts: dict[str, int] = {}
        codes = [
            np.array([texts.setdefault(text, len(texts)) for text in part.texts], dtype=np.int32)[
                part.codes
            ]
            for part in parts
        ]
        return cls(np.concatenate(codes), list(texts))

    def each(self, function: Callable[[str], T]) -> list[T]:
        """Return what a function makes of each distinct text."""
        return [function(text) for text in self.texts]

    def spread(self, values: Sequence[T] | np.ndarray) -> np.ndarray:
        """Return for every row the value that belongs to its text.

        Args:
            values: One value a text, in the order of `texts`.
        """
        return np.asarray(values)[self.codes]

    def rows(self, kept: np.ndarray | slice) -> Coded:
        """Return some of the rows."""
        return Coded(self.codes[kept], self.texts)

    def first_rows(self) -> dict[int, tuple[int, int]]:
        """Return for each text in use its first row and how many rows have it."""
        used, first, count = np.unique(self.codes, return_index=True, return_counts=True)
        return {int(u): (int(f), int(c)) for u, f, c in zip(used, first, count, strict=True)}
