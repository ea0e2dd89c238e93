"""Every kind of bad file ends in a clear error or a right load, and changes nothing published."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

if not hasattr(os, "fork"):
    pytest.skip("each kind runs in a forked process", allow_module_level=True)

from tests.etl.corpus import KINDS, Kind, Outcome, verdict

LEAST_KINDS = 60
ALL = list(KINDS.values())


@pytest.fixture(scope="module")
def found(project_root: Path) -> dict[str, Outcome]:
    """What becomes of every kind, found in one process that forks: this one has threads."""
    command = [sys.executable, "-m", "tests.etl.corpus", "--json"]
    done = subprocess.run(command, cwd=project_root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return {outcome.kind: outcome for outcome in _outcomes(done.stdout)}


def _outcomes(text: str) -> Iterator[Outcome]:
    return (Outcome(**json.loads(line)) for line in text.splitlines() if line.startswith("{"))


def test_the_corpus_has_its_kinds() -> None:
    assert len(KINDS) >= LEAST_KINDS
    assert sum(not kind.needs_real for kind in ALL) >= LEAST_KINDS


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: f"{kind.group}-{kind.name}")
def test_kind(kind: Kind, found: dict[str, Outcome]) -> None:
    outcome = found[kind.name]
    if outcome.ended == "skipped":
        pytest.skip(outcome.detail)
    assert verdict(kind, outcome) == ""
