"""Answers are worked out once, belong to all, and the longest unasked go first."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest

from dashboard.store.kept import Kept

READERS = 8


def test_an_answer_is_worked_out_once_for_readers_who_ask_at_once() -> None:
    kept: Kept[str] = Kept(most=10)
    together = threading.Barrier(READERS)
    worked: list[str] = []

    def asked() -> object:
        together.wait()
        return kept.get("crime", lambda: worked.append("once") or object())

    with ThreadPoolExecutor(READERS) as readers:
        answers = [each.result() for each in [readers.submit(asked) for _ in range(READERS)]]
    assert worked == ["once"]
    assert len({id(each) for each in answers}) == 1


def test_an_error_is_raised_to_whoever_asked_and_not_kept() -> None:
    kept: Kept[str] = Kept(most=10)

    def fails() -> object:
        raise OSError("the disk is away")

    with pytest.raises(OSError, match="away"):
        kept.get("crime", fails)
    assert kept.get("crime", lambda: 7) == 7


def test_the_longest_unasked_is_let_go() -> None:
    kept: Kept[str] = Kept(most=2)
    for key in ("a", "b", "a", "c"):
        kept.get(key, lambda: 1)
    assert kept.get("a", lambda: 2) == 1
    assert kept.get("b", lambda: 2) == 2


def test_a_frame_that_a_reader_alters_stays_what_it_was_for_the_others() -> None:
    kept: Kept[str] = Kept(most=2)
    mine = kept.get("crime", lambda: pd.DataFrame({"count": [1, 2]}))
    mine.loc[0, "count"] = 99
    mine["more"] = 1
    pd.testing.assert_frame_equal(kept.get("crime", pd.DataFrame), pd.DataFrame({"count": [1, 2]}))


def test_what_is_prepared_goes_before_what_was_asked_for_and_stays_as_old_as_it_was() -> None:
    kept: Kept[str] = Kept(most=2)
    kept.get("asked", lambda: 1)
    asked_at = kept.asked_since(0)[0][1]
    kept.prepare("prepared", lambda: 2, asked_at - 60)
    assert kept.asked_since(asked_at - 1) == [("asked", asked_at)]
    kept.get("new", lambda: 3)
    assert [key for key, _ in kept.asked_since(0)] == ["new", "asked"]
