"""Answers are computed once for each build, belong to all, and the least recently used go first."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pandas as pd
import pytest

from dashboard.store.cache import Cache, cached_per_build
from dashboard.store.errors import NoFiguresError

READERS = 8


class Database:
    """An open build, as far as the cache needs to know."""

    def __init__(self, name: str = "first", most: int = 10) -> None:
        self.name = name
        self.cache = Cache(most)


@dataclass(frozen=True)
class View:
    """A build as one area sees it."""

    warehouse: Database
    area: str = ""


def counted() -> tuple[Callable[..., list], list[object]]:
    """Return a question, and what it was computed for."""
    computed: list[object] = []

    @cached_per_build
    def question(view: View, indicator: str, basis: str = "ytd") -> list:
        computed.append((view.area, indicator, basis))
        return [view.warehouse.name, view.area, indicator, basis]

    return question, computed


def test_an_answer_is_computed_once_for_each_view_and_arguments() -> None:
    question, computed = counted()
    database = Database()
    first = question(View(database, "E1"), "robbery")
    assert question(View(database, "E1"), "robbery", "ytd") is first
    assert question(View(database, "E1"), indicator="robbery", basis="ytd") is first
    assert len(computed) == 1
    assert question(View(database, "E2"), "robbery") is not first
    assert question(View(database, "E1"), "arson") is not first
    assert question(View(Database("second"), "E1"), "robbery")[0] == "second"
    assert len(computed) == 4


def test_the_build_itself_can_be_asked() -> None:
    computed: list[str] = []

    @cached_per_build
    def names(database: Database, *only: str, ending: str = "") -> str:
        computed.append(database.name)
        return ending.join(only)

    database = Database()
    assert names(database, "a", "b", ending="-") == names(database, "a", "b", ending="-") == "a-b"
    assert names(database, "a") == "a"
    assert len(computed) == 2


def test_a_missing_argument_is_an_error_of_who_calls() -> None:
    question, _ = counted()
    with pytest.raises(TypeError, match="indicator"):
        question(View(Database()))


def test_readers_who_ask_at_once_wait_for_one_computation() -> None:
    together = threading.Barrier(READERS)
    computed: list[str] = []

    @cached_per_build
    def slow(database: Database) -> object:
        computed.append("once")
        return object()

    database = Database()

    def asked() -> object:
        together.wait()
        return slow(database)

    with ThreadPoolExecutor(READERS) as readers:
        answers = [each.result() for each in [readers.submit(asked) for _ in range(READERS)]]
    assert computed == ["once"]
    assert len({id(each) for each in answers}) == 1


def test_an_error_is_raised_to_whoever_asked_and_not_remembered() -> None:
    tried: list[int] = []

    @cached_per_build
    def fails_once(database: Database) -> int:
        tried.append(1)
        if len(tried) == 1:
            raise OSError("the disk is away")
        return 7

    database = Database()
    with pytest.raises(OSError, match="away"):
        fails_once(database)
    assert fails_once(database) == 7


def test_that_there_are_no_figures_is_remembered() -> None:
    tried: list[int] = []

    @cached_per_build
    def without_figures(database: Database) -> int:
        tried.append(1)
        raise NoFiguresError("no figures of robbery")

    database = Database()
    for _ in range(2):
        with pytest.raises(NoFiguresError, match="no figures of robbery"):
            without_figures(database)
    assert len(tried) == 1


def test_the_least_recently_used_goes_first() -> None:
    question, computed = counted()
    database = Database(most=2)
    for area in ("a", "b", "a", "c", "a", "b"):
        question(View(database, area), "robbery")
    assert [area for area, _, _ in computed] == ["a", "b", "c", "b"]


def test_a_closed_cache_remembers_nothing_and_still_answers() -> None:
    question, computed = counted()
    view = View(Database())
    question(view, "robbery")
    view.warehouse.cache.close()
    question(view, "robbery")
    question(view, "robbery")
    assert len(computed) == 3
    assert view.warehouse.cache.asked_after(0) == []


def test_a_frame_that_a_reader_changes_stays_what_it_was_for_the_others() -> None:
    @cached_per_build
    def table(database: Database) -> pd.DataFrame:
        return pd.DataFrame({"count": [1, 2]})

    database = Database()
    mine = table(database)
    mine.loc[0, "count"] = 99
    mine["more"] = 1
    pd.testing.assert_frame_equal(table(database), pd.DataFrame({"count": [1, 2]}))


def test_a_question_can_be_asked_of_another_build() -> None:
    question, _ = counted()
    first, second = Database("first"), Database("second")
    question(View(first, "E1"), "robbery")
    [(asked, asked_at)] = first.cache.asked_after(0)
    second.cache.prepare(asked, asked.first_of(second), asked_at)
    assert second.cache.asked_after(0) == [(asked, asked_at)]
    assert second.cache.get(asked, asked.first_of(second)) == ["second", "E1", "robbery", "ytd"]


def test_what_an_answer_needs_on_its_way_was_not_asked_by_a_reader() -> None:
    question, _ = counted()

    @cached_per_build
    def page(view: View) -> list:
        return question(view, "robbery")

    view = View(Database(), "E1")
    page(view)
    assert [each.work.__name__ for each, _ in view.warehouse.cache.asked_after(0)] == ["page"]
    question(view, "robbery")
    assert len(view.warehouse.cache.asked_after(0)) == 2


def test_what_is_prepared_goes_before_what_was_asked_and_stays_as_old_as_it_was() -> None:
    question, computed = counted()
    earlier, database = Database("earlier"), Database(most=2)
    question(View(earlier, "prepared"), "robbery")
    [(prepared, _)] = earlier.cache.asked_after(0)
    question(View(database, "asked"), "robbery")
    [(asked, asked_at)] = database.cache.asked_after(0)
    database.cache.prepare(prepared, prepared.first_of(database), asked_at - 60)
    assert database.cache.asked_after(asked_at - 1) == [(asked, asked_at)]
    question(View(database, "new"), "robbery")
    assert [each.seen for each, _ in database.cache.asked_after(0)] == [("new",), ("asked",)]
    assert len(computed) == 4
