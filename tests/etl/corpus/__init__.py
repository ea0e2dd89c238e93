"""Kinds of bad and odd files: `python -m tests.etl.corpus` makes each and prints the score."""

from __future__ import annotations

from tests.etl.corpus import (  # noqa: F401 - each registers its kinds
    containers,
    foreign,
    giants,
    published,
    text,
    values,
    workbooks,
)
from tests.etl.corpus.kind import KINDS, Kind
from tests.etl.corpus.run import Outcome, outcomes, verdict

__all__ = ["KINDS", "Kind", "Outcome", "outcomes", "verdict"]
