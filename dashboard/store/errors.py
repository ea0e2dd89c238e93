"""What can be missing: a database, something that was chosen, figures."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any


class NothingPublishedError(Exception):
    """There is no database to read; the message says how to get one."""


class UnknownChoiceError(Exception):
    """Something was chosen that does not exist; the message says what comes nearest to it."""

    def __init__(self, what: str, choice: str, known: Iterable[str]) -> None:
        """Name the choice and what exists instead.

        Args:
            what: What was chosen, such as "indicator".
            choice: The name that was chosen.
            known: All names that exist.
        """
        names = list(known)
        near = difflib.get_close_matches(choice, names, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {len(names)} to choose from"
        super().__init__(f"no {what} {choice!r}: {hint}")


def check_choice(what: str, choice: str, known: Iterable[str]) -> None:
    """Refuse what does not exist; "" stands for no choice.

    Raises:
        UnknownChoiceError: It is none of the names that exist.
    """
    if choice and choice not in set(known):
        raise UnknownChoiceError(what, choice, known)


class NoFiguresError(Exception):
    """There are no figures to answer from; the message says for what.

    Attributes:
        why: The reason, by name, where the message does not hold it; else None.
    """

    def __init__(self, message: str, why: Any = None) -> None:  # noqa: ANN401 - a named reason
        """Name what there are no figures of, and why."""
        super().__init__(message)
        self.why = why
