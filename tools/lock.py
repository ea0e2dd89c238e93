"""Writes the three requirements locks from pyproject.toml, with uv.

    python tools/lock.py                 keeps every version that still fits
    python tools/lock.py --upgrade       takes the newest that fit

One version of each package for every system and Python, each file pinned by its checksum, and no
address of any index: pip takes them from wherever the machine takes its packages.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OLDEST_PYTHON = "3.11"


def find_uv() -> list[str]:
    """Finds uv on the path or as a module of this Python.

    Returns:
        The start of the command.

    Raises:
        FileNotFoundError: If there is none, saying how to get it.
    """
    on_path = shutil.which("uv")
    if on_path:
        return [on_path]
    module = [sys.executable, "-m", "uv"]
    if subprocess.run([*module, "--version"], capture_output=True, check=False).returncode == 0:
        return module
    raise FileNotFoundError(
        "uv is needed to write the locks: `pipx install uv`, or `pip install uv` in any environment"
        " and `make lock PYTHON=` that environment's Python"
    )


def compile_lock(uv: list[str], lock: str, groups: list[str], options: list[str]) -> None:
    """Writes one lock.

    Args:
        uv: The start of the command.
        lock: The file's name in the project's folder.
        groups: The dependency groups it holds besides the product's own dependencies.
        options: Further options of `uv pip compile`.

    Raises:
        subprocess.CalledProcessError: If the requirements cannot be met.
    """
    chosen = [argument for group in groups for argument in ("--group", group)]
    command = [*uv, "pip", "compile", "pyproject.toml", *chosen, "--output-file", lock, "--quiet"]
    command += ["--universal", "--fork-strategy", "fewest", "--python-version", OLDEST_PYTHON]
    command += ["--generate-hashes", "--custom-compile-command", "make lock", *options]
    print("+ " + " ".join(command[len(uv) :]), flush=True)
    subprocess.run(command, cwd=ROOT, check=True)


def main(options: list[str]) -> int:
    """Writes the locks, each within the one before.

    Args:
        options: Further options of `uv pip compile`, such as `--upgrade`.

    Returns:
        The exit code.
    """
    try:
        uv = find_uv()
        compile_lock(uv, "requirements.lock", ["build"], options)
        within = ["--constraint", "requirements.lock"]
        compile_lock(uv, "requirements-test.lock", ["build", "test"], [*within, *options])
        within = ["--constraint", "requirements-test.lock", "--extra", "spark"]
        groups = ["build", "test", "spark"]
        compile_lock(uv, "requirements-spark.lock", groups, [*within, *options])
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        return error.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
