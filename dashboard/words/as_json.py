"""Answers as JSON: one function for all of them, for `safecity show`, scripts and notebooks.

An answer is a dataclass or a frame. The keys of a dataclass are its fields, unless it says
otherwise in `JSON`, a text of entries set apart by spaces:

- `area` is the key and the field, property or method of this name;
- `change=found.number` is the key `change`, and where its value is reached from the answer: null
  where anything on the way is None; a number on the way is a place in a pair: `interval.0`;
- `due?` is "not given" where the value is none, or blank;
- `*certainty` puts the keys of what is reached beside the others; none where it is None.

A sentence that JSON holds beside numbers is no field of an answer: `SENTENCES` gives it by the
answer's class and the name in the entry. A named reason becomes its words, and so does, in a cell
of a table, what `IN_WORDS` holds.

`tests/dashboard/cli/show_keys.json` freezes the keys of every command.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import pandas as pd

from dashboard.metrics.reasons import Because, Reason
from dashboard.words.change import change_in_words, significance_in_words, trend_in_words
from dashboard.words.control import ICONS, chart_rules_in_words
from dashboard.words.places import projected_place_in_words
from dashboard.words.reasons import TEXTS, reason_in_words
from dashboard.words.survey import NO_NUMBER, survey_power_in_words
from dashboard.words.targets import (
    needed_in_words,
    outlook_in_words,
    required_run_in_words,
    what_if_in_words,
)

SENTENCES: dict[str, dict[str, Callable[[Any], str]]] = {
    "Change": {"sentence": change_in_words},
    "ChangeAnswer": {"sentence": lambda answer: change_in_words(answer.change)},
    "ControlAnswer": {
        "rules": lambda answer: chart_rules_in_words(answer.rules, answer.chart),
        "variation_icon": lambda answer: ICONS[answer.latest],
        "assurance_icon": lambda answer: ICONS.get(answer.assurance, ""),
    },
    "ProjectedPlace": {"at_due_date_in_words": projected_place_in_words},
    "RequiredRun": {"in_words": required_run_in_words},
    "Significance": {"verdict": significance_in_words},
    "SurveyPower": {
        "in_words": survey_power_in_words,
        "needed_in_next_wave": lambda power: (
            NO_NUMBER if power.needed_next == math.inf else power.needed_in_next_wave
        ),
    },
    "TargetOutlook": {"in_words": outlook_in_words},
    "TrajectoryAnswer": {"needed_in_words": lambda answer: needed_in_words(answer.needed)},
    "TrendAnswer": {"sentence": trend_in_words},
    "Wave": {"interval": lambda wave: wave.interval_from or f"none: {TEXTS[Because.NO_SAMPLE]}"},
    "WhatIfAnswer": {"sentence": what_if_in_words},
}
"""By the name of an answer's class, since a command loads only what it answers with."""
IN_WORDS: dict[str, Callable[[Any], str]] = {
    "Needed": needed_in_words,
    "ProjectedPlace": projected_place_in_words,
}
"""What stands in a cell of a table as a sentence, by the name of its class."""

NOT_GIVEN = "not given"


def as_json(answer: Any) -> Any:  # noqa: ANN401 - any answer, any JSON
    """Return an answer as what JSON can hold; a missing or infinite number is None.

    Args:
        answer: A dataclass, frame, mapping, list or plain value.
    """
    if isinstance(answer, Reason):
        return reason_in_words(answer)
    if isinstance(answer, pd.DataFrame):
        rows = answer.astype("object").to_dict("records")
        return [{key: as_json(_cell(cell)) for key, cell in row.items()} for row in rows]
    if isinstance(answer, Mapping):
        return {key: as_json(each) for key, each in answer.items()}
    if isinstance(answer, list | tuple) and not hasattr(answer, "JSON"):
        return [as_json(each) for each in answer]
    if hasattr(answer, "JSON") or is_dataclass(answer):
        return _by_key(answer)
    return _plain(answer)


def _cell(value: Any) -> Any:  # noqa: ANN401 - any cell of a table
    in_words = IN_WORDS.get(type(value).__name__)
    return in_words(value) if in_words else value


def _by_key(answer: Any) -> dict[str, Any]:  # noqa: ANN401 - any dataclass
    entries = getattr(answer, "JSON", "").split() or [each.name for each in fields(answer)]
    found: dict[str, Any] = {}
    for entry in entries:
        key, _, path = entry.partition("=")
        value = as_json(_reached(answer, (path or key).strip("*?")))
        otherwise = NOT_GIVEN if entry.endswith("?") else value
        found |= (value or {}) if key.startswith("*") else {key.rstrip("?"): value or otherwise}
    return found


def _reached(answer: Any, path: str) -> Any:  # noqa: ANN401 - any part of any answer
    for name in path.split("."):
        if answer is None:
            return None
        if sentence := SENTENCES.get(type(answer).__name__, {}).get(name):
            answer = sentence(answer)
            continue
        if name.isdigit():
            answer = answer[int(name)]
            continue
        is_row = isinstance(answer, pd.Series | Mapping)
        answer = answer[name] if is_row else getattr(answer, name)
        answer = answer() if callable(answer) else answer
    return answer


def _plain(value: Any) -> Any:  # noqa: ANN401 - any plain value
    if value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, pd.Period):
        return str(value)
    value = value.item() if hasattr(value, "item") else value
    return None if isinstance(value, float) and not math.isfinite(value) else value
