"""Questions: each is one function of an area's view, declared once with its parameters.

`safecity show` makes a command of every question, whose options are the parameters; pages,
reports and notebooks call the function itself. To add one, write it in a module of this folder
under `@question`: its first parameter is the view (or the warehouse, where no area is meant), the
others are annotated like those below. Parameters that can only be given by name are for Python
alone: they are no options of the command.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from types import FunctionType
from typing import Annotated, Any, TypeVar

import dashboard.analysis
from dashboard.store.cache import cached_per_build

ALL_CRIME = "all_crime"
"""The indicator that stands for all of recorded crime: what most answers begin with."""

# Parameters that questions share: a type, and what the reader is told of it.
Indicator = Annotated[str, "Indicator id."]
Target = Annotated[str, "Target id; the principal if left out."]
Basis = Annotated[str, "month, quarter, ytd or rolling_year."]
BasisOrBaseline = Annotated[str, "month, quarter, ytd, rolling_year or baseline."]
GroupId = Annotated[
    str, "Peer group; the newest if left out; own:population,robbery for one of ours."
]
Edition = Annotated[str, "Its edition; the newest if left out."]
RateBase = Annotated[str, "population or households; the indicator's if left out."]
Part = Annotated[str, "A part of it: dwelling_burglary."]
LevelOf = Annotated[str, "Financial year whose level the part returns to: 2008/09."]

Work = TypeVar("Work", bound=FunctionType)

_QUESTIONS: dict[str, Callable[..., Any]] = {}


@dataclass(frozen=True, kw_only=True)
class AreaAnswer:
    """What every answer about an area says of itself.

    Attributes:
        area: Area code.
        area_name: Its name.
        as_at: The last month that counts, "2009-12".
        illustrative: Whether any figure is made up.
    """

    area: str
    area_name: str
    as_at: str
    illustrative: bool


@dataclass(frozen=True, kw_only=True)
class IndicatorAnswer(AreaAnswer):
    """The same of an answer about one indicator: its id and title."""

    indicator: str
    title: str


def question(work: Work) -> Work:
    """Register a function as a question, computed once for each build, view and arguments.

    Args:
        work: Takes an area's view, or a warehouse, and arguments that can be hashed.
    """
    cached = cached_per_build(work)
    _QUESTIONS[work.__name__] = cached
    return cached


def all_questions() -> dict[str, Callable[..., Any]]:
    """Return every question by its name, in the order of the alphabet."""
    for module in pkgutil.iter_modules(dashboard.analysis.__path__, "dashboard.analysis."):
        importlib.import_module(module.name)
    return dict(sorted(_QUESTIONS.items()))


def question_named(name: str) -> Callable[..., Any] | None:
    """Return a question; None where there is none.

    Each stands in a module of its own name: only that is loaded, since to load all takes longer
    than to answer.
    """
    if importlib.util.find_spec(f"dashboard.analysis.{name}"):
        importlib.import_module(f"dashboard.analysis.{name}")
    return _QUESTIONS.get(name) or all_questions().get(name)
