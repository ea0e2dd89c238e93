"""Work done aside from the page that asked for it, so that a click elsewhere does not break it off.

Streamlit stops a script at its next output when the reader clicks on something else; a load that
stopped half-way, or just after it was published, would leave the page and the figures at odds.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Generic, TypeVar

from etl.progress import Progress, Step

T = TypeVar("T")

#: At once, for all readers; the rest wait their turn, so that memory holds.
_AT_ONCE = 2
_WORKERS = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="safecity-load")


class Work(Generic[T]):
    """Something that takes a while.

    Attributes:
        step: What is done now; None before it begins.
        share: Which share of it (0 to 1) is behind.
    """

    def __init__(self, do: Callable[[Progress], T]) -> None:
        """Begin.

        Args:
            do: The work; told whom to tell how far it is.
        """
        self.step: Step | None = None
        self.share = 0.0
        self._future = _WORKERS.submit(do, self._tell)

    def _tell(self, step: Step, share: float) -> None:
        self.step, self.share = step, min(max(share, 0.0), 1.0)

    def is_done_within(self, seconds: float) -> bool:
        """Return whether the work is done, waiting for it at most so long."""
        return bool(wait([self._future], seconds).done)

    def result(self) -> T:
        """Return what came of it once it is done, or raise what it raised."""
        return self._future.result()
