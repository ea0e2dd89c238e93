"""Every named reason has its words, and every sentence of JSON an answer that it is about."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboard.metrics.periods import Window, parse_month
from dashboard.metrics.reasons import NO_REASON, Because, Reason, Reasons, Why, because, together
from dashboard.words.as_json import IN_WORDS, SENTENCES
from dashboard.words.reasons import TEXTS, names_in_short, reason_in_words, why_left_out

ROOT = Path(__file__).resolve().parents[3]
MAY = parse_month("2009-05").ordinal


def test_every_named_reason_has_its_words() -> None:
    assert set(TEXTS) == set(Because)


def test_reasons_are_said_in_order_and_held_months_beside_them() -> None:
    missing = because(Because.MISSING, (MAY, MAY + 1))
    small = because(Because.SMALL_BASE, 50.0)
    both = together([missing, small, missing])
    assert reason_in_words(both) == (
        "no figure for May to June 2009; the earlier figure is under 50"
    )
    held = Reasons((Why(Because.MISSING, ((MAY,),), held=(MAY,)),))
    assert reason_in_words(held) == ("no figure for May 2009 (May 2009 is held as a suspected gap)")
    year = Window(parse_month("2008-04"), parse_month("2009-03"))
    over = because(Because.BASELINE_NOT_OVER, year, parse_month("2009-02"))
    assert reason_in_words(over) == "2008/09, the baseline, was not over in February 2009"


def test_no_reason_is_false_and_says_nothing() -> None:
    assert (bool(NO_REASON), reason_in_words(NO_REASON), reason_in_words("")) == (False, "", "")


def test_a_kind_of_reason_without_words_is_refused() -> None:
    class Unknown(Reason):
        pass

    with pytest.raises(TypeError, match="there are no words for Unknown"):
        reason_in_words(Unknown())


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("fewer than 5", "it could tell of a person"),
        ("suppressed", "would give a small count of people away"),
    ],
)
def test_why_a_figure_is_left_out_goes_by_what_the_data_show(shown, said) -> None:
    hidden = because(Because.HIDDEN, shown, (MAY,))
    assert said in why_left_out(hidden)
    assert why_left_out(because(Because.MISSING, (MAY,))) == ""


def test_many_names_are_counted() -> None:
    assert names_in_short(["A", "B"]) == "A, B"
    assert names_in_short(list("ABCDEFG")) == "A, B, C, D, E and 2 more"


def test_a_sentence_of_json_is_of_one_class_that_there_is() -> None:
    folders = (ROOT / "dashboard" / each for each in ("analysis", "metrics"))
    texts = [path.read_text("utf-8") for each in folders for path in each.rglob("*.py")]
    classes = [name for text in texts for name in re.findall(r"^class (\w+)", text, re.MULTILINE)]
    for name in {*SENTENCES, *IN_WORDS}:
        assert classes.count(name) == 1, name
