"""Every kind, each in a process of its own, so that one that dies or fills the memory is seen."""

from __future__ import annotations

import hashlib
import json
import os
import re
import resource
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from etl import raw
from etl.build import build
from etl.build_lock import LOCK
from etl.datadir import DataDir
from etl.problems import InputError
from etl.sources import all_sources
from tests.etl.corpus.kind import Kind
from tests.etl.corpus.material import Material

PUBLISHED = date(2025, 7, 24)
#: A failsafe against a hang, on however busy a machine; no kind takes a tenth of it.
SECONDS = 120
#: A failsafe for the machine: far more than what is allowed, since not all that is asked is used.
MOST_ADDRESSES = 8_000_000_000
_KILOBYTES = 1024
_BYTES_OF_MAXRSS = 1 if sys.platform == "darwin" else _KILOBYTES


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file.

    Attributes:
        kind: Name of the kind.
        ended: "refused", "loaded", "skipped", or what went wrong ("traceback", "died").
        good: Good figures, of a file that is not refused as a whole.
        problems: File, rule and what to do of each problem.
        detail: The traceback or signal, or why it was skipped.
        unchanged: Whether the published database is byte for byte what it was, and nothing is
            kept of a refused file.
        seconds: How long it took.
        megabytes: The most memory that the process had.
    """

    kind: str
    ended: str
    good: int | None = None
    problems: list[tuple[str, str, str]] = field(default_factory=list)
    detail: str = ""
    unchanged: bool = True
    seconds: float = 0.0
    megabytes: float = 0.0


def outcomes(kinds: list[Kind], folder: Path, real: Path | None) -> Iterator[Outcome]:
    """Yield what becomes of each kind. The calling process must have started no threads.

    Args:
        kinds: The kinds.
        folder: An empty folder to work in.
        real: The folder of real files, if there is one.
    """
    data = DataDir(folder / "figures")
    all_sources()
    _in_a_child(lambda: build(data) and {}, folder)
    before = _fingerprint(data)
    material = Material(folder, real)
    for kind in kinds:
        if kind.needs_real and real is None:
            yield Outcome(kind.name, "skipped", detail="the real files are not here")
            continue
        if kind.needs_real:
            material.csp  # noqa: B018 - once for all children
        place = folder / "made" / kind.name
        place.mkdir(parents=True)
        made = Material(place, real)
        made.__dict__["csp"] = material.__dict__.get("csp")
        started = time.monotonic()
        found, megabytes = _in_a_child(lambda k=kind, m=made: _outcome(k, m, data), place)
        after = _fingerprint(data)
        refused = found["ended"] != "loaded"
        same = after[0] == before[0] and (not refused or after == before)
        before = before[0], after[1]
        yield Outcome(
            kind.name,
            unchanged=same,
            seconds=round(time.monotonic() - started, 2),
            megabytes=megabytes,
            **found,
        )
        shutil.rmtree(place)


def verdict(kind: Kind, outcome: Outcome, most_megabytes: float = 1000.0) -> str:
    """Return what is wrong with an outcome; "" where it is as expected."""
    if outcome.ended not in ("refused", "loaded"):
        return f"{outcome.ended}: {outcome.detail}"
    if not outcome.unchanged:
        return "the published database or what is loaded changed"
    if outcome.megabytes > most_megabytes:
        return f"took {outcome.megabytes:.0f} MB"
    if (outcome.ended == "refused") != (kind.rule is not None) or outcome.good != kind.good:
        return f"{outcome.ended} with {outcome.good} good figures: {outcome.problems[:3]}"
    return "" if kind.rule is None else _wrong_problems(kind.rule, outcome)


def _wrong_problems(rule: str, outcome: Outcome) -> str:
    for problem in outcome.problems:
        if not all(problem):
            return f"a problem lacks file, rule or what to do: {problem}"
    if not any(re.search(rule, each) for _, each, _ in outcome.problems):
        return f"no problem says {rule!r}: {outcome.problems[:3]}"
    return ""


def _outcome(kind: Kind, material: Material, data: DataDir) -> dict[str, object]:
    """Make a file, add it, and return the fields of an outcome that the child knows."""
    path = kind.make(material)
    try:
        added = raw.add_file(data, path, published=PUBLISHED, loaded_by="corpus")
    except InputError as error:
        told = [(each.file, each.rule, each.what_to_do) for each in error.problems[:50]]
        return {"ended": "refused", "problems": told, "good": _waiting(path, data)}
    return {"ended": "loaded", "good": sum(len(checked.good) for _, checked in added)}


def _waiting(path: Path, data: DataDir) -> int | None:
    """Return how many figures of a refused file are good; None where it cannot be used at all."""
    try:
        found = raw.check_file(path, published=PUBLISHED, areas=raw.known_areas(data))
    except InputError:
        return None
    return sum(len(checked.good) for checked in found)


def _fingerprint(data: DataDir) -> tuple[str, str]:
    """Return a fingerprint of what is published, and one of what is loaded."""
    found = []
    for folder in (data.build, data.raw):
        digest = hashlib.sha256()
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            if path.name == LOCK:
                continue  # says who held it last
            digest.update(path.name.encode("utf-8", "surrogateescape"))
            digest.update(path.read_bytes())
        found.append(digest.hexdigest())
    return found[0], found[1]


def _in_a_child(work, folder: Path) -> tuple[dict, float]:
    """Return what a function returns in a process of its own, and that one's megabytes."""
    answer = folder / ".answer"
    child = os.fork()
    if child == 0:
        signal.alarm(SECONDS)
        resource.setrlimit(resource.RLIMIT_AS, (MOST_ADDRESSES, MOST_ADDRESSES))
        try:
            found = work()
        except BaseException:  # noqa: BLE001 - whatever it is, it is the failure to be told
            found = {"ended": "traceback", "detail": traceback.format_exc()[-1500:]}
        answer.write_text(json.dumps(found), encoding="utf-8")
        os._exit(0)
    _, status, usage = os.wait4(child, 0)
    megabytes = round(usage.ru_maxrss * _BYTES_OF_MAXRSS / 1e6, 1)
    if status or not answer.is_file():
        return {"ended": "died", "detail": f"wait status {status}"}, megabytes
    found = json.loads(answer.read_text(encoding="utf-8"))
    answer.unlink()
    return found, megabytes


def as_line(outcome: Outcome) -> str:
    """Return an outcome as one line of JSON."""
    return json.dumps(asdict(outcome))
