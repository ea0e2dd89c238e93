"""The one cache: what was computed from a published database, once for all readers of it.

Streamlit's own caches hand every reader a copy made by pickling, which takes longer than drawing;
and they do not know what readers ask for, which has to be computed again before a new build is
shown (see `dashboard.store.builds`).
"""

from __future__ import annotations

import functools
import inspect
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, Protocol, TypeVar, cast

import pandas as pd

from dashboard.store.errors import NoFiguresError

MOST_ANSWERS = 16384
"""Answers that one build remembers; a page of one area asks for about a hundred."""

Work = TypeVar("Work", bound=Callable[..., Any])


class Build(Protocol):
    """An open database that remembers the answers computed from it."""

    @property
    def cache(self) -> Cache:
        """Its answers; they go when it is closed."""
        ...


@dataclass(frozen=True, slots=True)
class Question:
    """A function and its arguments, without the build, so that any build can be asked.

    Attributes:
        work: The function.
        view: The type of its first argument where that is a view of a build (a dataclass with a
            `warehouse`); None where it is the build itself.
        seen: The fields of that view, but for its warehouse.
        arguments: The other arguments, with their defaults.
        named: Those that can only be given by name.
    """

    work: Callable[..., Any]
    view: type | None
    seen: tuple[Hashable, ...]
    arguments: tuple[Hashable, ...]
    named: tuple[tuple[str, Hashable], ...]

    def first_of(self, build: Build) -> object:
        """Return the first argument for another build: itself, or the same view of it."""
        if self.view is None:
            return build
        return self.view(warehouse=build, **dict(zip(names_in(self.view), self.seen, strict=True)))


@dataclass(slots=True)
class _Answer:
    value: Any
    asked_at: float
    """By `time.monotonic`; 0 while it was needed for other answers only."""


class Cache:
    """The answers of one build, the least recently used dropped first. Safe between threads.

    Readers who ask the same at once wait for one computation. An error is raised to whoever asked
    and not remembered; that there are no figures is. What is remembered belongs to all readers:
    nobody changes it. A frame is handed out as a copy that shares its columns until one of the two
    is written to.
    """

    def __init__(self, most: int = MOST_ANSWERS) -> None:
        """Begin empty.

        Args:
            most: Answers remembered at a time.
        """
        self._most = most
        self._lock = threading.Lock()
        self._answers: OrderedDict[Question, _Answer] = OrderedDict()
        self._under_way: dict[Question, threading.Lock] = {}

    def get(self, question: Question, first: object) -> Any:  # noqa: ANN401 - any answer
        """Return the answer to a question, computed if it is not remembered.

        Args:
            question: Of this build.
            first: The first argument of its function.

        Raises:
            NoFiguresError: There are no figures to answer from.
        """
        # What an answer needs on its way is found by asking for that answer again.
        asked_at = 0.0 if _computing.depth else time.monotonic()
        value, _ = self._found_or_computed(question, first, asked_at)
        if isinstance(value, NoFiguresError):
            raise NoFiguresError(str(value), value.why)
        return value.copy(deep=False) if isinstance(value, pd.DataFrame) else value

    def prepare(self, question: Question, first: object, asked_at: float) -> None:
        """Compute an answer that readers of the build before asked for, at a moment."""
        _, is_new = self._found_or_computed(question, first, asked_at)
        if is_new:
            with self._lock:
                if question in self._answers:
                    self._answers.move_to_end(question, last=False)

    def asked_after(self, moment: float) -> list[tuple[Question, float]]:
        """Return what readers asked for after a moment, and when last, the latest first.

        Args:
            moment: By `time.monotonic`.
        """
        with self._lock:
            asked = [(question, answer.asked_at) for question, answer in self._answers.items()]
        recent = [each for each in asked if each[1] and each[1] >= moment]
        return sorted(recent, key=lambda each: each[1], reverse=True)

    def close(self) -> None:
        """Forget all answers, and remember none from now on."""
        with self._lock:
            self._most = 0
            self._answers.clear()

    def _found_or_computed(
        self, question: Question, first: object, asked_at: float
    ) -> tuple[Any, bool]:
        with self._lock:
            if (found := self._answers.get(question)) is not None:
                found.asked_at = max(found.asked_at, asked_at)
                self._answers.move_to_end(question)
                return found.value, False
            mine = self._under_way.setdefault(question, threading.Lock())
        with mine:
            with self._lock:
                found = self._answers.get(question)
            if found is not None:
                return found.value, False
            try:
                with _computing:
                    value = _computed(question, first)
                self._remember(question, _Answer(value, asked_at))
            finally:
                with self._lock:
                    self._under_way.pop(question, None)
        return value, True

    def _remember(self, question: Question, answer: _Answer) -> None:
        with self._lock:
            self._answers[question] = answer
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)


class _Computing(threading.local):
    """How many answers this thread is computing, one for the sake of another."""

    depth = 0

    def __enter__(self) -> None:
        self.depth += 1

    def __exit__(self, *_: object) -> None:
        self.depth -= 1


_computing = _Computing()


def cached_per_build(work: Work) -> Work:
    """Let a function be computed once for each build and arguments, for all readers.

    The answer lives with the build that it was computed from, and goes with it: see `Cache`.

    Args:
        work: Its first argument is an open `Warehouse`, or a dataclass with a `warehouse` (an
            area's view); that and the others can be hashed.
    """
    signature = inspect.signature(work)
    fewest, defaults = _given_by_position(signature)

    @functools.wraps(work)
    def cached(first: Any, *given: Hashable, **named: Hashable) -> object:  # noqa: ANN401
        if named or len(given) < fewest:
            bound = signature.bind(first, *given, **named)
            bound.apply_defaults()
            arguments, by_name = bound.args[1:], tuple(sorted(bound.kwargs.items()))
        else:  # The same, in a tenth of the time.
            arguments, by_name = given + defaults[len(given) :], ()
        build = getattr(first, "warehouse", None)
        if build is None:
            return first.cache.get(Question(work, None, (), arguments, by_name), first)
        view = type(first)
        question = Question(work, view, _fields_of(view)(first), arguments, by_name)
        return build.cache.get(question, first)

    return cast("Work", cached)


def _computed(question: Question, first: object) -> object:
    try:
        return question.work(first, *question.arguments, **dict(question.named))
    except NoFiguresError as nothing:
        # Without its traceback, which would hold all that was computed on the way.
        return NoFiguresError(str(nothing), nothing.why)


@functools.cache
def names_in(view: Any) -> tuple[str, ...]:  # noqa: ANN401 - the type of any dataclass
    """Return the fields by which views of one build are compared: all but its warehouse."""
    return tuple(each.name for each in fields(view) if each.compare and each.name != "warehouse")


@functools.cache
def _fields_of(view: type) -> Callable[[object], tuple[Hashable, ...]]:
    names = names_in(view)
    if len(names) > 1:
        return attrgetter(*names)
    return lambda first: tuple(getattr(first, name) for name in names)


def _given_by_position(signature: inspect.Signature) -> tuple[float, tuple[Hashable, ...]]:
    """Return how many arguments follow the first at least, and a default for each that follows.

    Infinitely many where some can only be given by name, or are as many as one likes.
    """
    rest = list(signature.parameters.values())[1:]
    if any(each.kind is not inspect.Parameter.POSITIONAL_OR_KEYWORD for each in rest):
        return math.inf, ()
    fewest = sum(each.default is inspect.Parameter.empty for each in rest)
    return fewest, tuple(each.default for each in rest)
