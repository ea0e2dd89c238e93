"""Who asks, and of which build: what makes an answer worked out once for all readers."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

from dashboard.analysis.builds import Build, builds_of, data_dir
from dashboard.analysis.picture import NoFiguresError, Picture

Work = TypeVar("Work", bound=Callable[..., Any])


@dataclass(frozen=True)
class Asking:
    """An area under a plan, as at a month, in one build.

    Attributes:
        database: The build that answers come from.
        plan: The plan id; "" for an area that has none.
        area: The area code; "" for the plan's own.
        as_at: The last month that counts, "2009-12"; "" before it is chosen.
    """

    database: str
    plan: str = ""
    area: str = ""
    as_at: str = ""

    @property
    def build(self) -> Build:
        """The build that answers come from."""
        return builds_of(data_dir()).of(self.database)

    @property
    def picture(self) -> Picture:
        """What is known of the area: indicators, series, targets, notes."""
        return self.build.picture(self.plan, self.area).at(self.as_at)


@dataclass(frozen=True)
class _Nothing:
    """The answer where there are no figures, and why."""

    message: str


@dataclass(frozen=True)
class _Question:
    """What was asked, without the build it was asked of."""

    work: Callable[..., Any]
    asking: Asking
    arguments: tuple[Hashable, ...]
    named: tuple[tuple[str, Hashable], ...]

    def work_out(self, database: str) -> object:
        """Answer it from a database."""
        asking = replace(self.asking, database=database)
        try:
            return self.work(asking, *self.arguments, **dict(self.named))
        except NoFiguresError as nothing:
            return _Nothing(str(nothing))


def kept(work: Work) -> Work:
    """Let a function of who asks, and of what can be hashed, be worked out once for all readers.

    Its answer is kept with the build, and let go with it; what is asked of one build is worked out
    of the next before that takes over. Whoever gets it leaves it as it is (see
    `dashboard.store.kept`). That there are no figures is kept as well.
    """
    signature = inspect.signature(work)

    @functools.wraps(work)
    def asked(asking: Asking, *arguments: Hashable, **named: Hashable) -> object:
        bound = signature.bind(asking, *arguments, **named)
        bound.apply_defaults()
        question = _Question(
            work, replace(asking, database=""), bound.args[1:], tuple(sorted(bound.kwargs.items()))
        )
        answer = asking.build.answer(question)
        if isinstance(answer, _Nothing):
            raise NoFiguresError(answer.message)
        return answer

    return cast("Work", asked)
