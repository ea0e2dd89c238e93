"""One build at a time: a lock on a file of `build/`, which the system lets go with its holder."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from typing import IO

from etl.datadir import DataDir
from etl.problems import InputError, Problem

LOCK = "building.lock"
#: Where the locked byte lies: Windows lets nobody read what is locked, and the text is to be read.
_LOCKED_BYTE = 1 << 30
#: Seconds between two tries of those who wait.
_ASK_AGAIN = 0.1

if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[str]) -> None:
        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _let_go(file: IO[str]) -> None:
        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _let_go(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)


class BuildIsRunningError(InputError):
    """Another build of the same figures is not finished yet."""


@contextmanager
def build_lock(data: DataDir, who: str = "", *, patience: float = 0.0) -> Generator[None]:
    """Keep others from building as long as this lasts; a process that dies lets go.

    Args:
        data: The data folder.
        who: Who builds, for those who find it locked.
        patience: Seconds to wait for somebody else to end.

    Raises:
        BuildIsRunningError: Somebody else builds at the moment, in this process or another.
    """
    data.build.mkdir(parents=True, exist_ok=True)
    # Never deleted: whoever waits to open it would lock a file that is no longer there.
    with (data.build / LOCK).open("a+", encoding="utf-8") as file:
        _lock_within(file, patience)
        try:
            _sign(file, who)
            yield
        finally:
            _let_go(file)


def _lock_within(file: IO[str], seconds: float) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            return _lock(file)
        except OSError:
            if time.monotonic() >= until:
                raise BuildIsRunningError([_running(_holder(file))]) from None
        time.sleep(_ASK_AGAIN)


def _sign(file: IO[str], who: str) -> None:
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    file.seek(0)
    file.truncate()
    json.dump({"since": now, "who": who, "process": os.getpid()}, file)
    file.flush()


def _holder(file: IO[str]) -> str:
    """Return who holds the lock, "" where it cannot be read yet."""
    file.seek(0)
    try:
        held = json.loads(file.read())
    except ValueError:
        return ""
    by = f" by {held['who']}" if held["who"] else ""
    return f" (begun{by} at {datetime.fromisoformat(held['since']):%H:%M:%S})"


def _running(holder: str) -> Problem:
    return Problem(
        LOCK, 0, "", "", f"figures are being loaded or built already{holder}",
        "wait until that is done, then try again",
    )  # fmt: skip
