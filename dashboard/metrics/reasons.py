"""Named reasons: what a metric gives in place of a number; they hold no English."""

from __future__ import annotations

from dataclasses import dataclass


class Reason:
    """A reason by its kind, with the values that it is about; a subclass for each kind.

    A reason is false where there is nothing to say, as `BrokenRules` of no rule.
    """

    __slots__ = ()


@dataclass(frozen=True)
class BrokenRules(Reason):
    """Why a point of a control chart is marked.

    Attributes:
        rules: The rules that it breaks, each with its direction, -1 or 1; none for common cause.
    """

    rules: tuple[tuple[str, int], ...] = ()

    def __bool__(self) -> bool:
        """True where the point breaks a rule."""
        return bool(self.rules)
