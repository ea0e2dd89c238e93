"""What was worked out from one published database: each answer once, for all readers.

Streamlit's own caches hand every reader a copy made by pickling, which takes longer than drawing;
and they cannot say what readers ask for, which is what has to be worked out again before a new
build takes over.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import pandas as pd

Key = TypeVar("Key", bound=Hashable)


@dataclass(slots=True)
class _Answer:
    value: Any
    asked_at: float


class Kept(Generic[Key]):
    """Answers by what was asked, the longest unasked let go first. Safe to share between threads.

    Two readers who ask the same at once wait for one piece of work. An error is raised to whoever
    asked, and not kept. What is kept belongs to all: whoever gets it leaves it as it is; a frame
    comes as a copy that shares its columns until one of the two is written to.
    """

    def __init__(self, most: int) -> None:
        """Begin with nothing.

        Args:
            most: Answers kept at a time.
        """
        self._most = most
        self._lock = threading.Lock()
        self._answers: OrderedDict[Key, _Answer] = OrderedDict()
        self._under_way: dict[Key, threading.Lock] = {}

    def get(self, key: Key, work: Callable[[], Any]) -> Any:  # noqa: ANN401 - any answer
        """Return the answer to a key, worked out if it is not there."""
        value, _ = self._found_or_worked_out(key, work, time.monotonic())
        return value.copy(deep=False) if isinstance(value, pd.DataFrame) else value

    def prepare(self, key: Key, work: Callable[[], Any], asked_at: float) -> None:
        """Work out an answer that nobody asked for here, but did of the build before."""
        _, is_new = self._found_or_worked_out(key, work, asked_at)
        if is_new:
            with self._lock:
                if key in self._answers:
                    self._answers.move_to_end(key, last=False)

    def asked_since(self, moment: float) -> list[tuple[Key, float]]:
        """Return keys and when each was last asked for, the latest first.

        Args:
            moment: Of `time.monotonic`; what was not asked for since is left out.
        """
        with self._lock:
            asked = [(key, answer.asked_at) for key, answer in self._answers.items()]
        return sorted(
            (each for each in asked if each[1] >= moment), key=lambda each: each[1], reverse=True
        )

    def _found_or_worked_out(
        self, key: Key, work: Callable[[], Any], asked_at: float
    ) -> tuple[Any, bool]:
        with self._lock:
            if (found := self._answers.get(key)) is not None:
                found.asked_at = max(found.asked_at, asked_at)
                self._answers.move_to_end(key)
                return found.value, False
            mine = self._under_way.setdefault(key, threading.Lock())
        with mine:
            with self._lock:
                found = self._answers.get(key)
            if found is not None:
                return found.value, False
            try:
                value = work()
                self._keep(key, _Answer(value, asked_at))
            finally:
                with self._lock:
                    self._under_way.pop(key, None)
        return value, True

    def _keep(self, key: Key, answer: _Answer) -> None:
        with self._lock:
            self._answers[key] = answer
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
