"""Work that others need not wait for."""

from __future__ import annotations

import os

#: Of 0 to 19; what serves pages has 0.
_LOW = 10


def give_way() -> None:
    """Let every other process go first, so that those who read pages feel no build.

    On a machine with nothing else to do it costs no time. Windows has no such order.
    """
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, 0, max(_LOW, os.getpriority(os.PRIO_PROCESS, 0)))
