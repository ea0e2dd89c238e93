"""Makes `.venv` from the locks, or finds at once that it is already as they say.

    python tools/environment.py run     the product
    python tools/environment.py test    the product, and what tests and checks it
    python tools/environment.py spark   the same, and Spark

Runs on the machine's own Python with nothing installed. What `.venv` was made from (Python, folder,
checksums of the locks) is kept in `.venv/made-from.json`; when any of it has changed, `.venv` is
made afresh, so that it never holds a package that the locks do not name.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

OLDEST_PYTHON = (3, 11)
ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".venv"
RECORD = FOLDER / "made-from.json"
PYTHON = FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCKS = {
    "run": ["requirements.lock"],
    "test": ["requirements.lock", "requirements-test.lock"],
    "spark": ["requirements.lock", "requirements-test.lock", "requirements-spark.lock"],
}
# Comes as source only; built by the version of its builder that the same lock names.
SOURCE_ONLY, BUILDER = "pyspark", "setuptools"


def main(kind: str) -> int:
    """Makes or completes the environment.

    Args:
        kind: `run`, `test` or `spark`, which of the locks are installed.

    Returns:
        The exit code: 0, or 1 where it cannot be made, after saying why.
    """
    if sys.version_info < OLDEST_PYTHON:
        needed = ".".join(str(part) for part in OLDEST_PYTHON)
        return _refuse(
            f"Safe City needs Python {needed} or later; this is {platform.python_version()}. "
            "Name another: make run PYTHON=python3.12"
        )
    wanted = _wanted(kind)
    made_from = _made_from(wanted)
    missing = [lock for lock in LOCKS[kind] if lock not in made_from]
    if not missing and made_from.get("project") == wanted["project"]:
        return 0
    started = time.monotonic()
    try:
        if not made_from:
            _say("Making .venv with Python " + platform.python_version())
            _create()
        if missing:
            _say("Installing from {} (about a minute)".format(" and ".join(missing)))
            _install(LOCKS[kind])
            made_from = _record({**wanted, "project": ""}, made_from)
        _install_project()
    except subprocess.CalledProcessError as error:
        return _refuse(f"The environment could not be made (code {error.returncode}).")
    _record(wanted, made_from)
    _say(f"Environment ready after {time.monotonic() - started:.0f} s")
    return 0


def _wanted(kind: str) -> dict[str, str]:
    """What an environment of this kind is made from."""
    parts = {"python": platform.python_version(), "folder": str(ROOT)}
    parts.update({lock: _checksum((ROOT / lock).read_bytes()) for lock in LOCKS[kind]})
    import tomllib  # noqa: PLC0415 (not there in the Pythons that main refuses)

    packaging = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    named = {"project": packaging["project"], "build-system": packaging["build-system"]}
    parts["project"] = _checksum(json.dumps(named, sort_keys=True).encode())
    return parts


def _made_from(wanted: dict[str, str]) -> dict[str, str]:
    """What `.venv` was made from; nothing where it is not there or not of use any more."""
    if not RECORD.exists() or not PYTHON.exists():
        return {}
    made_from: dict[str, str] = json.loads(RECORD.read_text(encoding="utf-8"))
    of_use = all(
        made_from[part] == wanted[part] for part in wanted.keys() & made_from.keys() - {"project"}
    )
    return made_from if of_use else {}


def _record(done: dict[str, str], before: dict[str, str]) -> dict[str, str]:
    """Keeps what `.venv` is made from so far: a failure later on does not start it afresh."""
    made_from = {**before, **done}
    RECORD.write_text(json.dumps(made_from, indent=2) + "\n", encoding="utf-8")
    return made_from


def _create() -> None:
    """Makes an empty environment, with a pip where this Python can give it one."""
    can_give_pip = importlib.util.find_spec("ensurepip") is not None
    venv.EnvBuilder(clear=True, with_pip=can_give_pip, symlinks=os.name != "nt").create(FOLDER)


def _pip(*arguments: str | Path) -> None:
    """Runs the environment's own pip, or this Python's on it (Debian without python3-venv)."""
    own = [PYTHON, "-m", "pip"]
    has_own = subprocess.run([*own, "--version"], capture_output=True, check=False).returncode == 0
    pip = own if has_own else [sys.executable, "-m", "pip", "--python", PYTHON]
    subprocess.run([*pip, "--disable-pip-version-check", *arguments], cwd=ROOT, check=True)


def _install(locks: list[str]) -> None:
    """Installs the locks: these files, with these checksums, and only Spark built on the spot."""
    wheels = ["--only-binary", ":all:"]
    if any(_locked(lock, SOURCE_ONLY) for lock in locks):
        with tempfile.TemporaryDirectory() as folder:
            builder = Path(folder) / "builder.txt"
            builder.write_text(_locked(locks[-1], BUILDER), encoding="utf-8")
            _install_hashed([*wheels, "--requirement", builder])
        wheels += ["--no-binary", SOURCE_ONLY, "--no-build-isolation"]
    _install_hashed([*wheels, *(each for lock in locks for each in ("--requirement", lock))])
    _compile()


def _install_hashed(arguments: list[str | Path]) -> None:
    _pip("install", "-qq", "--require-hashes", "--no-compile", *arguments)


def _locked(lock: str, package: str) -> str:
    """The lines of one package in a lock: its version and checksums; "" where it has none."""
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines(keepends=True)
    start = next((n for n, line in enumerate(lines) if line.startswith(f"{package}==")), None)
    if start is None:
        return ""
    after = range(start + 1, len(lines))
    end = next((n for n in after if not lines[n].startswith(" ")), len(lines))
    return "".join(lines[start:end])


def _compile() -> None:
    """Compiles what was installed, so that the first start does not have to.

    A package may ship a template that is no valid Python, which is why failures do not count.
    """
    packages = next(FOLDER.glob("[Ll]ib/python*/site-packages"), FOLDER / "Lib" / "site-packages")
    command = [PYTHON, "-m", "compileall", "-q", "-q", "-j", "0", packages]
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False)


def _install_project() -> None:
    """Installs the project itself in place, with the build backend that the lock brought."""
    _pip("install", "-qq", "--no-deps", "--no-build-isolation", "--editable", ".")


def _checksum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _say(line: str) -> None:
    print(line, flush=True)


def _refuse(reason: str) -> int:
    print(reason, file=sys.stderr)
    return 1


if __name__ == "__main__":
    kinds = sys.argv[1:]
    if len(kinds) == 1 and kinds[0] in LOCKS:
        sys.exit(main(kinds[0]))
    sys.exit(_refuse("Usage: python tools/environment.py " + "|".join(LOCKS)))
