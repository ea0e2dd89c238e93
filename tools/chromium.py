"""Finds a Chromium for the browser tests and, when run, installs one where there is none.

    .venv/bin/python tools/chromium.py      prints where it is

In this order: the environment variable SAFECITY_CHROMIUM, a Chromium or Chrome on the path, the
one that Playwright keeps. What is installed is Debian's own package for root on Debian, and
Playwright's build for everybody else. `tests/conftest.py` finds the browser with the same function.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

VARIABLE = "SAFECITY_CHROMIUM"
COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# Playwright's driver needs libatomic1, which a bare Debian has not.
DEBIAN_PACKAGES = ("chromium", "fonts-liberation", "libatomic1")
REMEDY = f"Install Chromium or Chrome, or name one in {VARIABLE}."
# No sandbox: root has none. No background networking: the tests ask nothing of the outside.
LAUNCH_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> Path | None:
    """Finds a browser on this machine.

    Returns:
        The program, or None where there is none.

    Raises:
        FileNotFoundError: If SAFECITY_CHROMIUM names a file that is not there.
    """
    return _named_or_on_path() or _kept_by_playwright()


def install_chromium() -> None:
    """Installs a browser in the way that suits this machine.

    Raises:
        subprocess.CalledProcessError: If the installation fails.
    """
    if _is_root_on_debian():
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *DEBIAN_PACKAGES]
        for command in (["apt-get", "update", "-qq"], install):
            _run(command, env=environment, stdout=subprocess.DEVNULL)
    else:
        _run([sys.executable, "-m", "playwright", "install", "chromium"])


def _named_or_on_path() -> Path | None:
    named = os.environ.get(VARIABLE)
    if named:
        if not Path(named).is_file():
            raise FileNotFoundError(f"{VARIABLE} is {named}, which is not there")
        return Path(named)
    on_path = (shutil.which(command) for command in COMMANDS)
    return next((Path(program) for program in on_path if program), None)


def _kept_by_playwright() -> Path | None:
    with sync_playwright() as playwright:
        program = Path(playwright.chromium.executable_path)
    return program if program.is_file() else None


def _is_root_on_debian() -> bool:
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    return platform.freedesktop_os_release()["ID"] == "debian"


def _run(command: list[str], env: dict[str, str] | None = None, stdout: int | None = None) -> None:
    print("+ " + " ".join(command), flush=True)
    subprocess.run(command, env=env, stdin=subprocess.DEVNULL, stdout=stdout, check=True)


def _refuse(reason: str) -> int:
    print(reason, file=sys.stderr)
    return 1


def main() -> int:
    """Prints where the browser is, after installing it if need be.

    Returns:
        The exit code: 0, or 1 where no browser is to be had.
    """
    try:
        program = _named_or_on_path()
        if program is None:
            print("No Chromium on the path: installing one for the browser tests", flush=True)
            install_chromium()
            program = find_chromium()
    except FileNotFoundError as error:
        return _refuse(str(error))
    except subprocess.CalledProcessError as error:
        return _refuse(f"No browser could be installed (code {error.returncode}). {REMEDY}")
    if program is None:
        return _refuse(f"No browser was found after installing one. {REMEDY}")
    print(f"Browser: {program}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
