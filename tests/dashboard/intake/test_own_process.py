"""Work in another process: what it returns, tells and raises comes back, and its end with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.intake.own_process import in_own_process
from etl.build_lock import BuildIsRunningError
from etl.problems import InputError, Problem
from etl.progress import Progress, Stage, Step

PROBLEM = Problem("a.csv", 3, "value", "many", "this is no number", "write digits")

COUNTING = Step(Stage.READING, "a.csv")


def process_of(given: int, progress: Progress) -> tuple[int, int]:
    print("what is printed does not come between")
    progress(COUNTING, 0.5)
    return os.getpid(), given + 1


def refuse(what: str, progress: Progress) -> None:
    if what == "running":
        raise BuildIsRunningError([PROBLEM])
    if what == "disk":
        raise OSError(28, "No space left on device")
    os._exit(7)


def test_it_is_done_in_another_process_and_tells_how_far_it_is() -> None:
    told = []
    process, result = in_own_process(
        process_of, 41, progress=lambda step, share: told.append((step, share))
    )
    assert process != os.getpid()
    assert result == 42
    assert told == [(COUNTING, 0.5)]


@pytest.mark.parametrize(
    ("what", "error", "words"),
    [
        ("running", BuildIsRunningError, "this is no number"),
        ("disk", OSError, "No space left"),
        ("end", RuntimeError, "code 7"),
    ],
)
def test_what_it_raises_comes_back(what, error, words) -> None:
    with pytest.raises(error, match=words) as raised:
        in_own_process(refuse, what, progress=lambda _step, _share: None)
    if isinstance(raised.value, InputError):
        assert raised.value.problems == (PROBLEM,)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to hand on")
def test_a_server_that_is_told_to_end_ends_its_program(tmp_path: Path) -> None:
    program = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
    server = (
        "import os, sys; from dashboard.cli.serve import run_until_told;"
        f"sys.exit(run_until_told([sys.executable, '-c', {program!r}], dict(os.environ)))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", server], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        child = int(process.stdout.readline())
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
