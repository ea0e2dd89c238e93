"""Work in a process of its own, so that those who read pages do not feel it.

A thread of the server would do the work too, but Python runs one thread at a time: while a large
file is read, every page waits. What is to be done, and what comes of it, go through pipes.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable
from typing import BinaryIO, TypeVar

from etl.priority import give_way
from etl.problems import InputError
from etl.progress import Progress

T = TypeVar("T")

_PROGRESS, _RESULT, _ERROR = "progress", "result", "error"


def in_own_process(do: Callable[..., T], *given: object, progress: Progress, **named: object) -> T:
    """Return what a function returns in a process of its own.

    Args:
        do: A function of a module, which takes what is given and, as `progress`, whom to tell how
            far it is.
        *given: What it is given; must be able to be pickled.
        progress: Told how far the work is.
        **named: What it is given by name.

    Raises:
        InputError, OSError: As the function raises them.
        RuntimeError: It raised something else, or its process ended without a word.
    """
    command = [sys.executable, "-m", "dashboard.intake.own_process"]
    environment = os.environ | {"TMPDIR": tempfile.gettempdir()}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        pickle.dump((do, given, named), process.stdin)
        process.stdin.close()
        while True:
            try:
                kind, content = pickle.load(process.stdout)
            except EOFError:
                code = process.wait()
                raise RuntimeError(f"the work ended without a result (code {code})") from None
            if kind == _RESULT:
                return content
            if kind == _ERROR:
                raise content
            progress(*content)


def _main() -> None:
    """Do what standard input says, and tell it on standard output."""
    give_way()
    told = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Whatever prints something must not come between.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    do, given, named = pickle.load(sys.stdin.buffer)
    try:
        result = do(*given, **named, progress=lambda *far: _tell(told, _PROGRESS, far))
    except (InputError, OSError) as error:
        _tell(told, _ERROR, error)
    else:
        _tell(told, _RESULT, result)


def _tell(to: BinaryIO, kind: str, content: object) -> None:
    pickle.dump((kind, content), to)
    to.flush()


if __name__ == "__main__":
    _main()
