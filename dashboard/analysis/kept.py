"""What is worked out of a picture once and kept beside it: its database does not change."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from dashboard.analysis.picture import Picture

Given = ParamSpec("Given")
Found = TypeVar("Found")


def kept(
    work: Callable[Concatenate[Picture, Given], Found],
) -> Callable[Concatenate[Picture, Given], Found]:
    """Return the same function, which works once for each picture and arguments.

    The arguments must be hashable. What it gives is shared: whoever gets a frame leaves it as it
    is.

    Args:
        work: What takes a picture first.
    """

    @wraps(work)
    def once(picture: Picture, /, *given: Given.args, **named: Given.kwargs) -> Found:
        key = (work, given, tuple(sorted(named.items())))
        if key not in picture.kept:
            picture.kept[key] = work(picture, *given, **named)
        return picture.kept[key]

    return once
