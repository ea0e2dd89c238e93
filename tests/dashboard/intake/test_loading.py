"""Uploaded files get a name that is only a name, and leave nothing behind."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.intake.background_work import Work
from dashboard.intake.loading import safe_name
from dashboard.words.loading import progress_text
from etl.progress import Stage, Step


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Hampshire figures (2).xlsx", "Hampshire figures (2).xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Ann\\own.csv", "own.csv"),
        ("load-own_figures.json", "file_load-own_figures.json"),
        ("read", "file_read"),
        ("CON.csv", "file_CON.csv"),
        (".hidden", "hidden"),
        ("..", "file"),
        ("a\x00b\n.csv", "a_b_.csv"),
        ("crime<script>.csv", "crime_script_.csv"),
        (f"{'x' * 300}.csv", f"{'x' * 116}.csv"),
    ],
)
def test_a_name_is_made_safe(given, kept) -> None:
    assert safe_name(given) == kept


@given(st.text(max_size=200))
def test_a_safe_name_names_no_other_place_and_stays_itself(name) -> None:
    safe = safe_name(name)
    assert safe
    assert not set(safe) & set('/\\:*?"<>|\0')
    assert not safe.startswith((".", "load-"))
    assert len(safe) <= 125
    assert safe_name(safe) == safe or len(safe) > 120


def test_work_goes_on_by_itself_and_says_how_far_it_is() -> None:
    told, go_on = threading.Event(), threading.Event()
    reading = Step(Stage.READING, "a.csv")

    def do(progress) -> int:
        progress(reading, 0.5)
        told.set()
        go_on.wait(5)
        return 3

    work = Work(do)
    assert told.wait(5)
    assert (work.step, work.share) == (reading, 0.5)
    assert not work.is_done_within(0)
    go_on.set()
    assert work.is_done_within(5)
    assert work.result() == 3


def test_work_raises_what_went_wrong() -> None:
    def do(progress) -> None:
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        Work(do).result()


def test_what_is_done_is_said_by_its_stage_whatever_the_file_is_called() -> None:
    assert progress_text(None) == "Waiting for a turn"
    assert progress_text(Step(Stage.READING, "Making.csv")) == "Reading Making.csv"
    assert progress_text(Step(Stage.MAKING_TABLE, "Reading")) == "Putting the tables together"
    assert progress_text(Step(Stage.PUBLISHED)) == "Published"
