"""A Streamlit app, served for as long as something is measured."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from dashboard.cli.serve import PROJECT

START_SECONDS = 60


@contextmanager
def served(
    script: list[str], environment: dict[str, str]
) -> Generator[tuple[int, subprocess.Popen]]:
    """Serve a script on a free port; give the port and the process.

    Raises:
        RuntimeError: It does not answer within a minute.
    """
    with socket.socket() as found:
        found.bind(("localhost", 0))
        port = int(found.getsockname()[1])
    command = [sys.executable, "-m", "streamlit", "run", *script, "--server.port", str(port)]
    process = subprocess.Popen(
        command, cwd=PROJECT, env=os.environ | environment, stdout=subprocess.DEVNULL
    )
    try:
        _wait_for(port)
        yield port, process
    finally:
        process.terminate()
        process.wait()


def processor_time(process: int) -> float:
    """Return the processor time that a process has used, in milliseconds."""
    counted = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return 1000 * (int(counted[11]) + int(counted[12])) / os.sysconf("SC_CLK_TCK")


def _wait_for(port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=1):
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.2)
    raise RuntimeError("the server did not start")
