"""Finds a Java for the tests on Spark and, when run, installs one where there is none.

    .venv/bin/python tools/java.py      prints where it is

What is installed is Debian's own package, for root on Debian; everybody else is told what to do.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys

# Spark 4 runs on Java 17 and later; Debian 12 has 17, Debian 13 has 21.
DEBIAN_PACKAGES = ("openjdk-17-jre-headless", "openjdk-21-jre-headless")
REMEDY = "Install Java 17 or later, and see that `java` is on the path."


def install_java() -> None:
    """Installs the first of `DEBIAN_PACKAGES` that this Debian has.

    Raises:
        subprocess.CalledProcessError: If it has none, or the installation fails.
    """
    _run(["apt-get", "update", "-qq"])
    known = [package for package in DEBIAN_PACKAGES if _is_known(package)]
    chosen = known[0] if known else DEBIAN_PACKAGES[0]
    _run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", chosen])


def _is_known(package: str) -> bool:
    command = ["apt-cache", "show", package]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def _run(command: list[str]) -> None:
    print("+ " + " ".join(command), flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True
    )


def main() -> int:
    """Prints where Java is, after installing it if need be.

    Returns:
        The exit code: 0, or 1 where no Java is to be had.
    """
    program = shutil.which("java")
    if program is None and _is_root_on_debian():
        print("No Java on the path: installing one for Spark", flush=True)
        try:
            install_java()
        except subprocess.CalledProcessError as error:
            print(f"No Java could be installed (code {error.returncode}).", file=sys.stderr)
        program = shutil.which("java")
    if program is None:
        print(f"Spark needs Java, and there is none. {REMEDY}", file=sys.stderr)
        return 1
    print(f"Java: {program}", flush=True)
    return 0


def _is_root_on_debian() -> bool:
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    return platform.freedesktop_os_release()["ID"] == "debian"


if __name__ == "__main__":
    sys.exit(main())
