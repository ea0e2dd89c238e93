"""Questions: each is one function of an area's view, declared once with its parameters.

`safecity show` makes a command of every question, whose options are the parameters; pages,
reports and notebooks call the function itself. To add one, write it in a module of this folder
under `@question`: its first parameter is the view (or the warehouse, where no area is meant), the
others are those of `dashboard.analysis.parameters` or annotated alike.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Callable
from types import FunctionType
from typing import Any, TypeVar

import dashboard.analysis
from dashboard.store.cache import cached_per_build

Work = TypeVar("Work", bound=FunctionType)

_QUESTIONS: dict[str, Callable[..., Any]] = {}


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

    Most stand in a module of their own name: only that is loaded, since to load all takes longer
    than to answer.
    """
    if importlib.util.find_spec(f"dashboard.analysis.{name}"):
        importlib.import_module(f"dashboard.analysis.{name}")
    return _QUESTIONS.get(name) or all_questions().get(name)
