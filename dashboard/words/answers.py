"""The sentences that the JSON of `safecity show` holds beside an answer's own fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dashboard.words.change import change_in_words, significance_in_words, trend_in_words
from dashboard.words.control import assurance_icon, chart_rules_in_words, variation_icon
from dashboard.words.places import projected_place_in_words
from dashboard.words.survey import survey_power_in_words
from dashboard.words.targets import needed_in_words, outlook_in_words, required_run_in_words
from dashboard.words.what_if import what_if_in_words

SENTENCES: dict[str, dict[str, Callable[[Any], str]]] = {
    "Change": {"sentence": change_in_words},
    "ChangeAnswer": {"sentence": lambda answer: change_in_words(answer.change)},
    "ControlAnswer": {
        "rules": lambda answer: chart_rules_in_words(answer.rules, answer.chart),
        "variation_icon": variation_icon,
        "assurance_icon": assurance_icon,
    },
    "ProjectedPlace": {"at_due_date_in_words": projected_place_in_words},
    "RequiredRun": {"in_words": required_run_in_words},
    "Significance": {"verdict": significance_in_words},
    "SurveyPower": {"in_words": survey_power_in_words},
    "TargetOutlook": {"in_words": outlook_in_words},
    "TrajectoryAnswer": {"needed_in_words": lambda answer: needed_in_words(answer.needed)},
    "TrendAnswer": {"sentence": trend_in_words},
    "WhatIfAnswer": {"sentence": what_if_in_words},
}
"""By the name of an answer's class, since a command loads only what it answers with."""
IN_WORDS: dict[str, Callable[[Any], str]] = {
    "Needed": needed_in_words,
    "ProjectedPlace": projected_place_in_words,
}
"""What stands in a cell of a table as a sentence, by the name of its class."""
