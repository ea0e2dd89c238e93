"""`safecity serve`: builds what is out of date and serves the app on this machine."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from etl.build import build, is_current
from etl.command_options import DEFAULT_DATA_DIR, DataDirOption, QuietOption
from etl.console import Speaker
from etl.datadir import DataDir

PROJECT = Path(__file__).resolve().parents[2]
APP = PROJECT / "dashboard" / "cli" / "launch" / "safecity.py"
DEFAULT_PORT = 8501


def serve(
    data_dir: DataDirOption = DEFAULT_DATA_DIR,
    port: Annotated[int, typer.Option(help="Port to serve on.")] = DEFAULT_PORT,
    quiet: QuietOption = False,
) -> None:
    """Build the database if its inputs changed, then serve the app on localhost."""
    speaker = Speaker(as_json=False, quiet=quiet)
    data = DataDir(data_dir)
    if not is_current(data):
        with speaker.progress() as progress:
            built = build(data, progress)
        speaker.say(f"Built the database in {built.published.seconds:.1f} s.")
    speaker.say(f"Safe City is served at http://localhost:{port} (Ctrl+C stops it)")
    environment = os.environ | {"SAFECITY_DATA_DIR": str(data_dir.resolve())}
    # Some machines forbid compiled bytecode, which triples the time to start.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "streamlit", "run", str(APP), "--server.port", str(port)]
    raise typer.Exit(run_until_told(command, environment))


def run_until_told(command: list[str], environment: dict[str, str]) -> int:
    """Run a program until it ends or this one is told to end, which is handed on to it.

    Returns:
        Its exit code; 0 where it was told to end.
    """
    told = False
    # Streamlit reads its settings from the folder that it is started in.
    with subprocess.Popen(command, env=environment, cwd=PROJECT) as child:

        def hand_on(_number: int, _frame: FrameType | None) -> None:
            nonlocal told
            told = True
            child.terminate()

        before = signal.signal(signal.SIGTERM, hand_on)
        try:
            code = child.wait()
        except KeyboardInterrupt:
            # The terminal interrupts both.
            told = True
            code = child.wait()
        finally:
            signal.signal(signal.SIGTERM, before)
    return 0 if told else code
